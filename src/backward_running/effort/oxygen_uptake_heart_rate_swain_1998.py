"""What the heart says that running takes, whichever way the body faces."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.names import NAMES
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.interval_of_people import reach
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import swain1997, swain1998

SPREAD: Final = Number(
    "heart_rate_uptake_spread_share",
    0.105,
    "1",
    own_proposal(
        "this_project.heart_rate_uptake_spread",
        "Runners differ by 9.2 % in what forward running takes, and a day's heart rate by about 5 %: √(9.2² + 5²) = "
        "10.5 %.",
    ),
)
_CAPACITY = NAMES["maximal_oxygen_uptake_ml_per_kg_min"]
_NO_CAPACITY = "Between 10 and 100 ml/kg/min lies every maximal oxygen uptake that was measured on a person."
LIMITS = {
    "heart_rate_reserve_ratio": Limit(
        0.0,
        1.0,
        "The heart rate lies under the resting heart rate: check your profile.",
        "The heart rate lies over the maximal heart rate: check your profile.",
    ),
    "maximal_oxygen_uptake_ml_per_kg_min": Limit(_CAPACITY.lowest, _CAPACITY.highest, _NO_CAPACITY, _NO_CAPACITY),
}


def oxygen_uptake_ml_per_kg_min(heart_rate_reserve_ratio: Numbers, maximal_oxygen_uptake_ml_per_kg_min: Numbers) -> Any:
    """Gross oxygen uptake from the heart rate of steady running: no direction factor is needed.

    Parameters
    ----------
    heart_rate_reserve_ratio : float or ndarray, shape (n,)
        (heart rate − rest) / (maximum − rest), 0 to 1.
    maximal_oxygen_uptake_ml_per_kg_min : float or ndarray
        Highest oxygen uptake, ml kg⁻¹ min⁻¹; here read off the runner's own forward heart rate at speed.

    Returns
    -------
    float or ndarray, shape (n,)
        Gross oxygen uptake, ml kg⁻¹ min⁻¹. The interval of the model is ±13.5 % and holds 80 % of runners: the spread
        between them in what forward running takes, which the capacity leans on, and that of a day's heart rate.

    Valid for
    ---------
    heart_rate_reserve_ratio from 0 to 1 while the effort is steady: some 90 s after a change of speed, without the
    drift of a long or hot run. Outside it is refused.

    Raises
    ------
    OutsideValidRange
        The heart rate lies under rest or over the maximum, or the capacity is none.

    Notes
    -----
    VO2 = 3.5 + HRr · (VO2max − 3.5)

    Deviations
    ----------
    Both studies say "close to equal"; the second found a slope of 1.03 and an intercept of 1.5 %, which are left out.

    References
    ----------
    Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410, doi:10.1097/00005768-199703000-00018
    Swain 1998, Med Sci Sports Exerc 30:318

    Examples
    --------
    >>> float(oxygen_uptake_ml_per_kg_min(0.75, 50.0))
    38.375
    """
    refuse_outside(
        LIMITS,
        heart_rate_reserve_ratio=heart_rate_reserve_ratio,
        maximal_oxygen_uptake_ml_per_kg_min=maximal_oxygen_uptake_ml_per_kg_min,
    )
    rest = RESTING_OXYGEN_UPTAKE.value
    return rest + np.multiply(heart_rate_reserve_ratio, np.subtract(maximal_oxygen_uptake_ml_per_kg_min, rest))


def oxygen_uptake_low_ml_per_kg_min(
    heart_rate_reserve_ratio: Numbers, maximal_oxygen_uptake_ml_per_kg_min: Numbers
) -> Any:
    """Lower bound, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(heart_rate_reserve_ratio, maximal_oxygen_uptake_ml_per_kg_min) * (
        1 - reach(SPREAD.value)
    )


def oxygen_uptake_high_ml_per_kg_min(
    heart_rate_reserve_ratio: Numbers, maximal_oxygen_uptake_ml_per_kg_min: Numbers
) -> Any:
    """Upper bound, ml kg⁻¹ min⁻¹; see :func:`oxygen_uptake_ml_per_kg_min`."""
    return oxygen_uptake_ml_per_kg_min(heart_rate_reserve_ratio, maximal_oxygen_uptake_ml_per_kg_min) * (
        1 + reach(SPREAD.value)
    )


MODEL = Model(
    key="oxygen_uptake_heart_rate_swain_1998",
    title="Oxygen uptake from the heart rate (Swain 1997, 1998)",
    version="2",
    direction=None,
    gait=None,
    gives="oxygen_uptake_ml_per_kg_min",
    best=oxygen_uptake_ml_per_kg_min,
    low=oxygen_uptake_low_ml_per_kg_min,
    high=oxygen_uptake_high_ml_per_kg_min,
    valid={
        "heart_rate_reserve_ratio": (0.0, 1.0),
        "maximal_oxygen_uptake_ml_per_kg_min": (_CAPACITY.lowest, _CAPACITY.highest),
    },
    may_extrapolate=False,
    evidence=(swain1997.RESERVE, swain1998.RESERVE),
    limits=LIMITS,
)
