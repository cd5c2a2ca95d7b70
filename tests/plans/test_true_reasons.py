"""Every reason with a number is read against what the session holds: a reason is true of its session, or of a study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.contracts.test_protocols import PROTOCOLS
from tests.plans.altering import altered
from tests.whom import best_runner

from backward_running.core.adaptation import Ceilings
from backward_running.core.direction import Direction
from backward_running.core.plan import Repeat, Step, Week, Workout
from backward_running.plans import Protocol
from backward_running.testing.protocols import PRACTISED

#: Spoken of a study, a programme, a limit or a rule: the session may hold less.
OF_SOMETHING_ELSE = re.compile(
    r"^(In the (study|trial)|Stage \d+ of the programme|This stage asks|Phase \d+ of \d+\. In the study|The band of the study"
    r"|Force behind the kneecap|Pain of up to|Go on |Go on only|Each phase|. sessions? a week, as in the four weeks before|Shorter than in the study"
    r"|A single bout grows|A bout grows|At least 48 hours|Look over a shoulder|You walk here|At up to|The belt starts"
    r"|The belt stays|Short bouts|Of a usual run|It takes the place|For economy|Sprint|Only where the last|Flat|2 to 4 %|A bout longer|The last)"
)
NUMBER = re.compile(r"\d")


def minutes(text: str) -> float:
    """Read “5 min 30 s” in seconds."""
    found = re.search(r"(?:(\d+) min)?\s?(?:(\d+) s)?$", text.strip())
    assert found and (found[1] or found[2]), text
    return 60 * float(found[1] or 0) + float(found[2] or 0)


def backward(one: Workout) -> list[Step]:
    return [step for step in one.steps() if step.direction is Direction.BACKWARD]


def untrue(week: Week, one: Workout) -> Iterator[str]:
    """Yield every reason that the session or its week contradicts, and every one that nobody here can read."""
    for reason in one.reasons:
        text = reason.text
        if "alike on purpose" in text:
            others = [[(s.gait, s.duration_s, s.distance_m) for s in backward(each)] for each in week.workouts]
            if any(early != late for early, late in pairwise(others)):
                yield text
        elif text.startswith("Shorter"):
            own_s = one.duration_s(Direction.BACKWARD)
            if any(each.duration_s(Direction.BACKWARD) <= own_s for each in week.workouts if each is not one):
                yield text
        elif found := re.match(r"Here it is ((?:\d+ min)?\s?(?:\d+ s)?)", text):
            if abs(minutes(found[1]) - one.duration_s(Direction.BACKWARD)) > 0.6:
                yield text
            if "ten are enough" in text and len(backward(one)) != 10:
                yield text
            if "whole bouts" in text and len({s.duration_s for s in backward(one)}) > 1:
                yield text
        elif found := re.match(r"(?:Walking only, .*: )?[Aa]t most ([\d.]+) m/s", text):
            caps = [step.speed_high_mps for step in backward(one) if step.speed_high_mps is not None]
            if max(caps) > float(found[1]) + 0.006:
                yield text
        elif NUMBER.search(text) and not OF_SOMETHING_ELSE.match(text):
            yield f"nobody reads: {text}"
        if text.startswith("2 to 4 % uphill") and one.grade_high_ratio != 0.04:
            yield text
        if text == "Flat." and one.grade_high_ratio > 0:
            yield text


RUNNERS = {
    "new": altered(PRACTISED, backward_history=(), backward_experience_min=0, easy_speed_mps=2.6),
    "practised": PRACTISED,
    "who does not run": altered(
        PRACTISED, backward_history=(), forward_runs_per_week=0, longest_run_s=0.0, easy_speed_mps=1.5
    ),
    "under a ceiling": altered(
        PRACTISED, ceilings=Ceilings("Dr. Moss", PRACTISED.starts_on, backward_session_s=170.0, backward_speed_mps=1.1)
    ),
    "who runs little": replace(PRACTISED, forward_runs_per_week=1, longest_run_s=1300.0, days=(2, 6)),
    "of stage zero": altered(PRACTISED, backward_history=(), stage_zero=True),
    "walking": altered(PRACTISED, walking_only=True, no_running=True, first_week=2, first_stage=2),
    "who holds on": altered(PRACTISED, walking_only=True, holds=True, no_running=True, backward_history=()),
}


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS)
@pytest.mark.parametrize("name", RUNNERS)
def test_every_reason_with_a_number_is_true_of_its_session(protocol: Protocol, name: str) -> None:
    own = best_runner(protocol)
    kept = {
        key: getattr(own, key) for key in ("goal", "birth_year", "has_harness", "backward_20_m_s", "has_supervisor")
    }
    for goal in protocol.goals:
        runner = replace(RUNNERS[name], **{**kept, "goal": goal})
        found = [said for week in protocol.weeks(runner) for one in week.workouts for said in untrue(week, one)]
        assert found == []


def test_an_untrue_reason_is_seen() -> None:
    protocol = PROTOCOLS["heath_2001"]
    (week, *_) = protocol.weeks(altered(best_runner(protocol), backward_history=()))
    one = week.workouts[0]
    wrong = replace(one.reasons[0], text="Here it is 9 min: whole bouts only.")
    alike = replace(one.reasons[0], text="The sessions of a week are alike on purpose: the study had it so.")
    new = replace(one.reasons[0], text="15 minutes, three times a week.")
    assert len(list(untrue(week, replace(one, reasons=(wrong, alike, new))))) == 3
    assert any(isinstance(piece, Repeat) for piece in one.pieces)
