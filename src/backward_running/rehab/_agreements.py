"""The conditions whose gates a clinician's word opens: those of the rules that ask for one."""

from __future__ import annotations

from backward_running.rehab import clinician_first, not_for_backward
from backward_running.rehab._who import not_agreed
from backward_running.rehab.base import Facts

#: Keys of core.screening.CONDITIONS.
CLEARABLE_CONDITIONS: tuple[str, ...] = (
    *clinician_first.NOTHING_BEFORE,
    *clinician_first.WALKING_BEFORE,
    *not_for_backward.NEVER_RUNNING,
)


def uncleared_conditions(facts: Facts) -> frozenset[str]:
    """Return the ticked conditions that a clinician's word could clear and none has yet."""
    return frozenset(not_agreed(facts, CLEARABLE_CONDITIONS))
