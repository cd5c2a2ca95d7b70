"""How much at most: the dose rules that no programme may break, and the check that holds any weeks to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Week, Workout
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.frandsen2025 import SPIKE
from backward_running.evidence.studies.frandsen2025 import STUDY as FRANDSEN_2025
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans.base import Answers
from backward_running.plans.walk_or_run import TRANSITION_MPS


def _proposal(key: str, says: str) -> Evidence:
    return Evidence(key=key, says=says, study=THIS_PROJECT, standing=Standing.OPINION, tag=Tag.PROPOSED)


SPIKE_PER_DIRECTION = Evidence(
    key="dose.spike_per_direction",
    says=(
        "The 110 % rule was measured on forward running; here it is applied to each direction by itself, because "
        "backward minutes load tissue that forward minutes do not prepare."
    ),
    study=FRANDSEN_2025,
    standing=Standing.EXTRAPOLATED,
    tag=Tag.PROPOSED,
)

SESSION_GROWTH_RATIO = Number("session_growth_ratio", 1.10, "1", SPIKE)
WINDOW_DAYS_COUNT = Number("session_growth_window_days_count", 30, "days", SPIKE)
BACKWARD_GROWTH_RATIO = Number("backward_session_growth_ratio", 1.10, "1", SPIKE_PER_DIRECTION)
FIRST_SESSION_S = Number(
    "first_backward_session_s",
    300.0,
    "s",
    _proposal("dose.first_session", "Somebody without a backward history starts with 5 minutes of walking backward."),
)
SESSIONS_PER_WEEK_COUNT = Number(
    "backward_sessions_per_week_count",
    3,
    "1",
    _proposal("dose.sessions", "At most three sessions with backward minutes in any seven days."),
)
REST_DAYS_COUNT = Number(
    "days_between_sessions_count",
    2,
    "days",
    _proposal(
        "dose.rest",
        "In weeks 1 to 4 at least 48 hours lie between two sessions, because calf soreness peaks around then.",
    ),
)
WEEKS_WITH_REST_COUNT = Number("weeks_with_rest_days_count", 4, "weeks", REST_DAYS_COUNT.evidence)
BACKWARD_SHARE = Number(
    "backward_of_weekly_running_share",
    0.30,
    "1",
    _proposal(
        "dose.share",
        "Backward minutes, walked or run, are at most 30 % of the minutes a runner runs in a week.",
    ),
)
OTHER_RUNS_SHARE = Number(
    "other_runs_of_longest_share",
    0.5,
    "1",
    _proposal(
        "dose.other_runs",
        "Where only the longest run is known, the other runs of the week are taken as half as long: rather too little.",
    ),
)
SPEED_CAP_SHARE = Number(
    "backward_of_forward_speed_cap_share",
    0.80,
    "1",
    _proposal("dose.speed_cap", "Outside competition the cap is 0.8 of the forward speed."),
)  # fmt: skip
GRADE_LOW_RATIO = Number(
    "grade_lowest_ratio",
    0.0,
    "1",
    _proposal("dose.grade_low", "No downhill in the first eight weeks: it loads the calf while it lengthens."),
)  # fmt: skip
GRADE_HIGH_RATIO = Number(
    "grade_highest_ratio",
    0.04,
    "1",
    _proposal("dose.grade_high", "From flat to 4 % uphill in the first programme."),
)
ALONE_FROM_YEARS = Number(
    "alone_from_age_count",
    16,
    "years",
    _proposal("dose.minors", "From 16 alone, from 13 with an adult beside, not below."),
)
SUPERVISED_FROM_YEARS = Number("supervised_from_age_count", 13, "years", ALONE_FROM_YEARS.evidence)

SETBACK = _proposal(
    "dose.setback", "After a missed session, a fall, pain or an illness the next session is not above those before it."
)
COUNTS_FROM_S = Number(
    "recorded_session_counts_from_s",
    60.0,
    "s",
    _proposal(
        "dose.counts_from",
        "A recording counts as a session that needs rest after it from one minute of going backward on.",
    ),
)

#: Sums of steps are compared with limits that were computed from the same numbers.
_SLACK = 1e-6


def is_spike(session_s: float, longest_s: float) -> bool:
    """Tell whether a session is longer than 110 % of the longest of the last 30 days, in one direction.

    References
    ----------
    Frandsen 2025, BJSM 59:1203. doi:10.1136/bjsports-2024-109380

    >>> is_spike(12 * 60, 10 * 60), is_spike(11 * 60, 10 * 60)
    (True, False)
    """
    return session_s > SESSION_GROWTH_RATIO.value * longest_s + _SLACK


def weekly_running_s(answers: Answers) -> float:
    """Estimate how long the runner runs in a week now, cautiously: the longest run, the others half of it.

    Returns seconds; 0 for somebody who does not run.
    """
    if answers.forward_runs_per_week < 1:
        return 0.0
    others = (answers.forward_runs_per_week - 1) * OTHER_RUNS_SHARE.value
    return answers.longest_run_s * (1.0 + others)


def longest_in_window_s(on: date, history: Iterable[tuple[date, float]]) -> float | None:
    """Return the longest of the sessions in the 30 days before `on`, or None where there was none."""
    first = on - timedelta(days=int(WINDOW_DAYS_COUNT.value))
    return max((seconds for day, seconds in history if first <= day < on and seconds > 0), default=None)


def backward_limit_s(
    on: date,
    recorded: Sequence[tuple[date, float]],
    planned: Sequence[tuple[date, float]],
    *,
    begun: bool = False,
) -> float:
    """Return how many backward seconds a session on that day may have.

    Once sessions are planned, 110 % of the longest of the last 30 days, recorded or planned. The very first session may
    always have the starting dose: a minute tried out in a park is no reason to begin below it. In a plan that has
    begun, what was recorded counts like what was planned. After 30 days without a session the starting dose holds.
    """
    longest = longest_in_window_s(on, (*recorded, *planned))
    limit = BACKWARD_GROWTH_RATIO.value * (longest or 0.0)
    bound = longest if begun else longest_in_window_s(on, planned)
    return limit if bound is not None else max(limit, FIRST_SESSION_S.value)


def youngest_age_years(answers: Answers) -> int | None:
    """Return the age the runner has at least on the first day; None where the birth year is not known."""
    return None if answers.birth_year is None else answers.starts_on.year - answers.birth_year - 1


def broken_rules(weeks: Sequence[Week], answers: Answers) -> tuple[str, ...]:
    """Hold weeks to every dose rule; return one sentence for each break, none where all hold.

    Whoever made the weeks (a protocol, a solver, a person who moved a session) can be checked with it.
    """
    workouts = sorted((one for week in weeks for one in week.workouts), key=lambda one: one.on)
    return tuple(
        sentence
        for check in (_too_young, _too_many, _too_close, _too_much_growth, _too_much_forward, _wrong_steps)
        for sentence in check(workouts, answers)
    ) + tuple(_too_large_share(weeks, answers))


def _too_young(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:
    age = youngest_age_years(answers)
    if not workouts or age is None:
        return
    if age < SUPERVISED_FROM_YEARS.value:
        yield f"a runner of {age} gets a session"
    elif age < ALONE_FROM_YEARS.value and not answers.has_supervisor:
        yield f"a runner of {age} gets a session without an adult beside"


def _too_many(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:
    most = int(SESSIONS_PER_WEEK_COUNT.value)
    for early, late in zip(workouts, workouts[most:], strict=False):
        if (late.on - early.on).days < 7:
            yield f"more than {most} sessions in seven days from {early.on}"
    for one in workouts:
        if one.on.weekday() not in answers.days:
            yield f"{one.on} is not a free day"
        if one.on < answers.starts_on:
            yield f"{one.on} is before the start"


def _too_close(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:  # noqa: ARG001
    for early, late in pairwise(workouts):
        needed = REST_DAYS_COUNT.value if early.week <= WEEKS_WITH_REST_COUNT.value else 1
        if (late.on - early.on).days < needed:
            yield f"less than {needed * 24:.0f} hours between {early.on} and {late.on}"


def _too_much_growth(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:
    planned: list[tuple[date, float]] = []
    for one in workouts:
        backward_s = one.duration_s(Direction.BACKWARD)
        limit_s = backward_limit_s(one.on, answers.backward_history, planned)
        if backward_s > limit_s + _SLACK:
            yield f"{backward_s / 60:.1f} backward minutes on {one.on}, {limit_s / 60:.1f} are allowed"
        planned.append((one.on, backward_s))


def _too_much_forward(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:
    for one in workouts:
        forward_s = sum(
            step.duration_s or 0.0
            for step in one.steps()
            if step.direction is Direction.FORWARD and step.gait is Gait.RUN
        )
        if is_spike(forward_s, answers.longest_run_s):
            yield f"{forward_s / 60:.1f} forward minutes on {one.on}, more than 110 % of the longest run"


def _too_large_share(weeks: Sequence[Week], answers: Answers) -> Iterator[str]:
    most_s = BACKWARD_SHARE.value * weekly_running_s(answers)
    for week in weeks:
        backward_s = math.fsum(one.duration_s(Direction.BACKWARD) for one in week.workouts)
        if backward_s > most_s + _SLACK:
            yield f"{backward_s / 60:.1f} backward minutes in week {week.number}, {most_s / 60:.1f} are allowed"


def _wrong_steps(workouts: Sequence[Workout], answers: Answers) -> Iterator[str]:
    cap_mps = SPEED_CAP_SHARE.value * answers.easy_speed_mps
    for one in workouts:
        if one.grade_low_ratio < GRADE_LOW_RATIO.value or one.grade_high_ratio > GRADE_HIGH_RATIO.value:
            yield f"the grade on {one.on} leaves the allowed range"
        for step in one.steps():
            if (step.duration_s is None) == (step.distance_m is None):
                yield f"step {step.name} on {one.on} needs a duration or a distance, not both"
            if step.direction is not Direction.BACKWARD:
                continue
            if step.part is not Part.WORK or not step.name.startswith("BACK"):
                yield f"the backward step {step.name} on {one.on} is not named as one"
            if step.speed_high_mps is None or step.speed_high_mps > cap_mps + _SLACK:
                yield f"step {step.name} on {one.on} has no cap of 0.8 of the forward speed"
            elif step.gait is Gait.RUN and step.speed_high_mps < TRANSITION_MPS.value:
                yield f"step {step.name} on {one.on} calls {step.speed_high_mps} m/s a run"
            if step.gait is Gait.RUN and answers.walking_only:
                yield f"step {step.name} on {one.on} is a run where only walking is allowed"
