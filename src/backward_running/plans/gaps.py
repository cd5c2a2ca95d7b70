"""A break without running backward: how many stages it costs."""

from __future__ import annotations

from backward_running.core.plan import Reason
from backward_running.evidence import Number, own_proposal

BREAK = own_proposal(
    "adapt.break",
    "More than seven days without running backward hold the stage; from fourteen on it goes one back, from twenty-one "
    "two, from twenty-eight to stage 3 or two back, whichever is lower.",
)
HOLD_FROM_DAYS = Number("break_holds_from_days_count", 8, "days", BREAK)
ONE_BACK_FROM_DAYS = Number("break_one_stage_from_days_count", 14, "days", BREAK)
TWO_BACK_FROM_DAYS = Number("break_two_stages_from_days_count", 21, "days", BREAK)
RESTART_FROM_DAYS = Number("break_restarts_from_days_count", 28, "days", BREAK)
RESTART_STAGE = Number("break_restart_stage_count", 3, "1", BREAK)


def stage_after_gap(stage: int, days_count: int) -> int:
    """Return the stage after a break of so many days, from the stage of the last session before it.

    >>> [stage_after_gap(6, days) for days in (13, 14, 21, 28)], stage_after_gap(12, 40), stage_after_gap(2, 30)
    ([6, 5, 4, 3], 3, 1)
    """
    if days_count < ONE_BACK_FROM_DAYS.value:
        return stage
    if days_count < TWO_BACK_FROM_DAYS.value:
        return max(1, stage - 1)
    if days_count < RESTART_FROM_DAYS.value:
        return max(1, stage - 2)
    return max(1, min(int(RESTART_STAGE.value), stage - 2))


def holds(days_count: int) -> bool:
    """Tell whether a break is long enough that the stage does not rise over it."""
    return days_count >= HOLD_FROM_DAYS.value


def words(days_count: int, stage: int) -> Reason:
    """Say what a break does; true of the days that are named."""
    text = f"{days_count} days lie between your last backward session and the next: it goes on with stage {stage}."
    return Reason(text, BREAK.key)
