"""What backward running asks of the forefoot: a guess from how the foot lands."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import VALID, Tissue, proposed, steady
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import landing_from_memory, sterzing2016

_PROPOSAL = proposed(
    "forefoot_factor",
    "A backward step is taken to load forefoot and metatarsals 1.2 times (0.9 to 1.6) as much as a forward one at "
    "equal speed: the forefoot lands, the heel comes down late or not at all. The size is a guess.",
)
FACTOR: Final = Number("forefoot_load_factor_ratio", 1.2, "1", _PROPOSAL, low=0.9, high=1.6)
FACTOR_LOW: Final = Number("forefoot_load_factor_low_ratio", 0.9, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("forefoot_load_factor_high_ratio", 1.6, "1", _PROPOSAL)


def forefoot_load_ratio(speed_mps: Numbers) -> Any:
    """Load of the forefoot in a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        1.2 at every speed; 80 % interval 0.9 to 1.6. Confidence: very low.

    Valid for
    ---------
    Running on level ground at speed_mps from 1.7 to 3.5. Outside the factor is kept and said to be outside.

    Notes
    -----
    A constant: a study of the pressure under the foot exists, but its results were not at hand.

    Deviations
    ----------
    No paper states this factor. Who lands on the forefoot when running forward will see less of a difference.

    References
    ----------
    Descriptions of how the foot lands in backward running
    Sterzing 2016, Gait Posture 46:135, doi:10.1016/j.gaitpost.2016.03.009

    Examples
    --------
    >>> float(forefoot_load_ratio(2.5))
    1.2
    """
    return steady(FACTOR, speed_mps)


def forefoot_load_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`forefoot_load_ratio`."""
    return steady(FACTOR_LOW, speed_mps)


def forefoot_load_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`forefoot_load_ratio`."""
    return steady(FACTOR_HIGH, speed_mps)


MODEL = Model(
    key="tissue_forefoot_this_project",
    title="Load of the forefoot, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="forefoot_load_ratio",
    best=forefoot_load_ratio,
    low=forefoot_load_low_ratio,
    high=forefoot_load_high_ratio,
    valid=VALID,
    may_extrapolate=True,
    evidence=(_PROPOSAL, landing_from_memory.FOREFOOT, sterzing2016.MEASURED),
)

TISSUE = Tissue(
    key="forefoot",
    title="Forefoot",
    means="load of the forefoot and metatarsals",
    model=MODEL,
    confidence=Confidence.VERY_LOW,
    ordinal=3,
)
