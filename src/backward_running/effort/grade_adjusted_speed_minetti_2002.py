"""How fast level forward running of the same effort would be."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.effort import cost_minetti_2002
from backward_running.effort.base import Limit, Model, Numbers, refuse_outside
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import minetti2002

FASTEST: Final = Number(
    "grade_adjusted_fastest_mps",
    8.0,
    "m s⁻¹",
    own_proposal(
        "this_project.grade_adjusted_fastest",
        "Grade-adjusted pace is given up to 8 m/s: faster is a sprint, whose cost no steady-state study covers.",
    ),
)
LIMITS = {
    "speed_mps": Limit(
        0.0, FASTEST.value, "A speed cannot be negative.", "Faster than 8 m/s: no steady running was measured there."
    ),
    **cost_minetti_2002.LIMITS,
}


def grade_adjusted_speed_mps(speed_mps: Numbers, grade_ratio: Numbers) -> Any:
    """Speed on the level that costs as much per minute as this speed on this slope, running forward.

    Parameters
    ----------
    speed_mps : float or ndarray, shape (n,)
        Speed along the slope, m s⁻¹.
    grade_ratio : float or ndarray, shape (n,)
        Rise over run, positive uphill.

    Returns
    -------
    float or ndarray, shape (n,)
        Grade-adjusted speed, m s⁻¹. The same for everybody: it has no interval of its own.

    Valid for
    ---------
    grade_ratio from −0.45 to +0.45 and speed_mps up to 8; beyond it the answer is refused.

    Raises
    ------
    OutsideValidRange
        Steeper than 45 %, or faster than 8 m/s.

    Notes
    -----
    v · Cr(i)/Cr(0)

    Deviations
    ----------
    The paper measured the cost of slopes on a treadmill; the pace that many
    programs make of it assumes that the cost per metre does not depend on speed.

    References
    ----------
    Minetti 2002, J Appl Physiol, doi:10.1152/japplphysiol.01177.2001

    Examples
    --------
    >>> round(float(grade_adjusted_speed_mps(2.5, 0.1)), 2)
    4.14
    """
    refuse_outside(LIMITS, speed_mps=speed_mps, grade_ratio=grade_ratio)
    return np.asarray(speed_mps, dtype=float) * cost_minetti_2002.slope_factor(grade_ratio)


MODEL = Model(
    key="grade_adjusted_speed_minetti_2002",
    title="Grade-adjusted pace, forward (Minetti 2002)",
    version="1",
    direction=Direction.FORWARD,
    gait=Gait.RUN,
    gives="grade_adjusted_speed_mps",
    best=grade_adjusted_speed_mps,
    low=grade_adjusted_speed_mps,
    high=grade_adjusted_speed_mps,
    valid={
        "speed_mps": (0.0, FASTEST.value),
        "grade_ratio": (-cost_minetti_2002.STEEPEST.value, cost_minetti_2002.STEEPEST.value),
    },
    may_extrapolate=False,
    evidence=(minetti2002.RUN,),
    limits=LIMITS,
)
