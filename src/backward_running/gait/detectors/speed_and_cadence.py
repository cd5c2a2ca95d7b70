"""Standing or moving, walking or running, from speed and cadence. It carries nothing about the direction."""

from __future__ import annotations

import numpy as np

from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.hreljac2005 import STUDY as HRELJAC_2005
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.gait._proposal import proposal
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.segment.time_base import cell_means

BACKWARD_TRANSITION = Number(
    "backward_walk_run_transition_mps",
    1.63,
    "m s⁻¹",
    Evidence(
        "hreljac2005.transition",
        "Twelve people going backward changed from walking to running at 1.63 ± 0.11 m/s; "
        "running became cheaper than walking at 1.85 ± 0.09 m/s.",
        HRELJAC_2005,
        Standing.SINGLE_STUDY,
        Tag.READ,
    ),
    low=1.52,
    high=1.74,
)
BACKWARD_WALK_BELOW = proposal(
    "backward_walk_below_mps",
    1.5,
    "m s⁻¹",
    "Going backward slower than 1.5 m/s is taken for walking, a little below the measured change.",
)
BACKWARD_RUN_ABOVE = proposal(
    "backward_run_above_mps",
    1.85,
    "m s⁻¹",
    "Going backward faster than 1.85 m/s is taken for running; in between it may be either and no gait is stated.",
)
FORWARD_TRANSITION = Number(
    "forward_walk_run_transition_mps",
    2.0,
    "m s⁻¹",
    Evidence(
        "gait.forward_transition",
        "Adults going forward change from walking to running at about 2 m/s.",
        THIS_PROJECT,
        Standing.OPINION,
        Tag.MEMORY,
    ),
)
RUNNING_CADENCE = proposal(
    "running_cadence_spm",
    140.0,
    "min⁻¹",
    "Forward, more than 140 steps a minute speaks for running, fewer for walking.",
)
STILL_BELOW = proposal("still_below_mps", 0.4, "m s⁻¹", "Slower than 0.4 m/s for some five seconds is standing still.")
STEPPING_ABOVE = proposal(
    "stepping_above_spm", 60.0, "min⁻¹", "At 60 steps a minute and more a treadmill that says zero is not believed."
)
STRONGEST = proposal(
    "stillness_strongest_nat",
    3.5,
    "nat",
    "One second of standing speaks at most 33 to 1, so that less than about five seconds never cut a bout.",
)
STRONGEST_GAIT = 3.0  #: natural logarithm of 20 to 1: the most one second may say about walk against run


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
    """
    stream = recording.stream_with("speed_mps") or recording.stream_with("cadence_spm")
    if stream is None:
        return None
    speed, cadence = _cells(stream, "speed_mps", time_s), _cells(stream, "cadence_spm", time_s)
    log_likelihood = np.zeros((len(time_s), len(State)))
    log_likelihood[:, State.STILL] = _still(speed, cadence, indoor=recording.indoor)
    forward = _forward_runs(speed, cadence)
    backward = _backward_runs(speed)
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
    by_speed = _kept_to_gait((speed - FORWARD_TRANSITION.value) / 0.2)
    stepping = np.where(cadence >= STEPPING_ABOVE.value, cadence, np.nan)
    by_cadence = _kept_to_gait((stepping - RUNNING_CADENCE.value) / 8.0)
    return _kept_to_gait(_zero_where_unknown(by_speed) + _zero_where_unknown(by_cadence))


def _backward_runs(speed: FloatArray) -> FloatArray:
    """Log-odds of running against walking if they go backward: nothing between the two thresholds."""
    below = np.minimum((speed - BACKWARD_WALK_BELOW.value) / 0.1, 0.0)
    above = np.maximum((speed - BACKWARD_RUN_ABOVE.value) / 0.1, 0.0)
    return _kept_to_gait(_zero_where_unknown(below + above))


def _zero_where_unknown(odds_nat: FloatArray) -> FloatArray:
    odds_nat[np.isnan(odds_nat)] = 0.0
    return odds_nat


def _kept_to_gait(odds_nat: FloatArray) -> FloatArray:
    return np.minimum(np.maximum(odds_nat, -STRONGEST_GAIT), STRONGEST_GAIT)


DETECTOR = Detector(
    key="speed_and_cadence",
    title="speed, cadence and pauses",
    explains="Tells standing from moving and walking from running. It says nothing about the direction.",
    version="1",
    needs=("speed_mps", "cadence_spm"),
    uses_mount=False,
    judge=judge,
    evidence=(BACKWARD_TRANSITION.evidence, FORWARD_TRANSITION.evidence, STILL_BELOW.evidence),
)
