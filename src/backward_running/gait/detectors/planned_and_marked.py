"""What was planned and marked: steps of the workout, names of laps, marks. A strong prior, not the truth."""

from __future__ import annotations

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Recording
from backward_running.gait.base import Detector, Opinion, Role
from backward_running.gait.labels.claims import FASTEST_BACKWARD, IMPLIED, NAMED, claimed


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Return what was stated, where speed and step length do not contradict it.

    Parameters
    ----------
    recording : Recording
        With laps, steps or marks; its speed and cadence may contradict them.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None where nothing is stated.

    Valid for
    ---------
    Names in the languages runners write (:mod:`backward_running.gait.labels.direction_words`).

    Notes
    -----
    See :mod:`backward_running.gait.labels.claims`.
    """
    found = claimed(recording, time_s)
    if found is None:
        return None
    return Opinion(DETECTOR.key, found.log_likelihood, found.is_claimed, statement=found.statement)


DETECTOR = Detector(
    key="planned_and_marked",
    title="workout steps, laps and marks",
    explains="Reads the names of workout steps, laps and marks, and believes them where speed and cadence allow it.",
    version="1",
    needs=("laps", "steps", "marks"),
    uses_mount=False,
    judge=judge,
    evidence=(NAMED.evidence, IMPLIED.evidence, FASTEST_BACKWARD.evidence),
    role=Role.STATED,
)
