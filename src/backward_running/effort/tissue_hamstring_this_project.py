"""How far the hamstring is stretched in backward running."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import VALID, Tissue, proposed, steady
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import backward_excursion

_PROPOSAL = proposed(
    "hamstring_factor",
    "The hamstring is taken to travel 0.8 times (0.6 to 1.0) as far in a backward step as in a forward one at equal "
    "speed: hip and knee travel less far.",
)
FACTOR: Final = Number("hamstring_excursion_factor_ratio", 0.8, "1", _PROPOSAL, low=0.6, high=1.0)
FACTOR_LOW: Final = Number("hamstring_excursion_factor_low_ratio", 0.6, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("hamstring_excursion_factor_high_ratio", 1.0, "1", _PROPOSAL)


def hamstring_excursion_ratio(speed_mps: Numbers) -> Any:
    """How far the hamstring is stretched in a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        0.8 at every speed; 80 % interval 0.6 to 1.0. Confidence: low. It is travel, not force.

    Valid for
    ---------
    Running on level ground at speed_mps from 1.7 to 3.5. Outside the factor is kept and said to be outside.

    Notes
    -----
    A constant: what was read gives the sign, and no number.

    Deviations
    ----------
    No paper states this factor. How hard the muscle works is another question, and is not known.

    References
    ----------
    Laboratory studies of hip and knee travel in backward running

    Examples
    --------
    >>> float(hamstring_excursion_ratio(2.5))
    0.8
    """
    return steady(FACTOR, speed_mps)


def hamstring_excursion_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`hamstring_excursion_ratio`."""
    return steady(FACTOR_LOW, speed_mps)


def hamstring_excursion_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`hamstring_excursion_ratio`."""
    return steady(FACTOR_HIGH, speed_mps)


MODEL = Model(
    key="tissue_hamstring_this_project",
    title="Stretch of the hamstring, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="hamstring_excursion_ratio",
    best=hamstring_excursion_ratio,
    low=hamstring_excursion_low_ratio,
    high=hamstring_excursion_high_ratio,
    valid=VALID,
    may_extrapolate=True,
    evidence=(_PROPOSAL, backward_excursion.EXCURSION),
)

TISSUE = Tissue(
    key="hamstring",
    title="Hamstring",
    means="how far the back of the thigh is stretched",
    model=MODEL,
    confidence=Confidence.LOW,
    ordinal=5,
)
