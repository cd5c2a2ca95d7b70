"""Sprints of 20 m: only with a timed 20 m, and a cap that is a share of it.

The steps are written for a timed 20 m, so a speed that was recorded is never taken for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans import dose, walk_or_run
from backward_running.plans._block import Block
from backward_running.plans.base import Answers

SPRINTS = own_proposal(
    "sprints.steps",
    "Backward sprints of 20 m from the ninth week on, capped at a share of the runner’s own timed 20 m: 0.75 in "
    "the first two weeks, 0.90 in the next two, more only after two clean weeks; at most one set of seven more "
    "than last time, four in all. A proposal.",
)
TIMED_M = Number("sprint_timed_distance_m", 20.0, "m", SPRINTS)
SPRINT_M = Number("sprint_repeat_distance_m", 20.0, "m", SPRINTS)
REPEATS_COUNT = Number("sprint_repeats_of_a_set_count", 7, "1", SPRINTS)
MOST_SETS_COUNT = Number("sprint_most_sets_count", 4, "1", SPRINTS)
FIRST_SHARE = Number("sprint_first_weeks_share", 0.75, "1", SPRINTS)
NEXT_SHARE = Number("sprint_next_weeks_share", 0.90, "1", SPRINTS)
FULL_SHARE = Number("sprint_full_share", 1.0, "1", SPRINTS)
WEEKS_AT_EACH_COUNT = Number("sprint_weeks_at_each_share_count", 2, "weeks", SPRINTS)
REST_S = Number("sprint_rest_s", 60.0, "s", SPRINTS)
PAUSE_S = Number("sprint_pause_between_sets_s", 180.0, "s", SPRINTS)
EASY_BOUTS_COUNT = Number("sprint_easy_bouts_before_count", 3, "1", SPRINTS)
EASY_BOUT_S = Number("sprint_easy_bout_before_s", 20.0, "s", SPRINTS)
EASY_SHARE = Number("sprint_easy_bout_cap_share", 0.60, "1", SPRINTS)

_SETS = (1, 1, 2, 2, 2, 3, 3, 4)
NUMBERS = tuple(Number(f"sprint_week_{week}_sets_count", sets, "1", SPRINTS) for week, sets in enumerate(_SETS, 1))

TIME_IT = Reason(
    "Time 20 m first: on a track or closed grass, a friend watching the way, roll backward into the marked 20 m, go "
    "fast but in control, and type the seconds; without them no sprint is planned.",
    SPRINTS.key,
)
_LAST = (
    "Only where the last two weeks went without a fall, sore calves or pain over its limit: told here, each of them "
    "holds the sprints at 90 % for two weeks. What you do not tell cannot be counted."
)
#: What takes the last step from the sprints until two weeks went by without it.
HOLDING = frozenset(
    {SetbackKind.FALL, SetbackKind.SORENESS, SetbackKind.PAIN, SetbackKind.TREND, SetbackKind.BROKEN_OFF}
)
CLEAN_WEEKS_COUNT = Number("sprint_clean_weeks_before_full_share_count", 2, "weeks", SPRINTS)


def measured_mps(answers: Answers) -> float | None:
    """Return the measured backward speed; None where 20 m were not timed.

    >>> round(20 / 6.0, 2)
    3.33
    """
    return TIMED_M.value / answers.backward_20_m_s if answers.backward_20_m_s else None


def timed(answers: Answers) -> Reason | None:
    """Somebody who timed 20 m."""
    return None if measured_mps(answers) is not None else TIME_IT


def runs_them(answers: Answers) -> Reason | None:
    """Somebody whose first cap lies above the speed at which people start to run backward."""
    cap_mps = FIRST_SHARE.value * (measured_mps(answers) or 0.0)
    if cap_mps >= walk_or_run.TRANSITION_MPS.value:
        return None
    text = "Sprints begin at 75 % of your timed 20 m, {cap}: at that speed people walk backward."
    return walk_or_run.speaking(text, walk_or_run.TRANSITION_MPS.evidence.key, cap=cap_mps)


def share_of(week: int) -> float:
    """Return the share of the measured speed in a week of sprinting, 1 is the first.

    >>> [share_of(week) for week in (1, 2, 3, 4, 5)]
    [0.75, 0.75, 0.9, 0.9, 1.0]
    """
    each = int(WEEKS_AT_EACH_COUNT.value)
    return (FIRST_SHARE, NEXT_SHARE, FULL_SHARE)[min(2, (week - 1) // each)].value


def held_until(setbacks: Iterable[Setback]) -> date | None:
    """Return the day from which sprints may be faster than the steps before the last; None where nothing holds them."""
    days = [setback.on for setback in setbacks if setback.kind in HOLDING]
    return max(days) + timedelta(weeks=int(CLEAN_WEEKS_COUNT.value)) if days else None


def held(answers: Answers, on: date, cap_mps: float) -> tuple[float, Reason] | None:
    """Return the cap that holds while two clean weeks are not over, and the words for it; None where none binds."""
    until, own_mps = answers.facts.limits.sprints_held_until, measured_mps(answers)
    if until is None or own_mps is None or on >= until or cap_mps <= NEXT_SHARE.value * own_mps:
        return None
    held_mps = math.floor(NEXT_SHARE.value * own_mps * 100 + 1e-9) / 100
    text = "At most {cap} in the sprints: more only after two weeks without a fall, sore calves or pain."
    return held_mps, walk_or_run.speaking(text, SPRINTS.key, cap=held_mps)


def sets_of(week: int) -> int:
    """Return the sets of a week of sprinting.

    >>> [sets_of(week) for week in range(1, 10)]
    [1, 1, 2, 2, 2, 3, 3, 4, 4]
    """
    return int(NUMBERS[min(week, len(NUMBERS)) - 1].value)


def session_blocks(answers: Answers, week: int, sets: int | None = None) -> tuple[Block, ...]:
    """Return a session: a few easy bouts to warm up, then the sets, with a longer walk between them."""
    sets = sets_of(week) if sets is None else sets
    cap_mps = share_of(week) * (measured_mps(answers) or walk_or_run.TRANSITION_MPS.value)
    easy = Block(
        int(EASY_BOUTS_COUNT.value), EASY_BOUT_S.value, REST_S.value, Gait.RUN,
        cap_mps=EASY_SHARE.value * answers.easy_speed_mps,
    )  # fmt: skip
    cue = "Somebody watches the way and calls. Roll in, never brake hard: run it out."
    each = Block(
        int(REPEATS_COUNT.value), SPRINT_M.value / cap_mps, REST_S.value, Gait.RUN,
        distance_m=SPRINT_M.value, cue=cue, is_sprint=True,
    )  # fmt: skip
    between = replace(each, pause_s=PAUSE_S.value)
    return (easy, *((between,) * (sets - 1)), each)


def one_set_more(blocks: Sequence[Block], before_count: int | None) -> tuple[Block, ...]:
    """Leave out what is more than one set more than last time, which may have been cut short by a limit of its day.

    Parameters
    ----------
    blocks : sequence of Block
        A session; each block of sprints is a set.
    before_count : int or None
        Sprints of the last session that had any; None: there was none, and nothing is left out.
    """
    if before_count is None:
        return tuple(blocks)
    repeats = int(REPEATS_COUNT.value)
    left, kept = (math.ceil(before_count / repeats) + 1) * repeats, []
    for block in blocks:
        times = min(block.times, left) if block.is_sprint else block.times
        left -= times if block.is_sprint else 0
        kept += [replace(block, times=times)] if times else []
    ends = len(kept) < len(blocks)  # what was a pause before the next set is before nothing now
    return tuple(replace(block, pause_s=0.0) if ends and block is kept[-1] else block for block in kept)


def why(week: int) -> tuple[Reason, ...]:
    """Say what the last step asks for."""
    return (Reason(_LAST, SPRINTS.key),) if share_of(week) > NEXT_SHARE.value else ()


def too_early(answers: Answers) -> Reason | None:
    """Nobody of stage zero sprints."""
    if not answers.stage_zero:
        return None
    return Reason("Sprints backward are not for somebody whose first bouts have to be short.", dose.LATER.key)


def has_room(answers: Answers) -> Reason | None:
    """Somebody with a spotter: nobody sprints backward alone, or on a belt."""
    if answers.has_spotter or answers.has_supervisor:
        return None
    return Reason(
        "Sprints backward need somebody who watches the way and calls: ask a friend to come along.", SPRINTS.key
    )
