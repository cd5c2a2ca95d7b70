"""Pain by site, from check-ins."""

from __future__ import annotations

from datetime import date

from backward_running.evidence import Number
from backward_running.evidence.studies.castro2025 import PAIN
from backward_running.evidence.studies.salaffi2004 import CHANGE
from backward_running.outcomes.base import Effect, Outcome, Reading, Told

IMPORTANT = Number("pain_important_nrs", 1.0, "1", CHANGE)
KNEES = ("knee", "left knee", "right knee", "left front of knee", "right front of knee")


def series(told: Told) -> tuple[Reading, ...]:
    """Return the worst pain that was told of a site on each day. A day on which nothing was told has none."""
    worst: dict[date, float] = {}
    for check_in in told.check_ins:
        pain = check_in.pain_nrs.get(told.site or "")
        if pain is not None:
            on = check_in.on or check_in.made_at.date()
            worst[on] = max(pain, worst.get(on, pain))
    return tuple(Reading(on, worst[on]) for on in sorted(worst))


OUTCOME = Outcome(
    key="pain",
    title="Pain",
    promise="Less pain.",
    unit="",
    better=-1,
    important=IMPORTANT,
    measurement_error=None,
    series=series,
    evidence=(CHANGE, PAIN),
    lowest=0.0,
    highest=10.0,
    is_typed=False,
    by_site=True,
    studies=(Effect(-1.12, -1.61, -0.62, PAIN, KNEES),),
    how="From your check-ins; 0 is no pain. Tell a day without pain too: silence is not 0.",
    warning="The studies are of knee osteoarthritis and backward walking, with low certainty.",
)
