"""Enjoyment, felt and typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.outcomes.base import Outcome, measured

IMPORTANT = proposed_number(
    "enjoyment_important_count",
    1.0,
    "1",
    "A change of enjoyment matters from one point of ten on, as with pain; no study of it was read.",
)
OUTCOME = Outcome(
    key="enjoyment",
    title="Enjoyment",
    promise="Running that is more fun.",
    unit="",
    better=1,
    important=IMPORTANT,
    measurement_error=None,
    series=measured("enjoyment"),
    evidence=(IMPORTANT.evidence,),
    lowest=0.0,
    highest=10.0,
    how="How much you liked running in the last days, 0 not at all to 10 as much as you can imagine.",
    warning="Who wants it to work likes it more: nobody here is blinded.",
)
