"""What a watch writes once a second, on the time base: smoothed, and as logarithms."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.segment.time_base import cell_means, step_of
from backward_running.gait.steps.walk_or_run import RUNNING_CADENCE, STEPPING_ABOVE, STILL_BELOW
from backward_running.signals.window import window_means, windows

SMOOTHED = proposed_number(
    "watch_smoothed_s", 9.0, "s", "Cadence and speed are compared as means of 9 s: a watch's own filters lag by some s."
)
HEART_LAG = proposed_number(
    "watch_heart_lag_s", 60.0, "s", "The heart answers to the mean speed of about the minute before."
)


@dataclass(frozen=True, slots=True, eq=False)
class WatchSamples:
    """What the watch wrote, on the time base; NaN where it wrote nothing."""

    step_s: float
    speed: FloatArray  #: m/s
    cadence_nat: FloatArray  #: logarithm, as all below
    heart_rate_nat: FloatArray
    contact_time_nat: FloatArray
    vertical_oscillation_nat: FloatArray
    lagged_speed: FloatArray  #: of the minute before
    uphill: FloatArray  #: grade where it rises, else 0

    @property
    def runs(self) -> BoolArray:
        """Where the feet run: neither walking nor standing."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self._moves & (self.cadence_nat >= math.log(RUNNING_CADENCE.value)))

    @property
    def walks(self) -> BoolArray:
        """Where the feet walk."""
        with np.errstate(invalid="ignore"):
            slow = self.cadence_nat < math.log(RUNNING_CADENCE.value)
            return np.asarray(self._moves & slow & (self.cadence_nat >= math.log(STEPPING_ABOVE.value)))

    @property
    def _moves(self) -> BoolArray:
        with np.errstate(invalid="ignore"):
            return np.asarray((self.speed >= 2 * STILL_BELOW.value) & np.isfinite(self.cadence_nat))

    def of(self, chosen: BoolArray | slice, step_s: float) -> WatchSamples:
        """Return some of the cells, each now standing for `step_s` seconds."""
        return WatchSamples(
            step_s,
            self.speed[chosen],
            self.cadence_nat[chosen],
            self.heart_rate_nat[chosen],
            self.contact_time_nat[chosen],
            self.vertical_oscillation_nat[chosen],
            self.lagged_speed[chosen],
            self.uphill[chosen],
        )


def watch_samples_of(recording: Recording, time_s: FloatArray, every: int = 1) -> WatchSamples | None:
    """Put the watch's columns onto the time base, or onto the middle one of `every` so many cells of it.

    Of speed, cadence and step length two make the third: where a device wrote only the length of the steps beside
    speed or cadence, the other is computed. Where it wrote all three, the length of a step says nothing new.

    Parameters
    ----------
    recording : Recording
        With two of ``speed_mps``, ``cadence_spm`` and ``step_length_m`` in one stream.
    time_s : ndarray, shape (n,)
        A time base.
    every : int
        So many cells become one.

    Returns
    -------
    WatchSamples or None
        None without speed and cadence on foot.
    """
    stream = _stepping(recording)
    if stream is None or not recording.on_foot:
        return None
    step_s = step_of(time_s)
    speed, cadence = _speed_and_cadence(stream, time_s)
    smooth_speed = _smoothed(speed, SMOOTHED.value, step_s)
    chosen = np.minimum(np.arange(every // 2, len(time_s) + every // 2, every), len(time_s) - 1)

    def there(name: str, *, smoothed: bool) -> FloatArray:
        if name not in stream.columns:
            return np.full(len(chosen), np.nan)
        values = _cells(stream, name, time_s)
        return _smoothed(values, SMOOTHED.value, step_s, chosen) if smoothed else values[chosen]

    grade = there("grade_ratio", smoothed=False)
    return WatchSamples(
        step_s * every,
        smooth_speed[chosen],
        _log(_smoothed(cadence, SMOOTHED.value, step_s, chosen)),
        _log(there("heart_rate_bpm", smoothed=False)),
        _log(there("contact_time_s", smoothed=True)),
        _log(there("vertical_oscillation_m", smoothed=True)),
        _before(smooth_speed, HEART_LAG.value, step_s, chosen),
        np.where(grade > 0.0, grade, 0.0),
    )


def _stepping(recording: Recording) -> Stream | None:
    pairs = (("speed_mps", "cadence_spm"), ("speed_mps", "step_length_m"), ("cadence_spm", "step_length_m"))
    return next((stream for pair in pairs if (stream := recording.stream_with(*pair)) is not None), None)


def _speed_and_cadence(stream: Stream, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
    speed, cadence = _cells(stream, "speed_mps", time_s), _cells(stream, "cadence_spm", time_s)
    if stream.has("speed_mps", "cadence_spm"):
        return speed, cadence
    step_m = _cells(stream, "step_length_m", time_s)
    with np.errstate(invalid="ignore", divide="ignore"):
        if stream.has("speed_mps"):
            return speed, np.where(step_m > 0.0, speed * 60.0 / step_m, np.nan)
        return cadence * step_m / 60.0, cadence


def _cells(stream: Stream, name: str, time_s: FloatArray) -> FloatArray:
    if name not in stream.columns:
        return np.full(time_s.shape, np.nan)
    return cell_means(stream.time_s, stream.columns[name], time_s)


def _log(values: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(values > 0.0, np.log(values), np.nan)


def _smoothed(values: FloatArray, window_s: float, step_s: float, chosen: IntArray | None = None) -> FloatArray:
    """Return the mean of what is known within half a window on both sides; NaN stays NaN."""
    reach = round(window_s / step_s / 2)
    return _window_means(values, reach, reach, chosen)


def _before(values: FloatArray, window_s: float, step_s: float, chosen: IntArray) -> FloatArray:
    """Return the mean of what is known in the window before each cell."""
    return _window_means(values, round(window_s / step_s), 0, chosen)


def _window_means(values: FloatArray, back: int, ahead: int, chosen: IntArray | None) -> FloatArray:
    """Return the means of the windows about the chosen cells, or about all; NaN where the cell itself is not known."""
    at = np.arange(len(values)) if chosen is None else chosen
    means = window_means(values, *windows(len(values), back, ahead, at))
    means[~np.isfinite(values[at])] = np.nan
    return means
