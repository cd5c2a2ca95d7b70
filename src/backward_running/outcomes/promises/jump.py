"""Height of a jump, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.uthoff2020 import BANDS
from backward_running.outcomes.base import Outcome, measured

IMPORTANT = proposed_number(
    "jump_important_cm", 2.0, "cm", "A change of a jump matters from 2 cm on; no smallest important change was read."
)
ERROR = proposed_number(
    "jump_error_cm", 1.5, "cm", "A jump measured at a wall strays by about 1.5 cm; a usual value, not from a study."
)
OUTCOME = Outcome(
    key="jump",
    title="Jump",
    promise="A higher jump.",
    unit="cm",
    better=1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("jump"),
    evidence=(IMPORTANT.evidence, BANDS),
    lowest=2.0,
    highest=120.0,
    how="Warm, from both feet, hands on the hips. The best of three counts.",
    warning="Only for those who jump anyway. The trials were of boys of 13 to 15 years.",
)
