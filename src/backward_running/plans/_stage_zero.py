"""Stage zero: how short the first bouts are for somebody who is frail, 65 or older, or fell in the last 12 months."""

from __future__ import annotations

from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans._block import SHORTEST_BOUT_S

SHORT_BOUTS = own_proposal(
    "stage_zero.bouts",
    "Who is frail, 65 or older, or fell in the last 12 months begins with ten bouts of 20 to 30 s, holding a rail "
    "or a person; a bout is never longer than the last tolerated one and 20 %, from a minute on and 10 %: a "
    "proposal.",
)
FIRST_BOUT_S = Number("stage_zero_first_bout_s", 30.0, "s", SHORT_BOUTS, low=20.0, high=30.0)
SHORT_GROWTH_RATIO = Number("stage_zero_short_bout_growth_ratio", 1.20, "1", SHORT_BOUTS)
LONG_FROM_S = Number("stage_zero_long_bout_from_s", 60.0, "s", SHORT_BOUTS)
LONG_GROWTH_RATIO = Number("stage_zero_long_bout_growth_ratio", 1.10, "1", SHORT_BOUTS)

WORDS = Reason(
    "A bout grows by at most a fifth on the longest you have done, from a minute on by a tenth: short bouts keep your "
    "steps tidy and a stumble small.",
    SHORT_BOUTS.key,
)


def begins(longest_s: float | None) -> bool:
    """Tell whether bouts are still held on to and walked: none of a minute was done in the last 30 days."""
    return (longest_s or 0.0) < LONG_FROM_S.value


def bout_limit_s(longest_s: float | None) -> float:
    """Return how long a bout may be after the longest of the last 30 days.

    >>> bout_limit_s(None), bout_limit_s(30.0), round(bout_limit_s(60.0))
    (30.0, 36.0, 66)
    """
    if longest_s is None:
        return FIRST_BOUT_S.value
    ratio = SHORT_GROWTH_RATIO if longest_s < LONG_FROM_S.value else LONG_GROWTH_RATIO
    return max(ratio.value * longest_s, SHORTEST_BOUT_S.value)
