"""By how much an accelerometer comes behind the gyroscope beside it: a filter's delay, a queue, two files' clocks.

What jolts a limb jolts both sensors at one moment. So the sizes of the force, of its change and of the change of that
go up and down along with those of the change of the rate, and the shift at which they do so best is the lag. In reverse
a lag changes its sign and nothing else: unlike the odd marks, which a lag of 0.07 s turns round, it takes no side.

A limb without impacts, and any limb at few samples a second, shows no sharp jolts; then the three sizes lie highest at
different shifts. By half of what they differ a lag is open, and only what is beyond that is proven.

What shifts the gyroscope shifts the lag that is told by as much, either way. So a gyroscope that is moved by it
(:func:`in_step`) tells the same of a thigh however far off it was: what is left is the error of one on the same clock.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.signals.six_axis import SixAxis, coarser
from backward_running.signals.window import moving_mean

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
    0.7,
    "1",
    "Three correlations that add up to less tell no lag: real feet reach 1.6 to 2.8, pockets 1.3 to 2.6, limbs without "
    "an impact (motion capture) 0.4 to 2.5. From 0.7 on every foot and shank of two people without impacts told a lag, "
    "and none of more than 0.05 s.",
)
CLEAR_OF_THIGH = proposed_number(
    "sensor_lag_clear_sum_of_thigh",
    1.0,
    "1",
    "A thigh is moved by the lag that it tells: three correlations that add up to less than 1.0 moved one that had no "
    "impacts by 0.3 s, and it answered the wrong way.",
)
LEAPS_BY = proposed_number(
    "sensor_lag_leaps_by_s",
    0.2,
    "s",
    "A device has one lag. Going forward and backward one person without impacts told up to 0.12 s either way; one of "
    "their walks told 0.3 s, was moved by that, and was the wrong way round for a minute.",
)
LEAPS_FROM_S = 150.0  #: what is usual is the median of so long, and of as much before and after
MOVED_EVERY_S = 5.0  #: the lag of a thigh is told so often, and is a straight line between
HELD_S = 0.1  #: beyond the ends of a recording the last sample is held so long
BLOCK_S = 0.2  #: windows hold whole blocks
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

    @property
    def most_s(self) -> FloatArray:
        """The size that it may have, shape (n,)."""
        return np.asarray(np.abs(self.lag_s) + self.open_s)


def sensor_lag(axes: SixAxis, middle_s: FloatArray, least_clear: float = CLEAR.value) -> SensorLag:
    """Return by how much the accelerometer comes behind the gyroscope.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor on a limb, in any mounting.
    middle_s : ndarray, shape (n,)
        Moments; half of :data:`POOLED` to either side of each is looked at.
    least_clear : float
        What three correlations have to add up to, else no lag is told.

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
    size = max(round(BLOCK_S / step_s), 1)
    blocks, reach = -(-kept // size), round(0.5 * POOLED.value / (size * step_s))
    at = np.floor((middle_s - axes.start_s) / step_s - most).astype(np.int64) // size
    first, last = np.clip(at - reach, 0, blocks - 1), np.clip(at + reach + 1, 1, blocks)
    whole = _Blocks(most, size, blocks, size * first, np.minimum(size * last, kept))
    return _told([whole.alike(force, rate) for force, rate in _pairs(axes)], step_s, least_clear)


def in_step(axes: SixAxis) -> SixAxis:
    """Return a sensor with its gyroscope moved onto the clock of its accelerometer, by the lag that its jolts tell.

    Parameters
    ----------
    axes : SixAxis
        Of a sensor on a thigh or in a pocket, in any mounting.

    Returns
    -------
    SixAxis
        Where no lag is told, or one as large as is looked for, or far off the usual one, it is not known. Of eight
        people (two of them on motion capture) who walk with a lag of up to 0.3 s either way none is answered otherwise
        than without.
    """
    time_s = axes.time_s
    middle_s = np.arange(time_s[0], time_s[-1] + MOVED_EVERY_S, MOVED_EVERY_S)
    lag_s = sensor_lag(axes, middle_s, CLEAR_OF_THIGH.value).lag_s
    is_told = np.abs(lag_s) < FARTHEST.value - axes.step_s
    is_told &= np.abs(lag_s - _usual_s(lag_s, is_told)) <= LEAPS_BY.value
    if not is_told.any():
        return axes._replace(known=np.zeros_like(axes.known))
    from_s = time_s - np.interp(time_s, middle_s[is_told], lag_s[is_told])
    nearest = np.clip(np.rint((time_s - time_s[0]) / MOVED_EVERY_S).astype(np.int64), 0, len(middle_s) - 1)
    beyond_s = np.maximum(time_s[0] - from_s, from_s - time_s[-1])
    is_known = axes.known & is_told[nearest] & (beyond_s <= HELD_S)
    is_known &= np.interp(from_s, time_s, axes.known.astype(np.float64)) == 1.0
    return axes._replace(
        rate_radps=np.stack([np.interp(from_s, time_s, row) for row in axes.rate_radps]), known=is_known
    )


def _usual_s(lag_s: FloatArray, is_told: BoolArray) -> FloatArray:
    """Return the median of what is told within some minutes of each moment, shape (n,); NaN where nothing is."""
    size = round(LEAPS_FROM_S / MOVED_EVERY_S)
    usual_s = np.full(len(lag_s), np.nan)
    for first in range(0, len(lag_s), size):
        near = slice(max(first - size, 0), first + 2 * size)
        if is_told[near].any():
            usual_s[first : first + size] = np.median(lag_s[near][is_told[near]])
    return usual_s


class _Blocks(NamedTuple):
    """Windows of whole blocks of samples: what is added up within a block is added up once for all windows."""

    most: int  #: shifts either way
    size: int  #: samples of a block; the last may hold fewer
    blocks: int
    first: IntArray  #: (n,) the first sample of each window
    last: IntArray  #: (n,) the one after its last

    def alike(self, force: FloatArray, rate: FloatArray) -> FloatArray:
        """Return how well two rows of samples go up and down together, shape (shifts, n), if the first comes late."""
        shifts = np.arange(-self.most, self.most + 1)
        number = self.last - self.first
        mean, spread = self._moments(force, np.zeros(1, dtype=np.int64))
        its_mean, its_spread = self._moments(rate, shifts)
        both = self._products(force, rate) / number
        return np.asarray((both - mean * its_mean) / np.maximum(spread * its_spread, LITTLE))

    def _products(self, force: FloatArray, rate: FloatArray) -> FloatArray:
        """Return the sums over each window of the force times the rate so many samples earlier, shape (shifts, n)."""
        beyond = self.blocks * self.size - (len(force) - 2 * self.most)
        parts = np.pad(force[self.most : len(force) - self.most], (0, beyond)).reshape(self.blocks, self.size)
        rate = np.pad(rate, (0, beyond))
        # Axes (block, shift, sample), from the latest shift to the earliest.
        shape, (stride,) = (self.blocks, 2 * self.most + 1, self.size), rate.strides
        moved = as_strided(rate, shape, (self.size * stride, stride, stride), writeable=False)
        sums = np.zeros((2 * self.most + 1, self.blocks + 1))
        np.cumsum(np.einsum("bj,bsj->sb", parts, moved)[::-1], axis=1, out=sums[:, 1:])
        return np.asarray(sums[:, -(-self.last // self.size)] - sums[:, self.first // self.size])

    def _moments(self, row: FloatArray, shifts: IntArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and standard deviation in each window, so many samples earlier; shape (shifts, n)."""
        starts, ends = (self.most + edge - shifts[:, None] for edge in (self.first, self.last))
        number = self.last - self.first
        mean, square = ((sums[ends] - sums[starts]) / number for sums in (_up_to(row), _up_to(row**2)))
        return mean, np.sqrt(np.maximum(square - mean**2, 0.0))


def _up_to(row: FloatArray) -> FloatArray:
    return np.concatenate([np.zeros(1), np.cumsum(row)])


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


def _told(alike: list[FloatArray], step_s: float, least_clear: float) -> SensorLag:
    """Return where the sum is highest, and half of what its parts differ by within one hump of that."""
    whole = np.sum(alike, axis=0)
    beside = np.abs(np.arange(len(whole))[:, None] - whole.argmax(axis=0)) > round(SMOOTHED.value / step_s)
    summits_s = [_summit_s(np.where(beside, -1.0, part), step_s) for part in alike]
    is_clear = whole.max(axis=0) >= least_clear
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
