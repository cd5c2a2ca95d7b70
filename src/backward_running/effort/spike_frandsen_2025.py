"""The single-session spike: a session much longer than the longest of the last 30 days."""

from __future__ import annotations

from typing import Final

from backward_running.core.errors import BadValue
from backward_running.evidence import Number
from backward_running.evidence.studies import frandsen2025

SPIKE_FROM: Final = Number("spike_from_ratio", 1.10, "1", frandsen2025.SPIKE)
LOOK_BACK: Final = Number("spike_look_back_days", 30.0, "d", frandsen2025.SPIKE)
SPIKE_LARGE: Final = Number("spike_large_ratio", 1.30, "1", frandsen2025.SPIKE)
SPIKE_DOUBLE: Final = Number("spike_double_ratio", 2.0, "1", frandsen2025.SPIKE)
HAZARD_SMALL: Final = Number("spike_hazard_small_ratio", 1.64, "1", frandsen2025.SPIKE)
HAZARD_LARGE: Final = Number("spike_hazard_large_ratio", 1.52, "1", frandsen2025.SPIKE)
HAZARD_DOUBLE: Final = Number("spike_hazard_double_ratio", 2.28, "1", frandsen2025.SPIKE)


def is_spike(session_m: float, longest_m: float) -> bool:
    """Say whether a session is over 110 % of the longest one of the last 30 days.

    Parameters
    ----------
    session_m, longest_m : float
        Distance or time, both the same, of one direction: the rule is applied per direction, which is this project's
        proposal.

    Examples
    --------
    >>> is_spike(12.0, 10.0), is_spike(11.0, 10.0)
    (True, False)
    """
    return _over(session_m, longest_m) > SPIKE_FROM.value + 1e-9


def injury_hazard_ratio(session_m: float, longest_m: float) -> float | None:
    """Return how many times as high the hazard of injury was after such a session; None where it is no spike.

    Notes
    -----
    Measured in forward runners over distance. The step down from 1.64 to 1.52 is as published.

    References
    ----------
    Frandsen 2025, BJSM 59:1203, doi:10.1136/bjsports-2024-109380

    Examples
    --------
    >>> [injury_hazard_ratio(x, 10.0) for x in (10.5, 12.0, 15.0, 25.0)]
    [None, 1.64, 1.52, 2.28]
    """
    if not is_spike(session_m, longest_m):
        return None
    over = _over(session_m, longest_m)
    if over > SPIKE_DOUBLE.value:
        return HAZARD_DOUBLE.value
    return HAZARD_LARGE.value if over > SPIKE_LARGE.value else HAZARD_SMALL.value


def longest_may_be(longest_m: float) -> float:
    """Return how long the next session may be before it is a spike, in what `longest_m` is in.

    Examples
    --------
    >>> longest_may_be(10.0)
    11.0
    """
    return round(SPIKE_FROM.value * longest_m, 6)


def _over(session_m: float, longest_m: float) -> float:
    if not longest_m > 0:
        raise BadValue(
            "longest_m", "be above 0: without an earlier session there is nothing to compare with", longest_m
        )
    return session_m / longest_m
