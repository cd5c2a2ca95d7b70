"""How long each sample stands for, and whether the body moves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.recording import Span, Stream
from backward_running.evidence import proposed_number
from backward_running.signals.clock import longest_step_s

SLOWEST = proposed_number(
    "moving_slowest_mps", 0.4, "m s⁻¹", "Slower than 0.4 m/s is standing: a first backward walk is about twice as fast."
)
FEWEST_STEPS = proposed_number(
    "moving_fewest_steps_spm", 60.0, "min⁻¹", "At 60 steps a minute and more somebody walks, whatever a treadmill says."
)


def sample_durations_s(stream: Stream, pauses: Sequence[Span] = ()) -> FloatArray:
    """Return the time each sample stands for: until the next one, without pauses and gaps.

    Parameters
    ----------
    stream : Stream
        Only its clock is used.
    pauses : sequence of Span
        Time within them belongs to no sample.

    Returns
    -------
    ndarray, shape (n,)
        Seconds. The last sample, and one before a gap (more than 10 s, or three usual steps of a sparse stream),
        stands for the usual step of the stream.

    Examples
    --------
    >>> stream = Stream("wrist", "earth", np.array([0.0, 1.0, 2.0, 60.0, 61.0]), {})
    >>> sample_durations_s(stream, [Span(0.5, 1.0)]).tolist()
    [0.5, 1.0, 1.0, 1.0, 1.0]
    """
    starts_s = stream.time_s
    if len(starts_s) == 0:
        return np.zeros(0)
    ends_s = sample_ends_s(starts_s)
    return np.maximum(active_time_s(ends_s, pauses) - active_time_s(starts_s, pauses), 0.0)


def active_time_s(time_s: FloatArray, pauses: Sequence[Span] = ()) -> FloatArray:
    """Return the time on a clock that stands during pauses.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Seconds since the start of the recording.
    pauses : sequence of Span
        In any order; they may overlap.

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> active_time_s(np.array([0.0, 5.0, 12.0, 20.0]), [Span(8.0, 15.0), Span(4.0, 10.0)]).tolist()
    [0.0, 4.0, 4.0, 9.0]
    """
    if not pauses:
        return time_s
    knots: list[tuple[float, float]] = []
    lost_s = 0.0
    for pause in sorted(pauses, key=lambda pause: pause.start_s):
        start_s = max(pause.start_s, knots[-1][0] if knots else -np.inf)
        if pause.end_s > start_s:
            knots += [(start_s, start_s - lost_s), (pause.end_s, start_s - lost_s)]
            lost_s += pause.end_s - start_s
    wall_s, active_s = np.array(knots).T
    inside = np.interp(time_s, wall_s, active_s)
    return np.asarray(inside + np.minimum(time_s - wall_s[0], 0.0) + np.maximum(time_s - wall_s[-1], 0.0))


def sample_ends_s(time_s: FloatArray) -> FloatArray:
    """Return until when each sample speaks: the next sample, or the usual step where a gap follows.

    >>> sample_ends_s(np.array([0.0, 1.0, 2.0, 60.0])).tolist()
    [1.0, 2.0, 3.0, 61.0]
    """
    steps_s = np.diff(time_s)
    is_near = steps_s <= longest_step_s(time_s)
    usual_s = float(np.median(steps_s[is_near])) if is_near.any() else 1.0
    steps_s = np.where(is_near, steps_s, usual_s)
    return np.asarray(time_s + np.append(steps_s, usual_s))


def moving_mask(stream: Stream, *, indoor: bool = False) -> BoolArray:
    """Say for each sample whether the body moves. What nothing is known about is taken as moving, never as still.

    Parameters
    ----------
    stream : Stream
        With ``speed_mps`` and ``cadence_spm`` where known.
    indoor : bool
        On a treadmill the speed is a guess of the wrist: steps count as moving even where it says zero.

    Returns
    -------
    ndarray of bool, shape (n,)

    Examples
    --------
    >>> speed_mps, cadence_spm = np.array([3.0, 0.1, np.nan, np.nan]), np.array([170.0, 0.0, 0.0, np.nan])
    >>> columns = {"speed_mps": speed_mps, "cadence_spm": cadence_spm}
    >>> moving_mask(Stream("wrist", "earth", np.arange(4.0), columns)).tolist()
    [True, False, False, True]
    """
    nothing = np.full(stream.time_s.shape, np.nan)
    speed = stream.columns.get("speed_mps", nothing)
    cadence = stream.columns.get("cadence_spm", nothing)
    with np.errstate(invalid="ignore"):
        goes, steps = speed >= SLOWEST.value, cadence >= FEWEST_STEPS.value
    by_cadence = np.where(np.isfinite(cadence), steps, True)
    moves = np.where(np.isfinite(speed), goes, by_cadence)
    return np.asarray(moves | steps if indoor else moves)
