"""Standing or moving, walking or running, from speed and cadence. It carries nothing about the direction."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, Opinion, Role, State
from backward_running.gait.segment.time_base import cell_means
from backward_running.gait.steps.walk_or_run import (
    BACKWARD_TRANSITION,
    FORWARD_TRANSITION,
    RUNNING_CADENCE,
    STEPPING_ABOVE,
    STILL_BELOW,
    backward_run_nat,
    forward_run_nat,
    kept_to_gait,
)

STRONGEST = proposed_number(
    "stillness_strongest_nat",
    3.5,
    "nat",
    "One second of standing speaks at most 33 to 1, so that less than about five seconds never cut a bout.",
)


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Return how speed and cadence speak for still against moving and walk against run; never for a direction.

    Parameters
    ----------
    recording : Recording
        Its first stream with a speed or a cadence is read.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        ``speaks`` is False throughout; None where neither speed nor cadence is there.

    Valid for
    ---------
    People on foot; between 1.63 and 2 m/s a speed alone says nothing of the gait.
    """
    stream = recording.stream_with("speed_mps") or recording.stream_with("cadence_spm")
    if stream is None:
        return None
    speed, cadence = _cells(stream, "speed_mps", time_s), _cells(stream, "cadence_spm", time_s)
    log_likelihood = np.zeros((len(time_s), len(State)))
    log_likelihood[:, State.STILL] = _still(speed, cadence, indoor=recording.indoor)
    forward = _forward_runs(speed, cadence)
    backward = _zero_where_unknown(backward_run_nat(speed))
    # The better of walk and run stays at zero, so that no direction gains by having a clear gait.
    log_likelihood[:, State.FORWARD_WALK] = -np.maximum(forward, 0.0)
    log_likelihood[:, State.FORWARD_RUN] = np.minimum(forward, 0.0)
    log_likelihood[:, State.BACKWARD_WALK] = -np.maximum(backward, 0.0)
    log_likelihood[:, State.BACKWARD_RUN] = np.minimum(backward, 0.0)
    return Opinion(DETECTOR.key, log_likelihood, np.zeros(len(time_s), dtype=bool))


def _cells(stream: Stream, name: str, time_s: FloatArray) -> FloatArray:
    if name not in stream.columns:
        return np.full(time_s.shape, np.nan)
    return cell_means(stream.time_s, stream.columns[name], time_s)


def _still(speed: FloatArray, cadence: FloatArray, *, indoor: bool) -> FloatArray:
    """Log-odds of standing against moving; 0 where nothing is known."""
    odds = (STILL_BELOW.value - speed) / 0.1
    silent = ~np.isfinite(speed)
    if silent.any():
        odds[silent] = (STEPPING_ABOVE.value - cadence[silent]) / 10.0
    if indoor:
        with np.errstate(invalid="ignore"):
            odds = np.where(cadence >= STEPPING_ABOVE.value, -STRONGEST.value, odds)
    return np.minimum(np.maximum(_zero_where_unknown(odds), -STRONGEST.value), STRONGEST.value)


def _forward_runs(speed: FloatArray, cadence: FloatArray) -> FloatArray:
    """Log-odds of running against walking if they go forward."""
    stepping = np.where(cadence >= STEPPING_ABOVE.value, cadence, np.nan)
    by_cadence = kept_to_gait((stepping - RUNNING_CADENCE.value) / 8.0)
    return kept_to_gait(_zero_where_unknown(forward_run_nat(speed)) + _zero_where_unknown(by_cadence))


def _zero_where_unknown(odds_nat: FloatArray) -> FloatArray:
    odds_nat[np.isnan(odds_nat)] = 0.0
    return odds_nat


DETECTOR = Detector(
    key="speed_and_cadence",
    title="speed, cadence and pauses",
    explains="Tells standing from moving and walking from running. It says nothing about the direction.",
    version="1",
    needs=("speed_mps", "cadence_spm"),
    uses_mount=False,
    judge=judge,
    evidence=(BACKWARD_TRANSITION.evidence, FORWARD_TRANSITION.evidence, STILL_BELOW.evidence),
    role=Role.MOTION,
)
