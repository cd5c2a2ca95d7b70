"""Accelerometer and gyroscope → how much a sensor is shaken and turned to and fro, in any mounting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.clock import usual_step_s
from backward_running.signals.window import moving_mean

CELL_S = 0.1
LEAST_RATE = proposed_number(
    "unrest_least_rate_hz", 18.0, "Hz", "With fewer than 18 samples a second a step may fall between two of them."
)


class Unrest(NamedTuple):
    """Spread of two vectors about their own mean in a window about each cell; NaN where a sample is missing in it."""

    start_s: float
    force_mps2: FloatArray  #: (n,) cells of 0.1 s
    rate_radps: FloatArray  #: (n,) a constant bias is no unrest; NaN throughout without a gyroscope

    @property
    def time_s(self) -> FloatArray:
        """The middle of each cell."""
        return np.asarray(self.start_s + CELL_S * (np.arange(len(self.force_mps2)) + 0.5))


def unrest(stream: Stream, window_s: float) -> Unrest | None:
    """Return how much a sensor is shaken and turned.

    Parameters
    ----------
    stream : Stream
        With three axes of acceleration, in any frame; with those of the angular rate they are looked at too.
    window_s : float
        Width of the window over which the spread is taken.

    Returns
    -------
    Unrest or None
        None without an accelerometer of 18 Hz and more.

    Notes
    -----
    The spread of a vector about its mean (root mean square) does not change when the sensor is turned. While it turns
    slowly gravity moves in it and counts as unrest. The time grows with the number of samples.

    Examples
    --------
    >>> time_s = np.arange(0.0, 4.0, 0.02)
    >>> rows = (np.sin(2 * np.pi * 2 * time_s), np.zeros(200), np.full(200, 9.81))
    >>> found = unrest(Stream("waist", "body", time_s, dict(zip(ACCELERATION, rows, strict=True))), 1.0)
    >>> round(float(found.force_mps2[20]), 2)
    0.71
    """
    if len(stream) < 2 or not stream.has(*ACCELERATION) or usual_step_s(stream.time_s) > 1.0 / LEAST_RATE.value:
        return None
    lasts_s = float(stream.time_s[-1] - stream.time_s[0])
    cells = int(lasts_s / CELL_S) + 1
    if cells > 10 * len(stream):  # nearly all of it is silence
        return None
    starts_s = stream.time_s[0] + CELL_S * np.arange(cells) - 1e-9
    first = np.minimum(np.searchsorted(stream.time_s, starts_s), len(stream) - 1)
    width = max(round(window_s / CELL_S), 1)
    force = _spread([stream.columns[name] for name in ACCELERATION], first, width)
    if stream.has(*ANGULAR_RATE):
        return Unrest(
            float(stream.time_s[0]), force, _spread([stream.columns[name] for name in ANGULAR_RATE], first, width)
        )
    return Unrest(float(stream.time_s[0]), force, np.full(len(force), np.nan))


def _spread(axes: Sequence[FloatArray], first: IntArray, width: int) -> FloatArray:
    """Return the spread about the mean of `width` cells about each; `first` is the first sample of each cell."""
    count = np.diff(first, append=len(axes[0]))
    square = axes[0] * axes[0]
    for row in axes[1:]:
        square += row * row
    means = np.array([np.add.reduceat(row, first) for row in (*axes, square)])
    with np.errstate(invalid="ignore", divide="ignore"):
        means /= np.where(count > 0, count, np.nan)
    known = np.isfinite(means).all(axis=0)
    smooth = moving_mean(np.where(known, means, 0.0), width)
    whole = moving_mean(known.astype(float), width) > 1.0 - 0.5 / width
    variance = smooth[3] - smooth[0] ** 2 - smooth[1] ** 2 - smooth[2] ** 2
    return np.where(whole, np.sqrt(np.maximum(variance, 0.0)), np.nan)
