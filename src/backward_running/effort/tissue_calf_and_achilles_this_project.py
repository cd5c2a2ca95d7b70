"""What backward running asks of the calf and its tendon: a guess from how the foot lands."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import VALID, Tissue, proposed, steady
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import calf_damage, landing_from_memory

_PROPOSAL = proposed(
    "calf_and_achilles_factor",
    "A backward step is taken to load calf and Achilles tendon 1.15 times (0.9 to 1.5) as much as a forward one at "
    "equal speed. Nobody measured it: the sign follows from the calf being what lands, the size is a guess.",
)
FACTOR: Final = Number("calf_and_achilles_load_factor_ratio", 1.15, "1", _PROPOSAL, low=0.9, high=1.5)
FACTOR_LOW: Final = Number("calf_and_achilles_load_factor_low_ratio", 0.9, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("calf_and_achilles_load_factor_high_ratio", 1.5, "1", _PROPOSAL)


def calf_and_achilles_load_ratio(speed_mps: Numbers) -> Any:
    """Load of calf and Achilles tendon in a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        1.15 at every speed; 80 % interval 0.9 to 1.5. Confidence: very low, and the evidence is indirect.

    Valid for
    ---------
    Running on level ground at speed_mps from 1.7 to 3.5. Outside the factor is kept and said to be outside.

    Notes
    -----
    A constant: no study gives a force, let alone one that depends on speed.

    Deviations
    ----------
    No paper states this factor. Downhill it is not used: there backward walking damages calves on purpose.

    References
    ----------
    Laboratory model of calf damage by downhill backward walking
    Descriptions of how the foot lands in backward running

    Examples
    --------
    >>> float(calf_and_achilles_load_ratio(2.5))
    1.15
    """
    return steady(FACTOR, speed_mps)


def calf_and_achilles_load_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`calf_and_achilles_load_ratio`."""
    return steady(FACTOR_LOW, speed_mps)


def calf_and_achilles_load_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`calf_and_achilles_load_ratio`."""
    return steady(FACTOR_HIGH, speed_mps)


MODEL = Model(
    key="tissue_calf_and_achilles_this_project",
    title="Load of calf and Achilles tendon, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="calf_and_achilles_load_ratio",
    best=calf_and_achilles_load_ratio,
    low=calf_and_achilles_load_low_ratio,
    high=calf_and_achilles_load_high_ratio,
    valid=VALID,
    may_extrapolate=True,
    evidence=(_PROPOSAL, landing_from_memory.CALF, calf_damage.CALF),
)

TISSUE = Tissue(
    key="calf_and_achilles",
    title="Calf and Achilles",
    means="load of the calf and its tendon",
    model=MODEL,
    confidence=Confidence.VERY_LOW,
    ordinal=2,
    downhill="Downhill and backward the calf brakes your fall: how much it loads is not known.",
)
