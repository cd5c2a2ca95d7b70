"""Training impulse from heart rate, with the coefficients for women."""

from __future__ import annotations

from typing import Any, Final

from backward_running.core.athlete import Sex
from backward_running.effort.base import Model, Numbers
from backward_running.effort.load_trimp_banister_men import impulse
from backward_running.evidence import Number
from backward_running.evidence.studies import banister

SCALE: Final = Number("trimp_women_a_ratio", 0.86, "1", banister.TRIMP)
GROWTH: Final = Number("trimp_women_b_ratio", 1.67, "1", banister.TRIMP)


def trimp_au(heart_rate_reserve_ratio: Numbers, duration_s: Numbers) -> Any:
    """Training impulse of a woman.

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
    heart_rate_reserve_ratio from 0 to 1, for women.

    Notes
    -----
    TRIMP = min · HRr · 0.86 · e^(1.67·HRr)

    Deviations
    ----------
    Summed over samples, where the original takes the mean heart rate of the session: short hard pieces count more.

    References
    ----------
    Banister, training impulse (TRIMP); from memory

    Examples
    --------
    >>> round(float(trimp_au(0.75, 60.0)), 2)
    2.26
    """
    return impulse(heart_rate_reserve_ratio, duration_s, scale_ratio=SCALE.value, growth_ratio=GROWTH.value)


MODEL = Model(
    key="load_trimp_banister_women",
    title="Training impulse from heart rate, coefficients for women (Banister)",
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
    sex=Sex.FEMALE,
)
