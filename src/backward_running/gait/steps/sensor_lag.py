"""By how much an accelerometer comes behind the gyroscope beside it: a filter's delay, a queue, two files' clocks.

What jolts a limb jolts both sensors at one moment. So the sizes of the force, of its change and of the change of that
go up and down along with those of the change of the rate, and the shift at which they do so best is the lag. In reverse
a lag changes its sign and nothing else: unlike the odd marks, which a lag of 0.07 s turns round, it takes no side.

A limb without impacts, and any limb at few samples a second, shows no sharp jolts; then the three sizes lie highest at
different shifts. By half of what they differ a lag is open, and only what is beyond that is proven.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.signals.six_axis import SixAxis, coarser
from backward_running.signals.window import moving_mean, window_sums

RATE = proposed_number(
    "sensor_lag_rate_hz", 50.0, "Hz", "A jolt of a limb lasts some 0.05 s: 50 samples a second show it."
)
FARTHEST = proposed_number(
    "sensor_lag_farthest_s",
    0.4,
    "s",
    "Shifts of up to 0.4 s either way are tried: farther off, one step is like the one before.",
)
POOLED = proposed_number(
    "sensor_lag_pooled_s", 30.0, "s", "A lag comes from how a device works, so half a minute of it is looked at."
)
SMOOTHED = proposed_number(
    "sensor_lag_smoothed_s", 0.1, "s", "Over 0.1 s a foot's jolts are one hump: two sensors do not ring alike."
)
CLEAR = proposed_number(
    "sensor_lag_clear_sum",
    1.3,
    "1",
    "Three correlations that add up to less tell no lag: real feet reach 1.6 to 2.8, pockets 1.3 to 2.6, limbs without "
    "an impact (motion capture) 0.4 to 2.5.",
)
LEVELLED_S = 2.0  #: what is slower than that is posture
LITTLE = 1e-9


class SensorLag(NamedTuple):
    """By how much an accelerometer comes behind its gyroscope at n moments; NaN where that does not show."""

    lag_s: FloatArray  #: (n,)
    open_s: FloatArray  #: (n,) it may be so much more or less

    @property
    def least_s(self) -> FloatArray:
        """The size that is proven, shape (n,): 0 where it may as well be none."""
        return np.maximum(np.abs(self.lag_s) - self.open_s, 0.0)


def sensor_lag(axes: SixAxis, middle_s: FloatArray) -> SensorLag:
    """Return by how much the accelerometer comes behind the gyroscope.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor on a limb, in any mounting.
    middle_s : ndarray, shape (n,)
        Moments; half of :data:`POOLED` to either side of each is looked at.

    Returns
    -------
    SensorLag
        In steps finer than a sample; NaN where nothing moves or no jolt tells it. Of feet and shanks of people who walk
        with real sensors on one clock it is within 0.03 s, of pockets within 0.06 s. A shank made without impacts is
        0.10 s off at 25 Hz, and 0.04 s of that is open.
    """
    axes = coarser(axes, RATE.value)
    step_s, count = axes.step_s, len(axes.known)
    most = min(round(FARTHEST.value / step_s), (count - 1) // 4)
    if most < 1:
        return SensorLag(*np.full((2, len(middle_s)), np.nan))
    kept = count - 2 * most
    at = np.rint((middle_s - axes.start_s) / step_s).astype(np.int64) - most
    reach = round(0.5 * POOLED.value / step_s)
    first, last = np.clip(at - reach, 0, kept - 1) + most, np.clip(at + reach + 1, 1, kept) + most
    shifts = np.arange(-most, most + 1)
    alike = []
    for force, rate in _pairs(axes):
        mean, spread = _moments(force, first, last)
        its_mean, its_spread = _moments(rate, first - shifts[:, None], last - shifts[:, None])
        both = np.stack([window_sums(force * np.roll(rate, shift), first, last) for shift in shifts]) / (last - first)
        alike.append((both - mean * its_mean) / np.maximum(spread * its_spread, LITTLE))
    return _told(alike, step_s)


def _pairs(axes: SixAxis) -> list[tuple[FloatArray, FloatArray]]:
    """Return sizes that go up and down together where a sensor is jolted, of the force and of the rate."""
    size, stretch = (max(round(within_s / axes.step_s), 1) for within_s in (SMOOTHED.value, LEVELLED_S))

    def sizes(rows: FloatArray) -> FloatArray:
        return moving_mean(np.sqrt((rows**2).sum(axis=0)), size)

    change, jolt = (np.gradient(rows, axis=1) for rows in (axes.force_mps2, axes.rate_radps))
    jolted = sizes(jolt)
    return [
        (sizes(axes.force_mps2 - moving_mean(axes.force_mps2, stretch)), jolted),
        (sizes(change), jolted),
        (sizes(np.gradient(change, axis=1)), sizes(np.gradient(jolt, axis=1))),
    ]


def _moments(values: FloatArray, first: IntArray, last: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation in each window."""
    number = last - first
    mean = window_sums(values, first, last) / number
    return mean, np.sqrt(np.maximum(window_sums(values**2, first, last) / number - mean**2, 0.0))


def _told(alike: list[FloatArray], step_s: float) -> SensorLag:
    """Return where the sum is highest, and half of what its parts differ by within one hump of that."""
    whole = np.sum(alike, axis=0)
    beside = np.abs(np.arange(len(whole))[:, None] - whole.argmax(axis=0)) > round(SMOOTHED.value / step_s)
    summits_s = [_summit_s(np.where(beside, -1.0, part), step_s) for part in alike]
    is_clear = whole.max(axis=0) >= CLEAR.value
    told = (_summit_s(whole, step_s), 0.5 * np.ptp(summits_s, axis=0))
    return SensorLag(*(np.where(is_clear, row, np.nan) for row in told))


def _summit_s(alike: FloatArray, step_s: float) -> FloatArray:
    """Return at which shift each column is highest, between the samples by a parabola."""
    top = alike.argmax(axis=0)
    inner = np.clip(top, 1, len(alike) - 2)
    before, here, after = (alike[inner + by, np.arange(alike.shape[1])] for by in (-1, 0, 1))
    bent = before - 2.0 * here + after
    beside = np.where((top == inner) & (bent < -LITTLE), 0.5 * (before - after) / np.minimum(bent, -LITTLE), 0.0)
    return np.asarray((top + beside - (len(alike) - 1) // 2) * step_s)
