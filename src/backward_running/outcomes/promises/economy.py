"""Oxygen cost of forward running, where a laboratory measured it, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.evidence.studies.ordway2016 import BODY
from backward_running.outcomes.base import Outcome, measured

IMPORTANT = proposed_number(
    "economy_important_ml_per_kg_km",
    4.0,
    "ml kg⁻¹ km⁻¹",
    "A change of running economy matters from some 2 %, 4 ml/kg/km, on; no study of it was read.",
)
OUTCOME = Outcome(
    key="economy",
    title="Forward economy",
    promise="Less oxygen for a kilometre forward.",
    unit="ml/kg/km",
    better=-1,
    important=IMPORTANT,
    measurement_error=None,
    series=measured("economy"),
    evidence=(IMPORTANT.evidence, BODY),
    lowest=120.0,
    highest=400.0,
    how="From a laboratory or a metabolic cart, always at the same speed.",
    warning="The study found 2.54 % in 8 trained men and had no control group.",
)
