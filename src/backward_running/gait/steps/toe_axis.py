"""A sensor somewhere on a foot or a shank → along which line it goes. Which end of it is ahead, odd marks tell."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.leg import SWINGS_ABOVE, Leg
from backward_running.signals.six_axis import SixAxis

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
AGREES = proposed_number(
    "toe_axis_agrees_share",
    0.7,
    "1",
    "Which end of the foot is ahead is believed where strides and odd marks agree in seven tenths of what they say.",
)


def found_toe_line(leg: Leg) -> FloatArray | None:
    """Return a level axis along which the toes point, one way or the other, in the frame of the sensor.

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
    mediolateral, but its sign is open, so that the toes may be the heel. The knee does not close it: that the heel is
    drawn up first holds in people who walk as usual, and was wrong in half of the styles of an actor walking back.
    """
    swings = leg.activity_radps > SWINGS_ABOVE.value
    if len(leg.strides) < LEAST_STRIDES.value or not swings.any():
        return None
    up = leg.strides.gravity_mps2.mean(axis=1)
    up /= np.linalg.norm(up)
    sideways = _axis_of_turning(leg.axes.rate_radps[:, swings], up)
    if sideways is None:
        return None
    toes = np.cross(up, sideways)
    return np.asarray(toes / np.linalg.norm(toes))


def upright(stream: Stream, axes: SixAxis) -> Stream | None:
    """Turn a sensor on a shank so that z is up along it and x the axis about which it turns, either way.

    Parameters
    ----------
    stream : Stream
        Of a shank, in any mounting.
    axes : SixAxis
        Made of it.

    Returns
    -------
    Stream or None
        In the frame of the body up to half a turn about the plumb line; None where it cannot be had.
    """
    up = axes.force_mps2[:, axes.known].mean(axis=1)
    length = float(np.linalg.norm(up))
    rate = axes.rate_radps[:, axes.known]
    turning = np.sqrt(np.einsum("ij,ij->j", rate, rate)) > SWINGS_ABOVE.value
    if not length > 0.0 or not turning.any():
        return None
    up /= length
    right = _axis_of_turning(rate[:, turning], up)
    if right is None:
        return None
    right = right - up * (right @ up)
    right /= np.linalg.norm(right)
    matrix = np.stack([right, np.cross(up, right), up])
    written = np.stack([stream.columns[name] for name in ACCELERATION + ANGULAR_RATE])
    written[~np.isfinite(written)] = np.nan
    rows = np.concatenate([matrix @ written[:3], matrix @ written[3:]])
    # An axis that sticks is seen as it is written, and no more once it is turned: what was not known stays unknown.
    at = np.clip(np.rint((stream.time_s - axes.start_s) / axes.step_s).astype(np.int64), 0, len(axes.known) - 1)
    rows[:, ~axes.known[at]] = np.nan
    columns = dict(zip(ACCELERATION + ANGULAR_RATE, rows, strict=True))
    return Stream(stream.place, "sensor", stream.time_s, columns, mount_known=False)


def _axis_of_turning(rates: FloatArray, up: FloatArray) -> FloatArray | None:
    """Return the level axis of most of the turning, with either sign; None where there is none."""
    powers, axes = np.linalg.eigh(rates @ rates.T)
    sideways = axes[:, -1]
    if powers[-1] < ONE_AXIS.value * powers.sum() or abs(sideways @ up) > LEVEL.value:
        return None
    return np.asarray(sideways)


def which_end(stride_nat: FloatArray, marks_nat: FloatArray) -> float:
    """Return 1 where strides along a line and odd marks agree, −1 where they are contrary, 0 where that is open.

    Parameters
    ----------
    stride_nat : ndarray, shape (S,)
        Log-odds of the strides if the line points ahead.
    marks_nat : ndarray, shape (S,)
        What odd marks say at the same strides; 0 where they are silent.

    Returns
    -------
    float

    Examples
    --------
    >>> which_end(np.array([2.0, 2.0, -2.0]), np.array([-1.0, -1.0, 1.0]))
    -1.0
    >>> which_end(np.array([2.0, 2.0, 2.0]), np.array([-1.0, 1.0, 0.0]))
    0.0
    """
    heard = marks_nat != 0.0
    if heard.sum() < LEAST_STRIDES.value:
        return 0.0
    agreed = float((np.sign(stride_nat[heard]) * marks_nat[heard]).sum() / np.abs(marks_nat[heard]).sum())
    return float(np.sign(agreed)) if abs(agreed) >= AGREES.value else 0.0
