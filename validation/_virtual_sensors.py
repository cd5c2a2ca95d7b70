"""What inertial sensors would have said: from positions and turns of a body's parts to acceleration and rate.

A sensor strapped to a segment feels ``f = Rᵀ (d²p/dt² + g·up)`` and turns at ``ω``, where ``[ω]× = Rᵀ dR/dt``. Motion
capture is coarse (30 to 120 frames a second), so its curves are smoothed before they are differentiated: what
remains has a bandwidth of about 12 Hz and **no impacts of the foot**.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial.transform import Rotation

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray

RATE_HZ = 100.0
#: What is computed from motion capture is smoothed so that half of the power at 12 Hz remains: below lies running,
#: above lies the noise of markers, which differentiating twice would blow up. Our own proposal.
BANDWIDTH_HZ = 12.0
_REACH = 4  #: standard deviations of the smoothing bell that are summed


def smoothed(values: FloatArray, rate_hz: float) -> FloatArray:
    """Smooth along the first axis with a local parabola, as wide as the bandwidth allows.

    Up to some 45 frames a second the bandwidth is about what is there at all, and nothing is changed.
    """
    # Half width of a Savitzky–Golay parabola from its −3 dB frequency f in shares of Nyquist: 3 / (3.2 m − 4.6) = f.
    half = int((3.0 / (2.0 * BANDWIDTH_HZ / rate_hz) + 4.6) / 3.2)
    if half < 3 or len(values) < 2 * half + 1:
        return values
    at = np.arange(-half, half + 1)
    weights = np.linalg.pinv(np.vander(at, 3, increasing=True))[0]
    # The ends are continued by turning the curve about its last point, which keeps its slope.
    head = 2 * values[0] - values[half:0:-1]
    tail = 2 * values[-1] - values[-2 : -half - 2 : -1]
    padded = np.concatenate([head, values, tail])
    out = np.zeros_like(values)
    for k, weight in enumerate(weights):
        out += weight * padded[k : k + len(values)]
    return out


def _bell_smoothed(rows: FloatArray) -> FloatArray:
    """Smooth evenly spaced rows at 100 Hz with a bell of the stated bandwidth."""
    width = np.sqrt(np.log(2.0)) / (2.0 * np.pi * BANDWIDTH_HZ) * RATE_HZ
    half = int(np.ceil(_REACH * width))
    weights = np.exp(-0.5 * (np.arange(-half, half + 1) / width) ** 2)
    padded = np.pad(rows, ((half, half), (0, 0)), mode="edge")
    out = np.zeros_like(rows)
    for k, weight in enumerate(weights / weights.sum()):
        out += weight * padded[k : k + len(rows)]
    return out


class Spline:
    """The natural cubic curve through evenly spaced rows, with its first two derivatives."""

    def __init__(self, rows: FloatArray, step_s: float) -> None:
        self._rows, self._step_s = rows, step_s
        bend = np.zeros_like(rows)
        if len(rows) > 2:
            bend[1:-1] = _solved(6.0 * (rows[2:] - 2 * rows[1:-1] + rows[:-2]) / step_s**2)
        self._bend = bend  #: the second derivative at the rows

    def at(self, time_s: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return value, first and second derivative."""
        step_s = self._step_s
        left = np.clip((time_s / step_s).astype(np.int64), 0, len(self._rows) - 2)
        shape = (-1, *[1] * (self._rows.ndim - 1))
        b = (time_s / step_s - left).reshape(shape)
        a = 1.0 - b
        low, high = self._rows[left], self._rows[left + 1]
        bend_low, bend_high = self._bend[left], self._bend[left + 1]
        value = a * low + b * high + ((a**3 - a) * bend_low + (b**3 - b) * bend_high) * step_s**2 / 6
        first = (high - low) / step_s + ((1 - 3 * a**2) * bend_low + (3 * b**2 - 1) * bend_high) * step_s / 6
        second: FloatArray = a * bend_low + b * bend_high
        return value, first, second


def _solved(right: FloatArray) -> FloatArray:
    """Solve the equations of a natural spline, 1 – 4 – 1 on three diagonals, for all columns at once."""
    upper = np.empty(len(right))
    out: FloatArray = right.copy()
    before = 0.0
    for k in range(len(right)):
        upper[k] = 1.0 / (4.0 - before)
        out[k] = (out[k] - (out[k - 1] if k else 0.0)) * upper[k]
        before = upper[k]
    for k in range(len(right) - 2, -1, -1):
        out[k] -= upper[k] * out[k + 1]
    return out


def quaternions(turns: FloatArray) -> FloatArray:
    """Return rotations, shape (n, 3, 3), as unit quaternions (x, y, z, w) without jumps of sign, shape (n, 4)."""
    found = np.asarray(Rotation.from_matrix(turns).as_quat())
    flips = np.where(np.sum(found[1:] * found[:-1], axis=1) < 0, -1.0, 1.0)
    found[1:] *= np.cumprod(flips)[:, None]
    return found


def sensed(
    time_s: FloatArray, position_m: FloatArray, turns: FloatArray, frame_s: float
) -> tuple[FloatArray, FloatArray]:
    """Return the specific force and the angular rate in the sensor's own axes.

    Parameters
    ----------
    time_s : ndarray, shape (m,)
        Moments within the capture, 100 a second.
    position_m : ndarray, shape (n, 3)
        Of the sensor, frame by frame, z up.
    turns : ndarray, shape (n, 3, 3)
        Of the sensor: columns are its axes in the room.
    frame_s : float
        Length of a frame.

    Returns
    -------
    acc_mps2, gyr_radps : ndarray, shape (m, 3)
    """
    _, _, acceleration = Spline(smoothed(position_m, 1.0 / frame_s), frame_s).at(time_s)
    quaternion, rate, _ = Spline(smoothed(quaternions(turns), 1.0 / frame_s), frame_s).at(time_s)
    length = np.linalg.norm(quaternion, axis=1, keepdims=True)
    quaternion, rate = quaternion / length, rate / length
    acceleration = _bell_smoothed(acceleration) + np.array([0.0, 0.0, STANDARD_GRAVITY_MPS2])
    force = Rotation.from_quat(quaternion).apply(acceleration, inverse=True)
    # ω = 2 · conjugate(q) · dq/dt; the part along q itself is no turn and falls away.
    v, w = quaternion[:, :3], quaternion[:, 3:]
    turn_rate = 2.0 * (w * rate[:, :3] - rate[:, 3:] * v - np.cross(v, rate[:, :3]))
    return force, turn_rate
