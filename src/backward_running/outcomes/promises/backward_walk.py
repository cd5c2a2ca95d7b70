"""Seconds for three metres backward, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.balance_review import BALANCE
from backward_running.outcomes.base import Outcome, Timing, measured

IMPORTANT = proposed_number(
    "backward_walk_important_s",
    0.5,
    "s",
    "A change of the 3-metre backward walk matters from half a second on; no smallest important change was read.",
)
ERROR = proposed_number(
    "backward_walk_error_s",
    0.4,
    "s",
    "A hand-stopped 3-metre walk strays by about 0.4 s; a usual value, until your own repeats replace it.",
)
OUTCOME = Outcome(
    key="backward_walk",
    title="Balance: 3-metre backward walk",
    promise="Better balance.",
    unit="s",
    better=-1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("backward_walk"),
    evidence=(IMPORTANT.evidence, BALANCE),
    lowest=0.8,
    highest=60.0,
    places=2,
    timing=Timing(
        (
            "Mark three metres on a clear floor, with a metre free behind the second mark.",
            "Stand with your heels on the first mark, somebody beside you who can hold you.",
            "Start with the first step; stop when both heels are over the second mark.",
            "Three tries; type the middle one.",
        ),
    ),
    how="Walk 3 metres backward as quickly as you can do it steadily, somebody beside you who can hold you.",
    warning="A clear floor, shoes on, never alone from 65 on or after a fall.",
)
