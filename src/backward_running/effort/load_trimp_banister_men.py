"""Training impulse from heart rate, with the coefficients for men."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.athlete import Sex
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Number
from backward_running.evidence.studies import banister

SCALE: Final = Number("trimp_men_a_ratio", 0.64, "1", banister.TRIMP)
GROWTH: Final = Number("trimp_men_b_ratio", 1.92, "1", banister.TRIMP)


def impulse(heart_rate_reserve_ratio: Numbers, duration_s: Numbers, *, scale_ratio: float, growth_ratio: float) -> Any:
    """Training impulse with any pair of coefficients: minutes · HRr · a · e^(b·HRr).

    Examples
    --------
    >>> round(float(impulse(0.75, 60.0, scale_ratio=0.64, growth_ratio=1.92)), 2)
    2.03
    """
    reserve = np.asarray(heart_rate_reserve_ratio, dtype=float)
    return duration_s / 60.0 * reserve * scale_ratio * np.exp(growth_ratio * reserve)


def trimp_au(heart_rate_reserve_ratio: Numbers, duration_s: Numbers) -> Any:
    """Training impulse of a man.

    Parameters
    ----------
    heart_rate_reserve_ratio : float or ndarray, shape (n,)
        (heart rate − rest) / (maximum − rest).
    duration_s : float or ndarray, shape (n,)
        How long, s.

    Returns
    -------
    float or ndarray, shape (n,)
        Training impulse. It is a definition, not an estimate: there is no interval.

    Valid for
    ---------
    heart_rate_reserve_ratio from 0 to 1, for men.

    Notes
    -----
    TRIMP = min · HRr · 0.64 · e^(1.92·HRr)

    Deviations
    ----------
    Summed over samples, where the original takes the mean heart rate of the session: short hard pieces count more.

    References
    ----------
    Banister, training impulse (TRIMP); from memory

    Examples
    --------
    >>> round(float(trimp_au(0.75, 60.0)), 2)
    2.03
    """
    return impulse(heart_rate_reserve_ratio, duration_s, scale_ratio=SCALE.value, growth_ratio=GROWTH.value)


MODEL = Model(
    key="load_trimp_banister_men",
    title="Training impulse from heart rate, coefficients for men (Banister)",
    version="1",
    direction=None,
    gait=None,
    gives="trimp_au",
    best=trimp_au,
    low=trimp_au,
    high=trimp_au,
    valid={"heart_rate_reserve_ratio": (0.0, 1.0)},
    may_extrapolate=True,
    evidence=(banister.TRIMP,),
    sex=Sex.MALE,
)
