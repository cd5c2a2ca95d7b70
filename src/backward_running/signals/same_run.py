"""Two recordings of one run, by another device or another service: told by time, way, positions and heart rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import SECONDS_PER_DAY
from backward_running.core.names import ACCELERATION
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.signals.earth import metres_per_degree
from backward_running.signals.working import working_stream

SHARED = proposed_number(
    "same_run_shared_ratio", 0.8, "1",
    "Two recordings may be of one run where they share four fifths of the time of the shorter one.",
)  # fmt: skip
OF_LONGER = proposed_number(
    "same_run_shared_of_longer_ratio", 0.5, "1",
    "… and half of the time of the longer one: a warm-up by itself is a run of its own.",
)  # fmt: skip
WAY = proposed_number(
    "same_run_distance_ratio", 0.1, "1",
    "… and the distances of that time are within 10 % of each other: devices differ by a few percent.",
)  # fmt: skip
APART = proposed_number(
    "same_run_apart_m", 150.0, "m",
    "… and the positions, where both have some, are by their median no further apart than 150 m: two clocks may differ "
    "by half a minute.",
)  # fmt: skip
HEART = proposed_number(
    "same_run_heart_correlation", 0.7, "1",
    "… and the heart rates, where both vary, rise and fall together with a correlation of at least 0.7.",
)  # fmt: skip
SHAKING = proposed_number(
    "same_run_shaking_correlation", 0.7, "1",
    "… or, where one of them knows neither way nor heart, how hard it is shaken rises and falls with the speed or the "
    "cadence of the other one, with a correlation of at least 0.7: a steady run tells nothing, one with stops does.",
)  # fmt: skip
FURTHEST_LAG = proposed_number(
    "same_run_furthest_lag_s", 120.0, "s",
    "Clocks of two devices are sought up to two minutes apart, by what both measured.",
)  # fmt: skip
LEAST = proposed_number(
    "same_run_least_shared_s", 60.0, "s",
    "With less than a minute in common nothing can be compared.",
)  # fmt: skip
BETTER = proposed_number(
    "same_run_lag_gain", 0.05, "1",
    "Clocks are taken to agree but where moving one of them raises the correlation by 0.05.",
)  # fmt: skip
NEAR = proposed_number(
    "same_run_lent_within_s", 5.0, "s",
    "What one recording lends another is told within 5 s of the moment; some watches keep a sample every few seconds.",
)  # fmt: skip
_STEP_S = 1.0


@dataclass(frozen=True, slots=True)
class SameRun:
    """How two recordings of one run lie to each other."""

    shared_s: float  #: what both cover
    lag_s: float  #: the second's clock is so much behind: moved later by this it agrees
    drift_s: float | None  #: how much that lag changes from the first to the last third; None where unknown
    way_ratio: float | None  #: distance of the second by that of the first, where both know it
    correlation: float | None  #: of what was compared, heart rate or else speed, with the clocks put right


def same_run(first: Recording, second: Recording, starts: tuple[datetime, datetime]) -> SameRun | None:
    """Say whether two recordings are of one run, and how their clocks lie; None where they are not, or nothing tells.

    Parameters
    ----------
    first, second : Recording
        Of two files.
    starts : (datetime, datetime)
        When each began, by a clock that may have been put right.

    Returns
    -------
    SameRun or None
        A run is never taken for another by its time alone: distance, heart rate or how it was shaken has to bear
        it out.
    """
    if first.key == second.key or first.simulated != second.simulated or not (first.dated and second.dated):
        return None
    if first.sport != second.sport and None not in (first.sport, second.sport):
        return None
    begins_s = (starts[1] - starts[0]).total_seconds()
    from_s, until_s = max(0.0, begins_s), min(first.duration_s, begins_s + second.duration_s)
    shared_s = until_s - from_s
    shorter_s, longer_s = sorted((first.duration_s, second.duration_s))
    if shared_s < max(LEAST.value, SHARED.value * shorter_s, OF_LONGER.value * longer_s):
        return None
    grid_s = np.arange(from_s, until_s, _STEP_S)
    ours, theirs = _on(grid_s, first, 0.0), _on(grid_s, second, begins_s)
    way = _way_ratio(ours, theirs)
    hearts = _lag(ours, theirs, "heart_rate_bpm")
    if way is not None and abs(way - 1.0) > WAY.value:
        return None
    if hearts is not None and hearts[1] < HEART.value:
        return None
    if _apart_m(ours, theirs) > APART.value:
        return None
    told, name = hearts or _lag(ours, theirs, "speed_mps"), "heart_rate_bpm" if hearts else "speed_mps"
    if way is None and hearts is None:
        told, name = _shaken(ours, theirs, (first, second)), _SHAKEN
        if told is None or told[1] < SHAKING.value:
            return None
    lag_s, correlation = told or (0.0, None)
    return SameRun(shared_s, lag_s, _drift_s(ours, theirs, name) if told else None, way, correlation)


def _on(grid_s: FloatArray, recording: Recording, begins_s: float) -> dict[str, FloatArray]:
    """Return the columns at the moments of a grid; NaN where a recording has a hole of its own."""
    working = working_stream(recording)
    if working is None:
        return {}
    if only_moves(recording):
        time_s, shaking = _shaking(recording.inertial)
        return {_SHAKEN: _at(grid_s, time_s + begins_s, shaking)}
    time_s = working.time_s + begins_s
    return {name: _at(grid_s, time_s, values) for name, values in working.columns.items()}


#: The name, here alone, of how hard a sensor is shaken.
_SHAKEN = "shaking"
#: What says where somebody was or how hard their heart beat.
_TELLING = ("distance_m", "speed_mps", "heart_rate_bpm", "latitude_deg", "cadence_spm")
#: So many readings a second say how hard a sensor is shaken.
_LEAST_A_SECOND = 5
#: No recording of a run goes on for a week: a clock is wrong.
_LONGEST_S = 7 * SECONDS_PER_DAY


def only_moves(recording: Recording) -> bool:
    """Say whether a recording holds motion sensors and knows neither way, pace, steps nor heart: it cannot lead."""
    return bool(recording.inertial) and not any(stream.has(name) for stream in recording.streams for name in _TELLING)


def _shaking(sensors: Sequence[Stream]) -> tuple[FloatArray, FloatArray]:
    """Return, second by second, how much the acceleration varies in size: whichever way round the sensor sits."""
    sensor = next((sensor for sensor in sensors if sensor.has(*ACCELERATION)), None)
    if sensor is None:
        return np.empty(0), np.empty(0)
    x, y, z = (sensor.columns[name] for name in ACCELERATION)
    size: FloatArray = np.asarray(np.sqrt(x * x + y * y + z * z), dtype=np.float64)
    known = np.isfinite(size)
    second, size = np.floor(sensor.time_s[known]).astype(np.intp), size[known]
    if not len(second) or second[-1] - second[0] > _LONGEST_S:
        return np.empty(0), np.empty(0)
    second, begins = second - second[0], float(second[0])
    count = np.bincount(second)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(second, size) / count
        shaking = np.sqrt(np.bincount(second, np.square(size - mean[second])) / count)
    middle_s = np.arange(len(count), dtype=np.float64) + (begins + _STEP_S / 2)
    return middle_s, np.where(count >= _LEAST_A_SECOND, shaking, np.nan)


def _at(grid_s: FloatArray, time_s: FloatArray, values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    if known.sum() < 2:
        return np.full(grid_s.shape, np.nan)
    return np.interp(grid_s, time_s[known], values[known], left=np.nan, right=np.nan)


def _shaken(
    ours: dict[str, FloatArray], theirs: dict[str, FloatArray], recordings: tuple[Recording, Recording]
) -> tuple[float, float] | None:
    """Return lag and correlation of a motion sensor with the pace of the other recording, which is put beside it."""
    if only_moves(recordings[0]) == only_moves(recordings[1]):
        return None
    pace = theirs if only_moves(recordings[0]) else ours
    found: dict[str, tuple[float, float]] = {}
    for name in ("speed_mps", "cadence_spm"):
        if name in pace:
            pace[_SHAKEN] = pace[name]
            told = _lag(ours, theirs, _SHAKEN)
            found |= {} if told is None else {name: told}
    best = max(found, key=lambda name: found[name][1], default=None)
    if best is None:
        return None
    pace[_SHAKEN] = pace[best]
    return found[best]


def _way_ratio(ours: dict[str, FloatArray], theirs: dict[str, FloatArray]) -> float | None:
    if "distance_m" not in ours or "distance_m" not in theirs:
        return None
    both = np.flatnonzero(np.isfinite(ours["distance_m"]) & np.isfinite(theirs["distance_m"]))
    if len(both) < LEAST.value / _STEP_S:
        return None
    ways = [float(columns["distance_m"][both[-1]] - columns["distance_m"][both[0]]) for columns in (ours, theirs)]
    return ways[1] / ways[0] if ways[0] > 0 else None


def _apart_m(ours: dict[str, FloatArray], theirs: dict[str, FloatArray]) -> float:
    """Return the median distance of the positions; 0 where they cannot be compared."""
    names = ("latitude_deg", "longitude_deg")
    if not all(name in columns for columns in (ours, theirs) for name in names):
        return 0.0
    north, east = (ours[name] - theirs[name] for name in names)
    known = np.isfinite(north + east)
    if not known.any():
        return 0.0
    north_m, east_m = metres_per_degree(ours["latitude_deg"][known])
    return float(np.median(np.hypot(north[known] * north_m, east[known] * east_m)))


def _lag(ours: dict[str, FloatArray], theirs: dict[str, FloatArray], name: str) -> tuple[float, float] | None:
    """Return by how much the second is to be moved later, and the correlation then; None where nothing tells."""
    if name not in ours or name not in theirs:
        return None
    most = min(int(FURTHEST_LAG.value / _STEP_S), len(ours[name]) // 2)
    found = {
        lag: alike
        for lag in range(-most, most + 1)
        if (alike := _correlation(ours[name], theirs[name], lag)) is not None
    }
    if 0 not in found:
        return None
    best = max(found, key=lambda lag: (found[lag], -abs(lag)))
    lag = best if found[best] - found[0] > BETTER.value else 0
    return lag * _STEP_S, found[lag]


def _correlation(ours: FloatArray, theirs: FloatArray, lag: int) -> float | None:
    """Return the correlation where the second is moved later by `lag` samples."""
    count = len(ours) - abs(lag)
    one, other = ours[max(lag, 0) :][:count], theirs[max(-lag, 0) :][:count]
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < LEAST.value / _STEP_S:
        return None
    one, other = one[known] - one[known].mean(), other[known] - other[known].mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    spread = min(float(one.std()) / _LEAST_SPREAD, float(other.std()) / _LEAST_SPREAD)
    return float(one @ other) / size if size > 0 and spread > 1 else None


#: What hardly varies tells nothing: tenths of a beat or of a metre a second are noise.
_LEAST_SPREAD = 0.2


def _drift_s(ours: dict[str, FloatArray], theirs: dict[str, FloatArray], name: str) -> float | None:
    third = len(ours[name]) // 3
    lags = [
        _lag({name: ours[name][part]}, {name: theirs[name][part]}, name)
        for part in (slice(0, third), slice(len(ours[name]) - third, None))
    ]
    return None if lags[0] is None or lags[1] is None else lags[1][0] - lags[0][0]


def richest(recordings: Sequence[Recording]) -> int:
    """Return which recording leads: the one that knows most kinds of things, then most samples.

    Of two that know as much the same one leads whichever came first: an import that was broken off and begun again
    ends where it would have ended.
    """

    def knows(at: int) -> tuple[bool, int, int, str]:
        recording = recordings[at]
        kinds = sum(stream.has(name) for stream in recording.streams for name in stream.columns)
        kinds += bool(recording.laps) + bool(recording.steps)
        return not only_moves(recording), kinds, sum(map(len, recording.streams)), recording.activity_id

    return max(range(len(recordings)), key=knows)


def with_lent(lead: Recording, other: Recording, later_s: float) -> tuple[Recording, tuple[str, ...]]:
    """Return the leading recording with what the other one knows and it does not, and which columns those are.

    Parameters
    ----------
    lead, other : Recording
        Two of one run.
    later_s : float
        How much later than the lead's the other's clock begins, put right.

    Returns
    -------
    (Recording, tuple of str)
        Columns of the other's main stream, at the moments of the lead's, no further from a sample of the other than it
        has gaps; motion sensors as streams of their own; laps, steps and marks where the lead has none.
    """
    main, theirs = lead.main, other.main
    streams, lent = list(lead.streams), []
    if main is not None and theirs is not None:
        columns = dict(main.columns)
        for name, values in theirs.columns.items():
            if not main.has(name) and theirs.has(name) and not theirs.is_inertial and name not in _TOGETHER:
                columns[name] = _nearest(main.time_s, theirs.time_s + later_s, values)
                lent.append(name)
        if not main.has(*_TOGETHER) and theirs.has(*_TOGETHER):
            columns |= {n: _nearest(main.time_s, theirs.time_s + later_s, theirs.columns[n]) for n in _TOGETHER}
            lent += _TOGETHER
        streams[0] = Stream(main.place, main.frame, main.time_s, columns, main.mount_known)
    elif theirs is not None:
        streams.append(replace(theirs, time_s=theirs.time_s + later_s))
        lent += list(theirs.columns)
    sensors = [
        replace(sensor, time_s=sensor.time_s + later_s) for sensor in other.inertial if sensor is not theirs or main
    ]
    if sensors and not lead.inertial:
        streams += sensors
        lent.append("motion sensors")
    marks = lead.marks or tuple(replace(mark, time_s=mark.time_s + later_s) for mark in other.marks)
    laps, steps = lead.laps, lead.steps
    if not laps and other.laps:
        laps = tuple(
            replace(lap, start_s=max(lap.start_s + later_s, 0.0), end_s=lap.end_s + later_s)
            for lap in other.laps
            if lap.end_s + later_s > 0.0
        )
        steps = steps or other.steps
        lent.append("laps")
    # Its pedigree names who lent: a recording that holds other samples is never called as before.
    version = f"{lead.reader_version} + {other.reader} {other.reader_version} of {other.key[:16]}"
    stated = {**other.stated, **lead.stated}
    joined = replace(
        lead, streams=tuple(streams), laps=laps, steps=steps, marks=marks, stated=stated, reader_version=version
    )
    return joined, tuple(lent)


_TOGETHER = ("latitude_deg", "longitude_deg")


def _nearest(grid_s: FloatArray, time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Return the known value next to each moment; NaN where none is near."""
    known = np.flatnonzero(np.isfinite(values))
    at = np.searchsorted(time_s[known], grid_s)
    before, after = known[np.clip(at - 1, 0, None)], known[np.clip(at, None, len(known) - 1)]
    nearer = np.where(np.abs(time_s[before] - grid_s) <= np.abs(time_s[after] - grid_s), before, after)
    return np.where(np.abs(time_s[nearer] - grid_s) <= NEAR.value, values[nearer], np.nan)
