"""How fast level backward running of the same effort would be."""

from __future__ import annotations

from typing import Any

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002
from backward_running.effort import oxygen_uptake_backward_run_scaled_leger_mercier as running
from backward_running.effort.base import Model, Numbers, refuse_outside
from backward_running.evidence.studies import minetti2002, rasica2020

LIMITS = running.LIMITS


def grade_adjusted_speed_mps(speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    """Speed on the level that costs as much per minute as this speed uphill, running backward both times.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed along the slope, m s⁻¹, never negative.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run as the traveller meets it, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Grade-adjusted backward speed, m s⁻¹; it has no interval of its own.

    Valid for
    ---------
    speed_mps from 1.0 to 3.5 and grade_ratio from 0 to 0.25, where backward running was measured. Downhill, steeper,
    slower and faster are *not known*: nobody has measured what backward running costs there.

    Raises
    ------
    OutsideValidRange
        Outside that range.

    Notes
    -----
    v · Cr(i)/Cr(0), Cr that of forward running: uphill, backward running was dearer by the same 35 % on average.

    Deviations
    ----------
    No paper states it: eight runners showed a cost that rises in a straight line with the grade, Minetti's curve bends
    upward a little.

    References
    ----------
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001
    Rasica 2020, Eur J Appl Physiol 120:2507, doi:10.1007/s00421-020-04474-7

    Examples
    --------
    >>> round(float(grade_adjusted_speed_mps(2.0, 0.05)), 2)
    2.6
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return np.asarray(speed_mps, dtype=float) * cost_minetti_2002.slope_factor(grade_ratio)


MODEL = Model(
    key="grade_adjusted_speed_backward_this_project",
    title="Grade-adjusted pace, backward (slope of forward running)",
    version="1",
    direction=Direction.BACKWARD,
    gait=Gait.RUN,
    gives="grade_adjusted_speed_mps",
    best=grade_adjusted_speed_mps,
    low=grade_adjusted_speed_mps,
    high=grade_adjusted_speed_mps,
    valid={
        "speed_mps": (running.SLOWEST.value, running.FASTEST.value),
        "grade_ratio": running.MODEL.valid["grade_ratio"],
    },
    may_extrapolate=False,
    evidence=(rasica2020.GRADE, minetti2002.RUN),
    limits=LIMITS,
)
