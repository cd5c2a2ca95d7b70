"""Variety, felt and typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.outcomes.base import Outcome, measured

IMPORTANT = proposed_number(
    "variety_important_count",
    1.0,
    "1",
    "A change of variety matters from one point of ten on, as with pain; no study of it was read.",
)
OUTCOME = Outcome(
    key="variety",
    title="Variety",
    promise="Running with more variety.",
    unit="",
    better=1,
    important=IMPORTANT,
    measurement_error=None,
    series=measured("variety"),
    evidence=(IMPORTANT.evidence,),
    lowest=0.0,
    highest=10.0,
    how="How varied your running felt in the last days, 0 always the same to 10 always different.",
    warning="Who wants it to work likes it more: nobody here is blinded.",
)
