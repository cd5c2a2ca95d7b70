"""How far somebody reaches past the toes, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.whitley2011 import HAMSTRING
from backward_running.outcomes.base import Outcome, Timing, measured

IMPORTANT = proposed_number(
    "sit_and_reach_important_cm",
    2.0,
    "cm",
    "A change of sit and reach matters from 2 cm on; no smallest important change was read.",
)
ERROR = proposed_number(
    "sit_and_reach_error_cm",
    1.5,
    "cm",
    "Sit and reach strays by about 1.5 cm from day to day; a usual value, not from a study.",
)
OUTCOME = Outcome(
    key="sit_and_reach",
    title="Flexibility: sit and reach",
    promise="Suppler hamstrings.",
    unit="cm",
    better=1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("sit_and_reach"),
    evidence=(IMPORTANT.evidence, HAMSTRING),
    lowest=-40.0,
    highest=40.0,
    timing=Timing(
        (
            "Warm up for five minutes. Sit on the floor, shoes off, legs straight, soles against a box or a wall.",
            "Reach forward slowly with both hands; nobody pulls or presses.",
            "Start when you are as far as you get, and hold it until it ends.",
            "Measure from the toes to the fingertips: plus past them, minus before them. The best of three counts.",
        ),
        limit_s=2.0,
        is_down=True,
        is_result=False,
    ),
    how="Warm, legs straight, slowly forward: centimetres past the toes, minus before them. The best of three counts.",
    warning="Not with back pain that runs down a leg.",
)
