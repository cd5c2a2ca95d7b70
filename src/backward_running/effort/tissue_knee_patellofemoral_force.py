"""What backward running does behind the kneecap: less than forward at a running speed, the same when very slow."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.standing import Standing, Tag
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import Tissue
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import flynn1995, roos2012, sussman

_PROPOSAL = own_proposal(
    "this_project.knee_factor",
    "A backward step is taken to press the kneecap 0.76 times (0.55 to 1.05) as hard as a forward one at equal speed "
    "from 2 m/s, and 1.0 times (0.85 to 1.15) below 1.5 m/s; in between it falls in a straight line.",
)
_ROOS = Evidence(
    "roos2012.knee_ratio",
    "At equal speed the kneecap was pressed with 3.4 against 4.5 times body weight: 3.4/4.5 = 0.76 (20 people).",
    roos2012.STUDY,
    Standing.SINGLE_STUDY,
    Tag.DERIVED,
)
FACTOR_FAST: Final = Number("knee_factor_fast_ratio", 0.76, "1", _ROOS, low=0.55, high=1.05)
FACTOR_FAST_LOW: Final = Number("knee_factor_fast_low_ratio", 0.55, "1", _PROPOSAL)
FACTOR_FAST_HIGH: Final = Number("knee_factor_fast_high_ratio", 1.05, "1", _PROPOSAL)
FACTOR_SLOW: Final = Number("knee_factor_slow_ratio", 1.0, "1", _PROPOSAL, low=0.85, high=1.15)
FACTOR_SLOW_LOW: Final = Number("knee_factor_slow_low_ratio", 0.85, "1", _PROPOSAL)
FACTOR_SLOW_HIGH: Final = Number("knee_factor_slow_high_ratio", 1.15, "1", _PROPOSAL)
SLOW_TO: Final = Number("knee_slow_to_mps", 1.5, "m s⁻¹", _PROPOSAL)
FAST_FROM: Final = Number("knee_fast_from_mps", 2.0, "m s⁻¹", _PROPOSAL)
SLOWEST: Final = Number("knee_slowest_mps", 1.0, "m s⁻¹", sussman.KNEE)
FASTEST: Final = Number(
    "knee_fastest_mps",
    3.5,
    "m s⁻¹",
    own_proposal(
        "this_project.knee_fastest", "Nothing is said of the knee backward above 3.5 m/s: the studies ran slower."
    ),
)

LIMITS = {
    "speed_mps": Limit(
        0.0,
        FASTEST.value,
        "A speed is never negative.",
        "Backward faster than 3.5 m/s: what the knee bears there is not known.",
    )
}


def patellofemoral_force_ratio(speed_mps: Numbers) -> Any:
    """Peak force behind the kneecap in a backward step over a forward one, at equal speed.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed, m s⁻¹, never negative; the same in both directions.

    Returns
    -------
    float or ndarray, shape (n,)
        0.76 from 2 m/s (80 % interval 0.55 to 1.05), 1.0 below 1.5 m/s (0.85 to 1.15), a straight line in between.
        Confidence: moderate.

    Valid for
    ---------
    Level ground, speed_mps from 1.0, where Sussman measured, to 3.5. Slower it is kept and said to be outside.

    Raises
    ------
    OutsideValidRange
        Above 3.5 m/s.

    Notes
    -----
    3.4/4.5 = 0.76 (Roos, equal speed), 3.51/3.41 = 1.03 (Sussman, 1.0 m/s), 3.0/5.6 = 0.54 (Flynn, own speeds, where
    backward was slower). The line between the two speeds is assumed; that it never rises is the sense of it.

    Deviations
    ----------
    The papers state forces in body weights; the factor and its interval are this project's. Roos found the saving not
    in every runner: the interval reaches above 1.

    References
    ----------
    Roos 2012, J Biomech 45:1656, doi:10.1016/j.jbiomech.2012.03.020
    Flynn 1995
    Sussman, Patellofemoral joint compressive forces during backward and forward running at the same speed

    Examples
    --------
    >>> [round(float(patellofemoral_force_ratio(v)), 2) for v in (1.0, 1.75, 2.5)]
    [1.0, 0.88, 0.76]
    """
    return _between(FACTOR_SLOW, FACTOR_FAST, speed_mps)


def patellofemoral_force_low_ratio(speed_mps: Numbers) -> Any:
    """Lower end of the 80 % interval; see :func:`patellofemoral_force_ratio`."""
    return _between(FACTOR_SLOW_LOW, FACTOR_FAST_LOW, speed_mps)


def patellofemoral_force_high_ratio(speed_mps: Numbers) -> Any:
    """Upper end of the 80 % interval; see :func:`patellofemoral_force_ratio`."""
    return _between(FACTOR_SLOW_HIGH, FACTOR_FAST_HIGH, speed_mps)


def _between(slow: Number, fast: Number, speed_mps: Numbers) -> Any:
    refuse_outside(LIMITS, speed_mps=speed_mps)
    return np.interp(speed_mps, (SLOW_TO.value, FAST_FROM.value), (slow.value, fast.value))


MODEL = Model(
    key="tissue_knee_this_project",
    title="Force behind the kneecap, backward over forward (this project's proposal)",
    version="1",
    direction=Direction.BACKWARD,
    gait=None,
    gives="patellofemoral_force_ratio",
    best=patellofemoral_force_ratio,
    low=patellofemoral_force_low_ratio,
    high=patellofemoral_force_high_ratio,
    valid={"speed_mps": (SLOWEST.value, FASTEST.value)},
    may_extrapolate=True,
    evidence=(_PROPOSAL, roos2012.KNEE, sussman.KNEE, flynn1995.KNEE),
    limits=LIMITS,
)

TISSUE = Tissue(
    key="knee",
    title="Knee, behind the kneecap",
    means="peak force of the patellofemoral joint",
    model=MODEL,
    confidence=Confidence.MODERATE,
    ordinal=1,
)
