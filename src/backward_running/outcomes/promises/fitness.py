"""Forward speed at a heart rate, from recorded runs."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.outcomes.base import Outcome, Reading, Told

AT = proposed_number(
    "fitness_at_reserve_ratio",
    0.7,
    "1",
    "Speeds are compared at 70 % of the heart rate reserve, an easy run for most.",
)
LEAST_S = proposed_number(
    "fitness_least_forward_s", 600.0, "s", "A run counts from ten minutes forward with a heart rate on."
)
SLOWEST = proposed_number(
    "fitness_least_reserve_ratio", 0.4, "1", "Below 40 % of the reserve speed says little of the heart."
)
IMPORTANT = proposed_number(
    "fitness_important_mps",
    0.1,
    "m s⁻¹",
    "A change of speed at the same heart rate matters from 0.1 m/s on, some 12 seconds a kilometre at an easy pace.",
)
ERROR = proposed_number(
    "fitness_error_mps",
    0.1,
    "m s⁻¹",
    "Heat, sleep, hills and a wrist sensor move the speed at a heart rate by about 0.1 m/s from run to run; a guess.",
)


def series(told: Told) -> tuple[Reading, ...]:
    """Return the speed at 70 % of the reserve of each run: in proportion to the share it was run at."""
    return tuple(
        Reading(run.on, run.forward_mps * AT.value / run.reserve_ratio)
        for run in told.runs
        if run.forward_mps is not None
        and run.reserve_ratio is not None
        and run.reserve_ratio >= SLOWEST.value
        and run.forward_s >= LEAST_S.value
    )


OUTCOME = Outcome(
    key="fitness",
    title="Fitness",
    promise="More endurance: faster forward at the same heart rate.",
    unit="m/s",
    better=1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=series,
    evidence=(IMPORTANT.evidence, AT.evidence),
    lowest=0.5,
    highest=8.0,
    is_typed=False,
    places=2,
    how="From forward stretches of recorded runs with a heart rate; nothing is typed.",
    warning="Hills, heat and a wrist sensor that counts steps instead of beats move it; such runs weigh less.",
)
