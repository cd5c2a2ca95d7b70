"""The audit never says that nothing is known where nobody was asked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from tools import audit


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let both programs answer, or fail, in one way."""

    def answer(said: Any) -> None:
        def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
            if isinstance(said, Exception):
                raise said
            return subprocess.CompletedProcess(command, 1, stdout=said, stderr="")

        monkeypatch.setattr(subprocess, "run", run)

    return answer


UNKNOWN = {"name": "numpy", "skip_reason": "Dependency not found"}
SOUND = {"name": "rich", "version": "15.0.0", "vulns": []}
HURT = {"name": "lxml", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}


@pytest.mark.parametrize(
    "said",
    [
        FileNotFoundError("npm"),
        subprocess.TimeoutExpired("npm", 1),
        "",
        "no network",
        "[]",
        json.dumps({"message": "405 Method Not Allowed"}),
        json.dumps({"dependencies": [UNKNOWN, UNKNOWN]}),
        json.dumps({"dependencies": []}),
    ],
    ids=["missing", "slow", "nothing", "words", "list", "refused", "all unknown", "none"],
)
def test_where_nobody_answered_it_says_so_and_nothing_fails(said, answering, capsys) -> None:
    answering(said)
    assert audit.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    for line in lines:
        assert "NOT AUDITED" in line and "nothing known" not in line, line


def test_what_was_not_known_is_named_beside_what_was_asked(answering, capsys) -> None:
    answering(json.dumps({"dependencies": [SOUND, UNKNOWN], "vulnerabilities": {}}))
    assert audit.main() == 0
    told = capsys.readouterr().out
    assert "requirements.lock: 1 of 2 packages, nothing known against them." in told
    assert "does not know them: numpy." in told and "frontend: nothing known against its packages." in told


def test_what_is_known_fails_with_its_number_and_what_mends_it(answering, capsys) -> None:
    answering(json.dumps({"dependencies": [HURT, SOUND], "vulnerabilities": {"esbuild": {"severity": "high"}}}))
    assert audit.main() == 1
    told = capsys.readouterr().out
    assert "requirements.lock: lxml 1.0: PYSEC-1, mended in 1.1" in told and "frontend: esbuild: high" in told
