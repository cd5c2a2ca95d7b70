"""Notes that name a week follow the plan, and are known by their key and not by their words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Plan, Reason, Step, Week, Workout
from backward_running.plans import _notes

MONDAY = date(2026, 3, 2)
WALK, RUN = Gait.WALK, Gait.RUN
NOW_WALKED = "As the plan stands now you walk backward throughout."


def plan_of(*weeks: tuple[Gait, float], note: Reason) -> Plan:
    """Make a plan of one session a week, each one backward step of a gait and so many seconds."""
    made = []
    for number, (gait, seconds) in enumerate(weeks, 1):
        on = MONDAY + timedelta(weeks=number - 1)
        step = Step("BACK", Part.WORK, Direction.BACKWARD, gait, duration_s=seconds, speed_high_mps=1.0)
        session = Workout(f"w{number}", number, 1, "", on, Place.FLAT_CLOSED, "", (step,), "")
        made.append(Week(number, on, (session,)))
    return Plan("p", "beginner", "", datetime(2026, 3, 1, tzinfo=UTC), weeks=tuple(made), notes=(note,))


def said(*weeks: tuple[Gait, float], note: Reason) -> list[str]:
    return [noted.text for noted in _notes.noted(plan_of(*weeks, note=note)).notes]


@pytest.mark.parametrize("note", [_notes.first_run(1, "dose.x"), _notes.walks("dose.x")])
def test_the_first_run_is_named_where_it_now_is(note):
    assert said((WALK, 60), (WALK, 60), (RUN, 60), note=note) == [
        "The first backward running of this plan is in week 3."
    ]


def test_a_plan_that_lost_its_running_says_so_and_finds_it_again():
    walked = _notes.noted(plan_of((WALK, 60), note=_notes.first_run(1, "dose.x"))).notes[0]
    assert walked.text == NOW_WALKED
    assert said((WALK, 60), (RUN, 60), note=walked) == ["The first backward running of this plan is in week 2."]
    assert said((WALK, 60), note=_notes.walks("dose.x")) == [_notes.walks("dose.x").text]


def test_the_week_that_holds_moves_and_the_rest_of_the_note_stays():
    note = _notes.holds(5, "your cap is 12 min a week 5 times over.", "dose.x")
    weeks = ((WALK, 60), (WALK, 120), (WALK, 120))
    assert said(*weeks, note=note) == ["From week 2 on the plan holds: your cap is 12 min a week 5 times over."]
    again = _notes.noted(plan_of(*weeks, note=note)).notes[0]
    assert said((WALK, 120), (WALK, 120), note=again)[0].startswith("From week 1 on")
    assert said((WALK, 60), (WALK, 120), note=note) == []  # only the last week holds as much


def test_words_alone_are_no_note_that_moves():
    """What a third party's programme says in the same words stays as it was said."""
    for note in (_notes.first_run(1, None), _notes.holds(5, "so it is.", "x"), _notes.walks("x")):
        plain = replace(note, key=None)
        assert said((WALK, 60), (RUN, 60), note=plain) == [plain.text]
