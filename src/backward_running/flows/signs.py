"""Warning signs beside what is said of another day."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.athlete import CheckIn
from backward_running.core.ports import CheckIns


def without_signs(store: CheckIns, check_in: CheckIn) -> CheckIn:
    """Keep the signs of a check-in that speaks of another day on their own, and return the rest of it.

    A sign counts from the moment it is told; on the other day, what was done after it would look like defiance.

    Parameters
    ----------
    store : CheckIns
        Where the signs are kept, as of the moment the check-in was made.
    check_in : CheckIn
        As it was told; one that speaks of today, or tells no sign, comes back as it is.
    """
    if check_in.on is None or not check_in.red_flags:
        return check_in
    signs = CheckIn(
        check_in.made_at, red_flags=check_in.red_flags, concussion_signs=True if check_in.concussion_signs else None
    )
    store.add_check_in(signs)
    return replace(check_in, red_flags=(), concussion_signs=None)
