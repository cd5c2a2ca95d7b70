"""How much at most: the numbers of the dose rules that no programme may break, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies.frandsen2025 import SPIKE
from backward_running.evidence.studies.frandsen2025 import STUDY as FRANDSEN_2025
from backward_running.plans.base import Answers

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
    own_proposal(
        "dose.first_session",
        "Five minutes backward are the dose to begin with; the 110 % rule binds nobody below it.",
    ),
)
SESSIONS_PER_WEEK_COUNT = Number(
    "backward_sessions_per_week_count",
    3,
    "1",
    own_proposal("dose.sessions", "At most three sessions with backward minutes in any seven days."),
)
REST_DAYS_COUNT = Number(
    "days_between_sessions_count",
    2,
    "days",
    own_proposal(
        "dose.rest",
        "In weeks 1 to 4 at least 48 hours lie between two sessions, because calf soreness peaks around then.",
    ),
)
WEEKS_WITH_REST_COUNT = Number("weeks_with_rest_days_count", 4, "weeks", REST_DAYS_COUNT.evidence)
BACKWARD_SHARE = Number(
    "backward_of_weekly_running_share",
    0.30,
    "1",
    own_proposal(
        "dose.share",
        "Backward minutes, walked or run, are at most 30 % of the minutes a runner runs in a week.",
    ),
)
OTHER_RUNS_SHARE = Number(
    "other_runs_of_longest_share",
    0.5,
    "1",
    own_proposal(
        "dose.other_runs",
        "Where only the longest run is known, the other runs of the week are taken as half as long: rather too little.",
    ),
)
SPEED_CAP_SHARE = Number(
    "backward_of_forward_speed_cap_share",
    0.80,
    "1",
    own_proposal("dose.speed_cap", "Outside competition the cap is 0.8 of the forward speed."),
)  # fmt: skip
GRADE_LOW_RATIO = Number(
    "grade_lowest_ratio",
    0.0,
    "1",
    own_proposal("dose.grade_low", "No downhill in the first eight weeks: it loads the calf while it lengthens."),
)  # fmt: skip
GRADE_HIGH_RATIO = Number(
    "grade_highest_ratio",
    0.04,
    "1",
    own_proposal("dose.grade_high", "From flat to 4 % uphill in the first programme."),
)
LATER = own_proposal(
    "dose.later",
    "In the first eight weeks of going backward no sprints, no slope over 4 % and no downhill; after them up to 10 % "
    "uphill, and never steeper down than 1 %.",
)
WEEKS_UNTIL_EXPERIENCED_COUNT = Number("weeks_until_experienced_count", 8, "weeks", LATER)
GRADE_LOWEST_LATER_RATIO = Number("grade_lowest_later_ratio", -0.01, "1", LATER)
GRADE_HIGHEST_LATER_RATIO = Number("grade_highest_later_ratio", 0.10, "1", LATER)
SPRINT_SHARE = Number("sprint_from_forward_speed_share", 0.75, "1", LATER)
SPRINT_DISTANCE_M = Number("sprint_distance_m", 40.0, "m", LATER)
ALONE_FROM_YEARS = Number(
    "alone_from_age_count",
    16,
    "years",
    own_proposal("dose.minors", "From 16 alone, from 13 with an adult beside, not below."),
)
SUPERVISED_FROM_YEARS = Number("supervised_from_age_count", 13, "years", ALONE_FROM_YEARS.evidence)

SETBACK = own_proposal(
    "dose.setback",
    "After a fall, pain, soreness or a session broken off the next one is a stage below the session that hurt and "
    "shorter than it; in the seven days that begin with it backward time stays within the last completed week’s and "
    "within what the plan held.",
)
AFTER_SETBACK_SHARE = Number("after_setback_of_session_share", 0.9, "1", SETBACK)
FIRST_STAGE_SHARE = Number("after_setback_of_first_stage_share", 0.5, "1", SETBACK)
COUNTS_FROM_S = Number(
    "recorded_session_counts_from_s",
    20.0,
    "s",
    own_proposal(
        "dose.counts_from",
        "A recording counts as a session that needs rest after it from one bout of 20 s backward on.",
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
    """Return how long the runner runs in a week now: as told, else the longest run and the others half of it.

    Returns seconds; 0 for somebody who does not run.
    """
    if answers.weekly_running_s is not None:
        return answers.weekly_running_s
    if answers.forward_runs_per_week < 1:
        return 0.0
    others = (answers.forward_runs_per_week - 1) * OTHER_RUNS_SHARE.value
    return answers.longest_run_s * (1.0 + others)


def longest_in_window_s(on: date, history: Iterable[tuple[date, float]]) -> float | None:
    """Return the longest of the sessions in the 30 days before `on`, or None where there was none."""
    first = on - timedelta(days=int(WINDOW_DAYS_COUNT.value))
    return max((seconds for day, seconds in history if first <= day < on and seconds > 0), default=None)


def backward_limit_s(on: date, sessions: Iterable[tuple[date, float]]) -> float:
    """Return how many backward seconds a session on that day may have: the 110 % rule, which binds nobody below 300 s.

    Parameters
    ----------
    on : date
        Day of the session.
    sessions : iterable of (date, float)
        Day and backward seconds of what was recorded before it, and of what is planned between then and now.

    Returns
    -------
    float
        The larger of 300 s and 110 % of the longest of the last 30 days.

    >>> day = date(2026, 5, 4)
    >>> backward_limit_s(day, [(date(2026, 5, 2), 120.0)]), round(backward_limit_s(day, [(date(2026, 5, 2), 600.0)]))
    (300.0, 660)
    """
    longest_s = longest_in_window_s(on, sessions) or 0.0
    return max(FIRST_SESSION_S.value, BACKWARD_GROWTH_RATIO.value * longest_s)


def youngest_age_years(answers: Answers) -> int | None:
    """Return the age the runner has at least on the first day; None where the birth year is not known."""
    return None if answers.birth_year is None else answers.starts_on.year - answers.birth_year - 1
