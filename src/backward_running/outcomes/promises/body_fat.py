"""Percentage of body fat, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.kachanathu2014 import BODY as NO_CHANGE
from backward_running.evidence.studies.terblanche2005 import BODY
from backward_running.outcomes.base import Effect, Outcome, measured

IMPORTANT = proposed_number(
    "body_fat_important_percent",
    1.5,
    "%",
    "A change of body fat matters from one and a half percentage points on; no study of who notices it was read.",
)
ERROR = proposed_number(
    "body_fat_error_percent",
    1.0,
    "%",
    "A scale that measures fat by a current strays by about one percentage point from day to day; not from a study.",
)
OUTCOME = Outcome(
    key="body_fat",
    title="Body fat",
    promise="Less body fat.",
    unit="%",
    better=-1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("body_fat"),
    evidence=(IMPORTANT.evidence, BODY, NO_CHANGE),
    lowest=3.0,
    highest=70.0,
    has_device=True,
    studies=(Effect(-2.4, None, None, BODY),),
    how="The same scale or caliper, in the morning, before eating.",
    warning="Scales measure water more than fat; the study measured young women beside controls who did not train.",
)
