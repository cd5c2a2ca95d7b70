"""Four weeks in a terminal, on a clock that goes on: what a runner with nothing but their word reads day by day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from backward_running.apps.cli import _shared, backward

MONDAY = date(2026, 11, 23)
ANSWERS = {
    "forward_runs_per_week": 3, "easy_speed_mps": 2.8, "longest_run_s": 3000.0, "backward_experience_min": 0,
    "birth_year": 1990, "days": ["0", "2", "5"], "have": ["spotter"], "goal": "try", "parq": "all_no",
    "health": ["none"],
}  # fmt: skip


class Terminal:
    """Types a command at an hour of a day and returns what is said."""

    def __init__(self, home) -> None:
        self.home, self.at = home, datetime(2026, 11, 23, 7, tzinfo=UTC)

    def type(self, day: int, hour: int, *words: str) -> str:
        self.at = datetime(2026, 11, 23, hour, tzinfo=UTC) + timedelta(days=day)
        result = CliRunner().invoke(backward, ["--home", str(self.home), *words], standalone_mode=False)
        return result.output if result.exception is None else str(result.exception)

    def sessions(self, day: int) -> list[dict]:
        plan = json.loads(self.type(day, 7, "plan", "--json"))
        return [workout for week in plan["weeks"] for workout in week["workouts"]]

    def has_one(self, day: int) -> bool:
        on = (MONDAY + timedelta(days=day)).isoformat()
        return any(workout["on"] == on for workout in self.sessions(day))


@pytest.fixture
def terminal(tmp_path, monkeypatch) -> Terminal:
    one = Terminal(tmp_path / "home")
    monkeypatch.setattr(_shared, "machine_clock", lambda: one.at)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(ANSWERS))
    assert "Week 1" in one.type(0, 7, "start", "--answers", str(answers))
    return one


def backward_min(said: str) -> float:
    """Read what `done` says it kept: "Kept by your word: 5.5 min backward on …"."""
    return float(said.partition("word: ")[2].replace("\N{NO-BREAK SPACE}", " ").partition(" min")[0])


def week(terminal: Terminal, first: int, *, but: int | None = None) -> list[float]:
    """Live seven days by word: do what is planned but on one day, say each morning after how it was."""
    done = []
    for day in range(first, first + 7):
        if not terminal.has_one(day):
            continue
        assert f"Next, {MONDAY + timedelta(days=day):%A %d %B}" in terminal.type(day, 19, "today")
        if day == but:
            assert "not done" in terminal.type(day, 20, "done", "--not-done")
            continue
        done.append(backward_min(terminal.type(day, 20, "done")))
        assert f"Next, {MONDAY + timedelta(days=day):%A %d %B}" not in terminal.type(day, 21, "today"), "done is done"
        assert "Kept" in terminal.type(day, 21, "log", "--run", "last", "--moment", "after", "--exertion", "3")
        assert "how sore are your calves" in terminal.type(day + 1, 9, "today")
        assert "Kept" in terminal.type(day + 1, 9, "log", "--calf", "1", "--moment", "24 h after")
    return done


def test_four_weeks_by_word_with_a_miss_and_a_knee(terminal):
    first = week(terminal, 0)
    second = week(terminal, 7, but=9)
    done = [*first, *second]
    assert all(done[nth] <= 1.1 * max(done[:nth]) + 0.1 for nth in range(1, len(done))), "by a tenth at most"
    assert max(second) > max(first), "it grows"
    assert "Wednesday is not known to be done, so its stage comes again" in terminal.type(14, 7, "today")

    hurt = backward_min(terminal.type(14, 20, "done"))
    told = terminal.type(14, 21, "log", "--run", "last", "--moment", "after", "--pain", "left knee=5")
    assert "limit there is 3" in told and "Nothing backward before" in told
    today = terminal.type(15, 7, "today")
    assert today.index("left knee") < today.index("The plan got lighter"), "the newest reason is the one that is said"
    assert "The next session waits" in today
    assert not terminal.has_one(16), "48 hours"
    changes = terminal.type(15, 8, "plan", "--changes")
    assert "left knee" in changes and "Wednesday is not known to be done" in changes
    terminal.type(15, 8, "log", "--pain", "left knee=0")
    assert "Held: Your left knee" in terminal.type(16, 8, "plan")

    after = [*week(terminal, 17), *week(terminal, 24)]
    assert len(after) >= 2 and max(after) < hurt, "below what hurt"
    assert sum(after[:2]) <= sum(second) + 0.1, "in the seven days from the first of them no more than last week"


def test_what_the_plan_does_not_have_is_told_how_to_say(terminal):
    assert "no session 'w01-9'" in terminal.type(1, 20, "done", "w01-9")
    week(terminal, 0)
    told = terminal.type(5, 20, "done")
    assert "`backward done --else --minutes N`" in told
    assert "Kept by your word" in terminal.type(5, 20, "done", "--else", "--minutes", "6")
