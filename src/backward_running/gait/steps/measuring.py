"""What is in each bout: time, distance, steps, heart rate, cadence, ascent. The bouts sum to the whole, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.names import COLUMNS
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout, BoutFacts
from backward_running.gait.segment.bouts import GAIT_AGREES
from backward_running.gait.steps.contact_time import contact_times_s
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.gait.steps.step_series import Steps
from backward_running.gait.steps.walk_or_run import BACKWARD_RUN_ABOVE, BACKWARD_WALK_BELOW, FORWARD_TRANSITION
from backward_running.signals.moving import active_time_s, moving_mask, sample_ends_s

FASTEST_START_MPS = 12.5  #: a first count that needs more than this is a counter that did not begin at zero

LEAST_S = 1e-6  #: below it a length of time is rounding, not time


def measure(recording: Recording, working: Stream | None, bouts: Sequence[Bout]) -> tuple[BoutFacts, ...]:
    """Measure every bout. Missing is None.

    Parameters
    ----------
    recording : Recording
        For its pauses, its sport and whether it was done indoors.
    working : Stream or None
        The stream with ``distance_m``, ``speed_mps``, ``grade_ratio``, … where known (``signals.working_stream``).
    bouts : sequence of Bout
        They tile the recording.

    Returns
    -------
    tuple of BoutFacts
        Time counts as moving where the body moves: not in pauses, gaps or while standing. Distance is the device's
        own count, split at the borders. Steps are the cadence, integrated; on foot only. Where the device states no
        cadence, an inertial sensor on a foot, a shank or the trunk is asked for its initial contacts. Ascent is the
        sum of all rises that can be told from level; None without altitude. The contact time is what the device states,
        else what a sensor on a foot shows (``contact_times_s``); the flight time is what it leaves of a running step.
        Energy is left unknown. A forward or
        backward bout without a gait gets it from its speeds where nine in ten of its moving seconds agree.
        Without a stream, what is not still or paused counts as moving, and the distance comes from the laps.

    Notes
    -----
    Every quantity is one running total over the recording, read at the borders of the bouts: the sum over bouts is the
    whole by construction, whatever the bouts are.
    """
    if not bouts:
        return ()
    borders_s = np.array([bouts[0].start_s, *(bout.end_s for bout in bouts)])
    if working is None or len(working) == 0:
        return _measure_without_stream(recording, bouts, borders_s)
    totals = _RunningTotals(recording, working, borders_s)
    moving_s, distance_m, gaits = totals.moving_s(), totals.distance_m(), totals.gaits()
    steps, ascent_m = totals.steps_count(), totals.ascent_m()
    heart_rate = totals.mean("heart_rate_bpm", totals.lasts_s)
    cadence = totals.mean("cadence_spm", totals.moves_s)
    named = [_with_gait(bout, gaits[number]) for number, bout in enumerate(bouts)]
    contact = totals.contact_time_s()
    if recording.on_foot and not (working.has("cadence_spm") and working.has("contact_time_s")):
        found = _steps_of(recording)
        if found is not None and not working.has("cadence_spm"):
            steps, cadence = found.between(borders_s)
        if not working.has("contact_time_s"):
            contact = contact_times_s(recording, found, named, borders_s)
    return tuple(
        BoutFacts(
            bout,
            moving_s=float(moving_s[number]),
            distance_m=_known(distance_m[number]),
            steps_count=_known(steps[number]),
            heart_rate_bpm=_known(heart_rate[number]),
            cadence_spm=_known(cadence[number]),
            ascent_m=_known(ascent_m[number]),
            contact_time_s=_known(contact[number]),
            flight_time_s=_flight_time_s(bout, contact[number], cadence[number]),
        )
        for number, bout in enumerate(named)
    )


@lru_cache(maxsize=1)
def _steps_of(recording: Recording) -> Steps | None:
    """Find the steps once for a recording at hand: every stroke of paint measures it anew."""
    return find_steps(recording)


def _flight_time_s(bout: Bout, contact_s: float, cadence_spm: float) -> float | None:
    """Return what is left of a running step when the contact is taken off; walking has no flight to tell of."""
    if bout.gait is not Gait.RUN or not cadence_spm > 0.0:
        return None
    flight_s = 60.0 / cadence_spm - contact_s
    return float(flight_s) if flight_s > 0.0 else None


def _measure_without_stream(
    recording: Recording, bouts: Sequence[Bout], borders_s: FloatArray
) -> tuple[BoutFacts, ...]:
    """All that is left are the laps and the pauses."""
    active_s = np.diff(active_time_s(borders_s, recording.pauses))
    distance_m: list[float | None] = [None] * len(bouts)
    laps = [(lap.start_s, lap.end_s, lap.distance_m) for lap in recording.laps if lap.distance_m is not None]
    if laps and len(laps) == len(recording.laps):
        ends = [
            (laps[0][0], 0.0),
            *((end_s, total) for (_, end_s, _), total in zip(laps, _summed_up(laps), strict=True)),
        ]
        at_s, count_m = np.array(ends).T
        distance_m = [float(way_m) for way_m in np.diff(np.interp(borders_s, at_s, count_m))]
    return tuple(
        BoutFacts(
            bout,
            moving_s=0.0 if bout.direction is Direction.STILL else float(active_s[number]),
            distance_m=distance_m[number],
        )
        for number, bout in enumerate(bouts)
    )


def _summed_up(laps: Sequence[tuple[float, float, float]]) -> list[float]:
    return list(accumulate(way_m for _, _, way_m in laps))


class _RunningTotals:
    """Running totals of one stream, read at borders."""

    def __init__(self, recording: Recording, working: Stream, borders_s: FloatArray) -> None:
        self.recording, self.working, self.borders_s = recording, working, borders_s
        # All is read on the clock of active time, that stands in pauses: so a pause holds nothing, to the moment.
        starts_s = active_time_s(working.time_s, recording.pauses)
        ends_s = active_time_s(sample_ends_s(working.time_s), recording.pauses)
        self.clock_s = np.column_stack([starts_s, ends_s]).ravel()
        self.active_borders_s = active_time_s(borders_s, recording.pauses)
        self.lasts_s = ends_s - starts_s
        self.moves_s = self.lasts_s * moving_mask(working, indoor=recording.indoor)
        self.nothing = np.full(len(borders_s) - 1, np.nan)

    def moving_s(self) -> FloatArray:
        """Return the moving time."""
        return self._between(self.moves_s)

    def steps_count(self) -> FloatArray:
        """Return the cadence, integrated; NaN for what is not done on foot (a crank has no steps)."""
        return self._summed("cadence_spm", self.lasts_s / 60.0) if self.recording.on_foot else self.nothing

    def contact_time_s(self) -> FloatArray:
        """Return the mean contact time that the device states; what cannot be one is not counted."""
        values = self.working.columns.get("contact_time_s")
        if values is None or not self.recording.on_foot:
            return self.nothing
        lowest_s, highest_s = COLUMNS["contact_time_s"].lowest, COLUMNS["contact_time_s"].highest
        with np.errstate(invalid="ignore"):
            return self.mean("contact_time_s", self.moves_s * ((values >= lowest_s) & (values <= highest_s)))

    def gaits(self) -> list[dict[Direction, Gait | None]]:
        """Return walk or run of each bout by its speeds, as it would be in either direction."""
        speed = self.working.columns.get("speed_mps")
        if speed is None or not self.recording.on_foot:
            return [{} for _ in pairwise(self.borders_s)]
        held_s = self.moves_s * np.isfinite(speed)
        whole_s = self._between(held_s)
        found: list[dict[Direction, Gait | None]] = [{} for _ in whole_s]
        for direction, (walk_below, run_above) in _GAIT_BOUNDS.items():
            with np.errstate(invalid="ignore", divide="ignore"):
                walks = self._between(held_s * (speed < walk_below)) / whole_s
                runs = self._between(held_s * (speed > run_above)) / whole_s
            for number, gaits in enumerate(found):
                gaits[direction] = _agreed(walks[number], runs[number])
        return found

    def _between(self, amounts: FloatArray) -> FloatArray:
        """Return how much of the samples' amounts falls between each two borders."""
        running = np.cumsum(amounts)
        total = np.column_stack([running - amounts, running]).ravel()
        return np.maximum(np.diff(np.interp(self.active_borders_s, self.clock_s, total)), 0.0)

    def _summed(self, name: str, weights: FloatArray) -> FloatArray:
        """Return the weighted sum of a column; NaN where a bout holds no known sample of it."""
        values = self.working.columns.get(name)
        if values is None:
            return self.nothing
        known = np.isfinite(values)
        whole = self._between(np.where(known, values, 0.0) * weights)
        return np.where(self._between(weights * known) > LEAST_S, whole, np.nan)

    def mean(self, name: str, weights: FloatArray) -> FloatArray:
        """Return the weighted mean of a column; NaN where a bout holds no known sample of it."""
        values = self.working.columns.get(name)
        if values is None:
            return self.nothing
        known_s = self._between(weights * np.isfinite(values))
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(known_s > LEAST_S, self._summed(name, weights) / known_s, np.nan))

    def distance_m(self) -> FloatArray:
        """Return the device's count between the borders; what it counted before its first sample included."""
        distance = self.working.columns.get("distance_m")
        if distance is None or not np.isfinite(distance).any():
            return self.nothing
        time_s, first_s = self.working.time_s, float(self.working.time_s[0])
        begins_m = 0.0 if distance[0] <= FASTEST_START_MPS * max(first_s, 0.0) else float(distance[0])
        if first_s > 0.0:
            time_s, distance = np.insert(time_s, 0, 0.0), np.insert(distance, 0, begins_m)
        return np.maximum(np.diff(np.interp(self.borders_s, time_s, distance)), 0.0)

    def ascent_m(self) -> FloatArray:
        """Return grade times way where it rises, so that an altimeter's noise climbs nothing."""
        grade, distance = self.working.columns.get("grade_ratio"), self.working.columns.get("distance_m")
        if grade is None or distance is None or not self.working.has("altitude_m"):
            return self.nothing
        way_m = np.diff(distance, append=distance[-1:])
        known = np.isfinite(grade)
        rises_m = np.where(known, np.maximum(grade, 0.0), 0.0) * way_m
        return np.where(self._between(self.lasts_s * known) > LEAST_S, self._between(rises_m), np.nan)


_FORWARD_MPS = FORWARD_TRANSITION.value
_GAIT_BOUNDS = {
    Direction.FORWARD: (_FORWARD_MPS, _FORWARD_MPS),
    Direction.BACKWARD: (BACKWARD_WALK_BELOW.value, BACKWARD_RUN_ABOVE.value),
}


def _agreed(walks: float, runs: float) -> Gait | None:
    if walks >= GAIT_AGREES.value:
        return Gait.WALK
    return Gait.RUN if runs >= GAIT_AGREES.value else None


def _with_gait(bout: Bout, by_direction: dict[Direction, Gait | None]) -> Bout:
    if bout.gait is not None or bout.direction not in by_direction:
        return bout
    return replace(bout, gait=by_direction[bout.direction])


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
