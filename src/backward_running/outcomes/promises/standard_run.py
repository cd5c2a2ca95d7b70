"""Heart rate after five minutes at the same speed, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.outcomes.base import Outcome, Timing, measured

IMPORTANT = proposed_number(
    "standard_run_important_bpm",
    4.0,
    "min⁻¹",
    "A change of the heart rate of a standard run matters from 4 beats on; no study of it was read.",
)
ERROR = proposed_number(
    "standard_run_error_bpm",
    3.0,
    "min⁻¹",
    "The heart rate at a fixed speed moves by about 3 beats from day to day; a usual value, not from a study.",
)
LASTS = proposed_number(
    "standard_run_lasts_s", 300.0, "s", "A standard run lasts five minutes: the heart rate has settled by then."
)
OUTCOME = Outcome(
    key="standard_run",
    title="Standard run",
    promise="An easier run: fewer beats at the same speed.",
    unit="bpm",
    better=-1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("standard_run"),
    evidence=(IMPORTANT.evidence, ERROR.evidence, LASTS.evidence),
    lowest=60.0,
    highest=220.0,
    places=0,
    timing=Timing(
        (
            "The same ground, shoes, hour and speed as the last time; warm up for ten minutes.",
            "Start when you run at that speed, and hold it until it ends.",
            "Read the heart rate in the last seconds, before you slow down.",
        ),
        limit_s=LASTS.value,
        is_down=True,
        is_result=False,
    ),
    how="Run forward for 5 minutes at the same easy speed, on the same ground; write down the heart rate at the end.",
    warning="Not on a day with pain, fever or a stop. With a beta blocker it says nothing.",
)
