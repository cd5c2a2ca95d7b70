"""Steady running: where the heart has had time to settle, summed per direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from backward_running.core.arrays import BoolArray, IndexArray
from backward_running.core.direction import Direction
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.core.session import SAID, Bout
from backward_running.effort import cost_minetti_2002
from backward_running.effort import oxygen_uptake_backward_run_scaled_leger_mercier as backward_run
from backward_running.effort._samples import Samples, samples_of
from backward_running.effort.choices import FORWARD_RUN_FROM
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import FASTEST, net_level_ml_per_kg_min
from backward_running.evidence import Number, own_proposal

SETTLED: Final = Number(
    "steady_after_s",
    90.0,
    "s",
    own_proposal(
        "this_project.steady_after",
        "The heart has settled 90 s after a runner has begun to run one way: three of its lags.",
    ),
)
HOLE: Final = Number(
    "steady_hole_s",
    10.0,
    "s",
    own_proposal(
        "this_project.steady_hole", "Up to ten seconds too slow, too steep or unrecorded do not begin the running anew."
    ),
)
FLAT: Final = Number(
    "steady_flat_ratio",
    0.03,
    "1",
    own_proposal("this_project.steady_flat", "Heart rates are compared where it rises 3 % at most."),
)
BELIEVED: Final = Number(
    "steady_believed_share",
    0.9,
    "1",
    own_proposal(
        "this_project.steady_believed",
        "Of directions that were found, those of 90 % and more teach what the heart does.",
    ),
)
NEITHER, FORWARD, BACKWARD = range(3)


def pulse_of(recording: Recording, working: Stream | None, bouts: Sequence[Bout]) -> Pulse | None:
    """Sum the heart rate of steady running, forward and backward.

    Parameters
    ----------
    recording : Recording
        On foot or not: only what lies in bouts with a direction counts.
    working : Stream or None
        Its working stream, with ``speed_mps``, ``heart_rate_bpm`` and where known ``grade_ratio``.
    bouts : sequence of Bout
        As they stand, painted by the runner. What stands on their word on a whole recording counts forward, where it
        is the most likely anyway; backward it does not: a warm-up forward would be taken for it.

    Returns
    -------
    Pulse or None
        None where there is no heart rate, no speed, or nothing steady.
    """
    if working is None or not working.has("heart_rate_bpm") or not recording.on_foot:
        return None
    samples = samples_of(working, bouts, recording.pauses)
    if samples is None:
        return None
    heart_rate_bpm = working.columns["heart_rate_bpm"]
    way = way_of(samples)
    entry = NAMES["heart_rate_bpm"]
    with np.errstate(invalid="ignore"):
        counts = (heart_rate_bpm > entry.lowest) & (heart_rate_bpm < entry.highest)
    counts &= settled_s(way, working.time_s) >= SETTLED.value
    forward, backward = (
        _sums(samples, heart_rate_bpm, working.time_s, counts & (way == direction)) for direction in (FORWARD, BACKWARD)
    )
    if not forward.seconds_s + backward.seconds_s > 0.0:
        return None
    return Pulse(recording.activity_id, recording.started_at, recording.simulated, forward, backward)


def way_of(samples: Samples) -> IndexArray:
    """Say of each sample whether it is running on the flat, forward or backward, at a speed that was measured."""
    told = [_is_believed(bout) for bout in samples.bouts]
    ways = {Direction.FORWARD: FORWARD, Direction.BACKWARD: BACKWARD}
    per_bout = [
        ways.get(bout.direction, NEITHER) if sure else NEITHER for bout, sure in zip(samples.bouts, told, strict=True)
    ]
    way = np.array([*per_bout, NEITHER], dtype=np.intp)[samples.bout]
    speed, grade = samples.speed_mps, samples.grade_ratio
    with np.errstate(invalid="ignore"):
        forward = (speed >= FORWARD_RUN_FROM.value) & (speed <= FASTEST.value) & (np.abs(grade) <= FLAT.value)
        backward = (speed >= backward_run.MEASURED_FROM.value) & (speed <= backward_run.FASTEST.value)
    backward &= (grade >= 0.0) & (grade <= FLAT.value)
    runs = np.where(way == FORWARD, forward, (way == BACKWARD) & backward)
    return np.where(runs, way, NEITHER)


def _is_believed(bout: Bout) -> bool:
    """Whether a direction is sure enough to be learned from."""
    if bout.found_by == SAID:
        return bout.direction is Direction.FORWARD
    if bout.probability_share is None:
        return True
    return bout.probability_share >= BELIEVED.value


def settled_s(way: IndexArray, time_s: FloatArray) -> FloatArray:
    """Return how long each sample has been run one way; short holes do not begin it anew, and pauses do."""
    if not len(way):
        return np.zeros(0)
    filled = _filled(way, time_s)
    begins = np.ones(len(way), dtype=bool)
    begins[1:] = (filled[1:] != filled[:-1]) | (np.diff(time_s) > HOLE.value)
    start_s = time_s[np.flatnonzero(begins)][np.cumsum(begins) - 1]
    return np.where(filled == NEITHER, 0.0, time_s - start_s)


def _filled(way: IndexArray, time_s: FloatArray) -> IndexArray:
    """Close holes of up to ten seconds between two stretches of the same way."""
    edges = np.flatnonzero(np.diff(way)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(way)]])
    kind = way[starts]
    inner = np.arange(1, len(kind) - 1)
    short = time_s[ends[inner]] - time_s[starts[inner] - 1] <= HOLE.value + 1.0
    close = inner[(kind[inner] == NEITHER) & (kind[inner - 1] == kind[inner + 1]) & short]
    kind = kind.copy()
    kind[close] = kind[close - 1]
    return np.repeat(kind, ends - starts)


def _sums(samples: Samples, heart_rate_bpm: FloatArray, time_s: FloatArray, chosen: BoolArray) -> Heartbeats:
    """Sum the chosen samples; a ten-second hole in the clock counts as one sample."""
    seconds = samples.duration_s[chosen]
    slope = cost_minetti_2002.slope_factor(samples.grade_ratio[chosen])
    demand = net_level_ml_per_kg_min(samples.speed_mps[chosen]) * slope
    return Heartbeats(
        float(seconds.sum()),
        float((heart_rate_bpm[chosen] * seconds).sum()),
        float((demand * seconds).sum()),
        float(((time_s[chosen] - time_s[0]) * seconds).sum()) if len(time_s) else 0.0,
    )
