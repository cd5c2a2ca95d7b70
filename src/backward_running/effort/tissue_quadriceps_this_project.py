"""How much harder the front of the thigh works in backward running."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import VALID, Tissue, proposed, steady
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import leg_muscles_lab

_PROPOSAL = proposed(
    "quadriceps_factor",
    "The quadriceps as a whole is taken to be 1.5 times (1.2 to 2.1) as active in a backward step as in a forward one "
    "at equal speed: one of its four heads about doubled its activity, the others were not in what was read.",
)
FACTOR: Final = Number("quadriceps_activation_factor_ratio", 1.5, "1", _PROPOSAL, low=1.2, high=2.1)
FACTOR_LOW: Final = Number("quadriceps_activation_factor_low_ratio", 1.2, "1", _PROPOSAL)
FACTOR_HIGH: Final = Number("quadriceps_activation_factor_high_ratio", 2.1, "1", _PROPOSAL)


def quadriceps_activation_ratio(speed_mps: Numbers) -> Any:
    """Activity of the quadriceps in a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        1.5 at every speed; 80 % interval 1.2 to 2.1. Confidence: low.

    Valid for
    ---------
    Running on level ground at speed_mps from 1.7 to 3.5. Outside the factor is kept and said to be outside.

    Notes
    -----
    The rectus femoris alone rose by 113.5 %, that is 2.135 times; it is one of four heads.

    Deviations
    ----------
    The factor of the whole muscle lies between no change and that of the rectus femoris: a proposal.

    References
    ----------
    Laboratory comparison of backward and forward running at equal speed (muscle activity, step frequency)

    Examples
    --------
    >>> float(quadriceps_activation_ratio(2.5))
    1.5
    """
    return steady(FACTOR, speed_mps)


def quadriceps_activation_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`quadriceps_activation_ratio`."""
    return steady(FACTOR_LOW, speed_mps)


def quadriceps_activation_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`quadriceps_activation_ratio`."""
    return steady(FACTOR_HIGH, speed_mps)


MODEL = Model(
    key="tissue_quadriceps_this_project",
    title="Activity of the quadriceps, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="quadriceps_activation_ratio",
    best=quadriceps_activation_ratio,
    low=quadriceps_activation_low_ratio,
    high=quadriceps_activation_high_ratio,
    valid=VALID,
    may_extrapolate=True,
    evidence=(_PROPOSAL, leg_muscles_lab.MUSCLES),
)

TISSUE = Tissue(
    key="quadriceps",
    title="Quadriceps",
    means="activity of the front of the thigh",
    model=MODEL,
    confidence=Confidence.LOW,
    ordinal=4,
)
