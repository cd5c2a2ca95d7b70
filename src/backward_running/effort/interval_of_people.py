"""Whose spread an interval holds: the middle 80 % of people, forward and backward, in every model."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.standing import Standing, Tag
from backward_running.effort.base import Numbers
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import williford1998

DEVIATIONS: Final = Number(
    "interval_sd",
    1.2816,
    "1",
    own_proposal(
        "this_project.interval",
        "Every interval of an uptake, an energy or a factor holds the middle 80 % of people: ±1.28 standard "
        "deviations.",
    ),
)
#: How far people differ running forward, in the logarithm of what they take above rest.
RUN_FORWARD: Final = Number(
    "forward_run_net_spread_nat",
    0.106,
    "nat",
    Evidence(
        "williford1998.run_net_spread",
        "One standard deviation between people running forward is 2.51/(27.15 − 3.5) = 10.6 % of what is above rest. "
        "The equation of Léger & Mercier is a mean of ten studies; how far off that mean is was not read.",
        williford1998.STUDY,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
)
#: The sentence that goes with an interval, once on a page.
SAID: Final = (
    "An interval is where eight of ten people lie, forward and backward alike. That of an uptake or an energy holds "
    "how far people differ going forward and how far their factor does; that of a ratio the factor alone."
)


def reach(*spreads: Numbers) -> Any:
    """Return how far the ends of 80 % lie from the middle, of spreads that have nothing to do with each other.

    Parameters
    ----------
    *spreads : float or ndarray
        Standard deviations, all in one unit.

    Returns
    -------
    float or ndarray
        1.2816 · √(Σ spread²), in the same unit.

    Examples
    --------
    >>> round(float(reach(0.3, 0.4)), 4)
    0.6408
    """
    return DEVIATIONS.value * np.sqrt(sum(np.square(spread) for spread in spreads))


def factor_of_people(factor: Numbers, end: Numbers, forward_nat: float, sign: int) -> Any:
    """Return how many times the mean of forward somebody at an end of 80 % takes backward.

    Two spreads are joined that have nothing to do with each other: that of the factor and that of running forward.

    Parameters
    ----------
    factor, end : float or ndarray
        Middle and end of the interval of the factor, rest left out.
    forward_nat : float
        Standard deviation between people forward, in the logarithm of what is above rest.
    sign : int
        −1 for the low end, +1 for the high end.

    Returns
    -------
    float or ndarray
        Never inside the interval of the factor.

    Examples
    --------
    >>> [round(float(factor_of_people(1.3, end, 0.106, sign)), 2) for end, sign in ((1.1, -1), (1.5, 1))]
    [1.05, 1.58]
    """
    of_factor = np.log(np.asarray(end, dtype=float) / factor)
    return factor * np.exp(sign * np.hypot(of_factor, reach(forward_nat)))
