"""Which Python the suite is run on once more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests import newest


@pytest.fixture
def python(tmp_path: Path, monkeypatch):
    """Programs that answer as a Python does, on a path that has nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(newest, "FETCHED", tmp_path / "fetched")

    def put(name: str, says: str, folder: Path = tmp_path, code: int = 0) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{says}'\nexit {code}\n")
        program.chmod(0o755)
        return str(program)

    return put


def test_the_newest_that_works_is_taken(python, monkeypatch) -> None:
    monkeypatch.setattr(sys, "version_info", _Version(11))
    assert newest.newest() is None
    older = python("python3.12", "12")
    assert newest.newest() == (12, older)
    python("python3.14", "pyenv: python3.14: command not found", code=127)
    assert newest.newest() == (12, older)
    kept = python("python3.13", "13", Path(newest.os.environ["PYENV_ROOT"]) / "versions" / "3.13.0" / "bin")
    assert newest.newest() == (13, kept)


def test_the_one_that_was_fetched_runs_the_part_that_was_asked_for(python, monkeypatch, capsys) -> None:
    fetched = python("python3.14", "14", newest.FETCHED)
    calls = []
    run = newest.subprocess.run
    monkeypatch.setattr(
        newest.subprocess,
        "run",
        lambda command, **options: (
            calls.append(command) or run(["/bin/true"] if "quick" in command else command, **options)
        ),
    )
    monkeypatch.setattr(sys, "version_info", _Version(11))
    assert newest.main(["--one-in", "10"]) == 0
    assert f"PYTHON={fetched}" in calls[-1]
    assert "SAMPLE=--one-in 10" in calls[-1]
    assert "one test in 10, on Python 3.14" in capsys.readouterr().out


def test_an_older_one_is_not_taken(python, monkeypatch) -> None:
    monkeypatch.setattr(sys, "version_info", _Version(13))
    python("python3.12", "12")
    assert newest.newest() is None


def test_without_a_newer_one_it_says_where_it_looked(python, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "version_info", _Version(12))
    assert newest.main() == 0
    assert "3.14, 3.13" in capsys.readouterr().out


class _Version(tuple):
    """A version of which only major and minor are asked."""

    major = 3

    def __new__(cls, minor: int):
        return super().__new__(cls, (3, minor))

    @property
    def minor(self) -> int:
        return self[1]
