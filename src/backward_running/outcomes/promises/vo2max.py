"""Maximal oxygen uptake as a watch or a laboratory states it, typed."""

from __future__ import annotations

from backward_running.core.names import NAMES
from backward_running.evidence import own_proposal, proposed_number
from backward_running.outcomes.base import Outcome, measured

VO2MAX = own_proposal(
    "this_project.vo2max_of_a_watch",
    "A watch that does not tell the directions apart takes a backward run for a slow forward one with a high pulse.",
)
IMPORTANT = proposed_number(
    "vo2max_important_ml_per_kg_min",
    2.0,
    "ml kg⁻¹ min⁻¹",
    "A change of VO2max matters from 2 ml/kg/min on; no study of it was read.",
)
ERROR = proposed_number(
    "vo2max_error_ml_per_kg_min",
    3.0,
    "ml kg⁻¹ min⁻¹",
    "A watch guesses VO2max within some 3 ml/kg/min; a usual value, not from a study.",
)
OUTCOME = Outcome(
    key="vo2max",
    title="VO2max",
    promise="More oxygen at the most.",
    unit="ml/kg/min",
    better=1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("vo2max"),
    evidence=(IMPORTANT.evidence, VO2MAX),
    lowest=NAMES["maximal_oxygen_uptake_ml_per_kg_min"].lowest,
    highest=NAMES["maximal_oxygen_uptake_ml_per_kg_min"].highest,
    has_device=True,
    how="As your watch or a laboratory states it; always the same device.",
    warning="A watch takes your backward kilometres for slow forward ones, and then guesses too low.",
)
