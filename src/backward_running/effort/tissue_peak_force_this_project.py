"""How hard the ground pushes back in backward running."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import Tissue, proposed, steady
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import cavagna2012, roos2012

_PROPOSAL = proposed(
    "peak_force_factor",
    "The peak vertical force of a backward step is taken as 1.05 times (0.95 to 1.15) that of a forward one at equal "
    "speed: two studies found 1.11 and 1.04 times.",
)
FACTOR: Final = Number("peak_vertical_force_factor_ratio", 1.05, "1", _PROPOSAL, low=0.95, high=1.15)
FACTOR_LOW: Final = Number("peak_vertical_force_factor_low_ratio", 0.95, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("peak_vertical_force_factor_high_ratio", 1.15, "1", _PROPOSAL)
SLOWEST: Final = Number("peak_force_slowest_mps", 3 / 3.6, "m s⁻¹", cavagna2012.ACCELERATION)
FASTEST: Final = Number("peak_force_fastest_mps", 17 / 3.6, "m s⁻¹", cavagna2012.ACCELERATION)


def peak_vertical_force_ratio(speed_mps: Numbers) -> Any:
    """Peak vertical force of a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        1.05 at every speed; 80 % interval 0.95 to 1.15. Confidence: moderate.

    Valid for
    ---------
    Running on level ground at speed_mps from 3/3.6 to 17/3.6, where Cavagna measured. Outside the factor is kept and
    said to be outside.

    Notes
    -----
    (9.81 + 15.7)/(9.81 + 13.2) = 1.11 (Cavagna, mean over the speeds); 2.4/2.3 = 1.04 (Roos, when the knee is loaded
    most).

    Deviations
    ----------
    Both papers state forces, not this factor; it is a proposal laid between and below them.

    References
    ----------
    Cavagna 2012, J Exp Biol 215:75, doi:10.1242/jeb.057562
    Roos 2012, J Biomech 45:1656, doi:10.1016/j.jbiomech.2012.03.020

    Examples
    --------
    >>> float(peak_vertical_force_ratio(2.5))
    1.05
    """
    return steady(FACTOR, speed_mps)


def peak_vertical_force_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`peak_vertical_force_ratio`."""
    return steady(FACTOR_LOW, speed_mps)


def peak_vertical_force_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`peak_vertical_force_ratio`."""
    return steady(FACTOR_HIGH, speed_mps)


MODEL = Model(
    key="tissue_peak_force_this_project",
    title="Peak vertical force, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="peak_vertical_force_ratio",
    best=peak_vertical_force_ratio,
    low=peak_vertical_force_low_ratio,
    high=peak_vertical_force_high_ratio,
    valid={"speed_mps": (SLOWEST.value, FASTEST.value)},
    may_extrapolate=True,
    evidence=(_PROPOSAL, cavagna2012.ACCELERATION, roos2012.GROUND),
)

TISSUE = Tissue(
    key="peak_force",
    title="Whole leg: peak force",
    means="how hard the ground pushes back",
    model=MODEL,
    confidence=Confidence.MODERATE,
    ordinal=6,
)
