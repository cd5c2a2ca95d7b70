"""Whether a plan prepares for a race: how long its longest bout has to be, and the line that says so."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from backward_running.core.direction import Direction
from backward_running.core.plan import Reason, Step, Week
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans import _sprints
from backward_running.plans.base import Answers

RACING = own_proposal(
    "racing.prepared",
    "A plan prepares for a race only where its longest bout reaches 60 % of the distance up to 5 km and 50 % of 10 "
    "km and the half marathon; up to 400 m it has to reach the last step of the sprints too. A marathon is "
    "refused. A proposal.",
)
SHORT_SHARE = Number("race_bout_of_short_race_share", 0.60, "1", RACING)
LONG_SHARE = Number("race_bout_of_long_race_share", 0.50, "1", RACING)
SHORT_TO_M = Number("race_short_to_m", 5000.0, "m", RACING)
SPRINT_TO_M = Number("race_sprint_to_m", 400.0, "m", RACING)
LONGEST_M = Number("race_longest_prepared_m", 21_097.5, "m", RACING)


_WOULD = "A later race, or longer bouts in your recordings, would change that."


def needed_m(race_m: float) -> float:
    """Return how long the longest bout of a plan has to be.

    >>> needed_m(5000), needed_m(10_000)
    (3000.0, 5000.0)
    """
    return (SHORT_SHARE if race_m <= SHORT_TO_M.value else LONG_SHARE).value * race_m


def no_marathon(answers: Answers) -> Reason | None:
    """Nobody who asks for a marathon: no bout that a plan can hold comes near it."""
    race_m = answers.race_distance_m
    if answers.goal != "race" or race_m is None or race_m <= LONGEST_M.value:
        return None
    return Reason(
        "A marathon run backward is more than this program prepares anybody for: it is hours on your calves, your neck "
        "and your attention, nobody has studied it, and no plan with careful steps comes near it. Take a shorter race, "
        "up to the half marathon, or choose another goal.",
        RACING.key,
    )


def race_line(weeks: Sequence[Week], answers: Answers) -> Reason | None:
    """Return what a plan says first to somebody with a race: whether it prepares for it, with the metres."""
    if answers.goal != "race":
        return None
    race_m = answers.race_distance_m
    if race_m is None:
        return Reason(
            "You have not said how far your race is, so this plan does not prepare you for it: type the distance.",
            RACING.key,
        )
    longest_m = longest_bout_m(weeks)
    lacks = []
    if longest_m + 0.5 < needed_m(race_m):
        lacks.append(f"its longest bout is {metres(longest_m)}, and {metres(needed_m(race_m), up=True)} are needed")
    if race_m <= SPRINT_TO_M.value and not reaches_full_speed(weeks, answers):
        lacks.append("it does not reach the last step of the sprints, at your full timed speed")
    if lacks:
        return Reason(
            f"This plan does not prepare you for {metres(race_m)}: {', and '.join(lacks)}. {_WOULD}", RACING.key
        )
    return Reason(
        f"The longest bout of this plan is {metres(longest_m)}: {longest_m / race_m * 100:.0f} % of your race over "
        f"{metres(race_m)}.",
        RACING.key,
    )


def longest_bout_m(weeks: Iterable[Week]) -> float:
    """Return how far the longest backward bout of the weeks goes at its cap."""
    return max((_metres_of(step) for step in _backward(weeks)), default=0.0)


def reaches_full_speed(weeks: Iterable[Week], answers: Answers) -> bool:
    """Tell whether the sprints reach a cap above the 90 % of the steps before."""
    own_mps = _sprints.measured_mps(answers)
    fastest_mps = max((step.speed_high_mps or 0.0 for step in _backward(weeks) if step.is_sprint), default=0.0)
    return own_mps is not None and fastest_mps > _sprints.NEXT_SHARE.value * own_mps + 0.01


def metres(distance_m: float, *, up: bool = False) -> str:
    """Say a distance.

    >>> metres(400), metres(5000), metres(21097.5), metres(2040)
    ('400 m', '5 km', 'the half marathon', '2 km')
    """
    if abs(distance_m - LONGEST_M.value) < 1:
        return "the half marathon"
    if distance_m < 1000:
        return f"{(math.ceil(distance_m / 10 - 1e-9) if up else math.floor(distance_m / 10 + 1e-9)) * 10} m"
    tenths = math.ceil(distance_m / 100 - 1e-9) if up else math.floor(distance_m / 100 + 1e-9)
    return f"{tenths / 10:g} km"


def _backward(weeks: Iterable[Week]) -> list[Step]:
    steps = [step for week in weeks for workout in week.workouts for step in workout.each_step()]
    return [step for step in steps if step.direction is Direction.BACKWARD]


def _metres_of(step: Step) -> float:
    return step.distance_m or (step.duration_s or 0.0) * (step.speed_high_mps or 0.0)
