"""The detector: which end of the shoe went first, as the companion tapped it."""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import Recording
from backward_running.evidence import Number
from backward_running.gait import Detector, Opinion, State
from backward_running_tally.study import COMPANION

RIGHT = Number("companion_right_share", 0.95, "1", COMPANION)
SEEN = {"toes first": Direction.FORWARD, "heels first": Direction.BACKWARD}


def judge(recording: Recording, time_s: np.ndarray) -> Opinion | None:
    """Return what the companion saw; None where nobody tapped."""
    taps = [(mark.time_s, SEEN[mark.text]) for mark in recording.marks if mark.text in SEEN]
    if not taps:
        return None
    log_likelihood = np.zeros((len(time_s), len(State)))
    speaks = np.zeros(len(time_s), dtype=bool)
    for at_s, way in taps:
        log_likelihood[time_s >= at_s] = _row(way)
        speaks[time_s >= at_s] = True
    return Opinion(DETECTOR.key, log_likelihood, speaks)


def _row(way: Direction) -> list[float]:
    """Return what one tap says of each state: nothing of walk against run, and nothing of standing."""
    wrong = math.log((1.0 - RIGHT.value) / RIGHT.value)
    return [0.0 if state is State.STILL or state.direction is way else wrong for state in State]


DETECTOR = Detector(
    key="companion_tally",
    title="a companion's tally",
    explains="Believes a companion who tapped which end of your shoe went first.",
    version="1",
    needs=("marks",),
    uses_mount=False,
    judge=judge,
    evidence=(COMPANION,),
)
