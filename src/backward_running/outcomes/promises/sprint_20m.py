"""Seconds for 20 metres forward, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.uthoff2020 import BANDS
from backward_running.outcomes.base import Outcome, Timing, measured

IMPORTANT = proposed_number(
    "sprint_20m_important_s",
    0.1,
    "s",
    "A change of a 20-metre sprint matters from a tenth of a second on; no smallest important change was read.",
)
ERROR = proposed_number(
    "sprint_20m_error_s",
    0.1,
    "s",
    "A hand-stopped 20-metre sprint strays by about a tenth of a second; a usual value, not from a study.",
)
OUTCOME = Outcome(
    key="sprint_20m",
    title="Sprint: 20 metres forward",
    promise="A quicker sprint.",
    unit="s",
    better=-1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("sprint_20m"),
    evidence=(IMPORTANT.evidence, BANDS),
    lowest=2.3,
    highest=15.0,
    places=2,
    timing=Timing(
        (
            "Twenty metres of flat, dry ground, and room to slow down; warm up well.",
            "Somebody else starts at your first movement and stops when your chest crosses the line.",
            "Three tries with a full rest; type the best.",
        ),
    ),
    how="Warm, from a standing start, forward. The best of three counts.",
    warning="Only for those who sprint anyway. The trials were of boys of 13 to 16 years.",
)
