"""A sensor somewhere on a shoe → where its toes point. Heel and toe are told apart by the knee, which bends one way."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.evidence import proposed_number
from backward_running.gait.steps.leg import SWINGS_ABOVE, Leg

LEAST_STRIDES = proposed_number(
    "toe_axis_least_strides_count", 3.0, "1", "Fewer than three strides do not show how a shoe sits on its sensor."
)
ONE_AXIS = proposed_number(
    "toe_axis_one_axis_share",
    0.5,
    "1",
    "The mediolateral axis is found where half of all turning is about one axis that lies level in the stance.",
)
LEVEL = proposed_number(
    "toe_axis_level_ratio", 0.5, "1", "An axis that is tilted by more than 30° is not the mediolateral one."
)
HEEL_LIFTS = proposed_number(
    "toe_axis_heel_lifts_ratio",
    0.12,
    "1",
    "The force in excess of gravity points from toe to heel with a mean of at least 0.12 g; less tells nothing.",
)


def found_toe_axis(leg: Leg) -> FloatArray | None:
    """Return where the toes point in the frame of the sensor.

    Parameters
    ----------
    leg : Leg
        Of a foot.

    Returns
    -------
    ndarray, shape (3,), or None
        A unit vector, level in the stance; None where it cannot be had.

    Notes
    -----
    The mean force of the strides, seen at their stances, is up. The axis about which a foot turns most is
    mediolateral, but its sign is open. The knee closes it: it bends only backward, so the foot is drawn up heel first,
    toes down, and the greatest forces of a swing, which pull it toward the knee, point along the sole from toe to heel.
    That holds in either direction of travel.
    """
    swings = leg.activity_radps > SWINGS_ABOVE.value
    if len(leg.strides) < LEAST_STRIDES.value or not swings.any():
        return None
    up = leg.strides.gravity_mps2.mean(axis=1)
    up /= np.linalg.norm(up)
    rates = leg.axes.rate_radps[:, swings]
    powers, axes = np.linalg.eigh(rates @ rates.T)
    sideways = axes[:, -1]
    if powers[-1] < ONE_AXIS.value * powers.sum() or abs(sideways @ up) > LEVEL.value:
        return None
    toes = np.cross(up, sideways)
    toes /= np.linalg.norm(toes)
    force = leg.axes.force_mps2[:, swings]
    excess = np.maximum(np.sqrt(np.einsum("ij,ij->j", force, force)) - STANDARD_GRAVITY_MPS2, 0.0)
    pull = float((toes @ force) @ excess / max(excess.sum() * STANDARD_GRAVITY_MPS2, 1e-9))
    if abs(pull) < HEEL_LIFTS.value:
        return None
    return np.asarray(-np.sign(pull) * toes)
