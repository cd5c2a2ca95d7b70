"""Body mass, typed or told in a check-in."""

from __future__ import annotations

from backward_running.core.names import NAMES
from backward_running.evidence import proposed_number
from backward_running.evidence.studies.terblanche2005 import BODY
from backward_running.evidence.studies.this_project import EXTRA_WEIGHT
from backward_running.outcomes.base import Outcome, Reading, Told, measured

IMPORTANT = proposed_number(
    "weight_important_kg",
    1.0,
    "kg",
    "A change of weight matters from one kilogram on: less comes and goes within a week; no study of it was read.",
)
ERROR = proposed_number(
    "weight_error_kg",
    0.5,
    "kg",
    "Weight swings by about half a kilogram from day to day with water and food; a usual value, not from a study.",
)


def series(told: Told) -> tuple[Reading, ...]:
    """Return what was typed as a weight, and what check-ins say."""
    said = [
        Reading(check_in.on or check_in.made_at.date(), check_in.mass_kg)
        for check_in in told.check_ins
        if check_in.mass_kg is not None
    ]
    return tuple(sorted((*measured("weight")(told), *said), key=lambda reading: reading.on))


OUTCOME = Outcome(
    key="weight",
    title="Weight",
    promise="The article promises an extra 2.5 % of your body weight in six weeks. Its own source does not say so.",
    unit="kg",
    better=-1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=series,
    evidence=(IMPORTANT.evidence, BODY, EXTRA_WEIGHT),
    lowest=NAMES["mass_kg"].lowest,
    highest=NAMES["mass_kg"].highest,
    is_mass=True,
    has_device=True,
    is_claim_false=True,
    how="The same scale, in the morning, before eating and drinking.",
    warning="Less is taken for better here. If you should not lose weight, this page is not for you.",
)
