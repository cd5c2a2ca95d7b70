"""The grades: reached only by tests that were run and passed."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from backward_running import testing
from backward_running.testing.plugin import PROPERTY, lines_of, outcomes_of, reached_by
from backward_running.testing.scale import Grade

B, S, G = Grade

TALLY = """
from backward_running.core.errors import UnreadableFile
from backward_running.testing import FormatContract, Sample
from backward_running.formats import Format
from backward_running.formats.csv_named import FORMAT as CSV

def read(data):
    if {knows}:
        raise UnreadableFile("This is no tally; choose another file.")
    return ()

class TestTally(FormatContract):
    plugs = (Format("tally", "Tally", (".tally",), "1", lambda data: False, read),)
    samples = {{"tally": Sample(b"tally", "speed_mps", [1.0])}}
"""

#: That a contract is broken is all that is asked here: the smallest bytes that break it take most of the time to find.
AS_FOUND = """
from hypothesis import Phase, settings

settings.register_profile("as found", phases=(Phase.explicit, Phase.generate))
settings.load_profile("as found")
"""


@pytest.mark.parametrize(
    ("outcomes", "grade"),
    [
        ({B: ["passed"], S: ["passed"], G: ["passed"]}, G),
        ({B: ["passed"], S: ["passed"]}, S),
        ({B: ["passed"], S: ["passed"], G: ["skipped"]}, S),
        ({B: ["passed", "passed"], S: ["passed", "failed"], G: ["passed"]}, B),
        ({B: ["passed"], G: ["passed"]}, B),
        ({B: ["failed"], S: ["passed"]}, None),
        ({}, None),
    ],
)
def test_a_grade_needs_all_tests_of_its_own_and_of_those_below(outcomes, grade) -> None:
    assert reached_by(outcomes) is grade


def test_reports_are_gathered_by_plug() -> None:
    def report(key: str, grade: Grade, outcome: str):
        return SimpleNamespace(user_properties=[(PROPERTY, ("format", key, int(grade)))], outcome=outcome)

    reports = [report("a", B, "passed"), report("b", B, "failed"), report("a", S, "skipped"), SimpleNamespace()]
    lines = list(lines_of(outcomes_of(reports)))
    assert lines[:2] == ["format a: bronze", "format b: no grade"]
    assert [line.split()[0] for line in lines[2:]] == ["bronze", "silver", "gold"]


def test_every_grade_says_what_it_asks_and_its_contracts_have_names() -> None:
    assert all(grade.asks.endswith(".") for grade in Grade)
    for name in testing.__all__:
        assert getattr(testing, name).__name__ == name
    with pytest.raises(AttributeError, match="FormatContract"):
        _ = testing.NoSuchContract


@pytest.mark.parametrize(("knows", "refused"), [("True", "bronze"), ("False", "no grade")])
def test_a_plug_that_breaks_its_contract_reaches_no_grade(tmp_path, knows, refused) -> None:
    """A format that knows nothing fails; that it refuses strangers in words is seen by a test of its own."""
    (tmp_path / "test_tally.py").write_text(TALLY.format(knows=knows))
    (tmp_path / "conftest.py").write_text(AS_FOUND)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--grades", "test_tally.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1, ran.stdout
    assert "format tally: no grade" in ran.stdout
    failed = [line for line in ran.stdout.splitlines() if line.startswith("FAILED")]
    assert any("test_it_knows_its_own_bytes" in line for line in failed)
    assert any("test_it_refuses_foreign_bytes" in line for line in failed) == (refused == "no grade")
