"""How far a phone has turned about the plumb line until now, sample by sample, in any pocket."""

from __future__ import annotations

import math
from collections import deque

from backward_running.evidence import proposed_number
from backward_running.gait.live.attitude import (
    IDENTITY,
    Axes,
    Quaternion,
    conjugate,
    dot,
    drawn,
    mean_of,
    product,
    rotated,
    to_up,
    turned_by,
    wrapped,
)
from backward_running.signals.strapdown import HOLE, LEAST_GRAVITY

PLUMB_LAG = proposed_number(
    "live_plumb_lag_s",
    4.0,
    "s",
    "The plumb line is the mean force of some four seconds, turned along with the gyroscope: a few strides.",
)
POSTURE_LAG = proposed_number(
    "live_posture_lag_s", 8.0, "s", "How a sensor lies on average is the mean force of some eight seconds, not turned."
)
UNREST_LAG_S = 2.0  #: a few steps
STRIDE = proposed_number(
    "live_stride_s", 1.0, "s", "A second holds about a stride: averaged over it, a swinging limb returns to its yaw."
)


class Turning:
    """Follows the yaw of one sensor.

    Notes
    -----
    The attitude is integrated from the gyroscope and kept upright by the mean force, which is turned along with it. The
    yaw is the twist about the plumb line that is left of the attitude against the mean posture (swing-twist
    decomposition, as in :mod:`backward_running.signals.yaw`): a limb that swings to and fro, coning included, returns
    to the same yaw. It drifts with the gyroscope; who asks has to follow the drift.
    """

    def __init__(self) -> None:
        self.piece = 0  #: rises where the yaw was lost
        self.yaw_rad = 0.0  #: anticlockwise seen from above
        self.unrest_mps2 = 0.0  #: how much the size of the force varies
        self.last_s: float | None = None
        self._attitude: Quaternion = IDENTITY
        self._plumb: Axes = (0.0, 0.0, 0.0)  #: the mean force, turned along, in the sensor
        self._posture: Axes = (0.0, 0.0, 0.0)  #: the mean force as the sensor lies on average
        self._rate: Axes = (0.0, 0.0, 0.0)
        self._size, self._variance, self._count = 0.0, 0.0, 0
        self._recent: deque[tuple[float, float]] = deque()

    def take(self, at_s: float, force_mps2: Axes, rate_radps: Axes) -> None:
        """Take a sample.

        Parameters
        ----------
        at_s : float
            When. A sample that is not later than the last is left out.
        force_mps2 : tuple of float
            Specific force, up at rest, m/s².
        rate_radps : tuple of float
            Angular rate about the same three axes.
        """
        if self.last_s is not None and at_s <= self.last_s:
            return
        step_s = 0.0 if self.last_s is None else at_s - self.last_s
        if self.last_s is None or step_s > HOLE.value:
            self._begin()
            step_s = 0.0
        self._count += 1
        turn = turned_by(mean_of(self._rate, rate_radps), step_s)
        self._rate, self.last_s = rate_radps, at_s
        share = max(1.0 / self._count, step_s / PLUMB_LAG.value)
        self._plumb = drawn(rotated(conjugate(turn), self._plumb), force_mps2, share)
        self._posture = drawn(self._posture, force_mps2, max(1.0 / self._count, step_s / POSTURE_LAG.value))
        self._attitude = product(self._attitude, turn)
        self._attitude = product(to_up(rotated(self._attitude, self._plumb)), self._attitude)
        self._follow(at_s)
        size = math.sqrt(dot(force_mps2, force_mps2))
        share = max(1.0 / self._count, step_s / UNREST_LAG_S)
        self._size += share * (size - self._size)
        self._variance += share * ((size - self._size) ** 2 - self._variance)
        self.unrest_mps2 = math.sqrt(self._variance)

    def _begin(self) -> None:
        self.piece += self.last_s is not None
        self._attitude, self._rate = IDENTITY, (0.0, 0.0, 0.0)
        self._plumb = self._posture = (0.0, 0.0, 0.0)
        self._size, self._variance, self._count = 0.0, 0.0, 0
        self._recent.clear()

    def _follow(self, at_s: float) -> None:
        turned = product(self._attitude, conjugate(to_up(self._posture)))
        yaw = 2.0 * math.atan2(turned[3], turned[0])
        self.yaw_rad += wrapped(yaw - self.yaw_rad)
        self._recent.append((at_s, self.yaw_rad))
        while self._recent[0][0] <= at_s - STRIDE.value:
            self._recent.popleft()

    def mean_yaw_rad(self) -> tuple[float, float] | None:
        """Return the middle of the last second, and the yaw averaged over it; None where there is none."""
        if not self._recent or dot(self._plumb, self._plumb) < LEAST_GRAVITY.value**2:
            return None
        count = len(self._recent)
        return sum(at_s for at_s, _ in self._recent) / count, sum(yaw for _, yaw in self._recent) / count
