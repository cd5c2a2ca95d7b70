"""Choices that pricing a bout needs and no study makes: where walking ends, what is level, how much may lack."""

from __future__ import annotations

from typing import Final

from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import hreljac2005

FORWARD_RUN_FROM: Final = Number(
    key="forward_run_from_mps",
    value=2.0,
    unit="m s⁻¹",
    evidence=own_proposal(
        "this_project.forward_run_from",
        "Where no gait was found, forward movement from 2.0 m/s counts as running where heart rates are compared.",
    ),
)
BACKWARD_RUN_FROM: Final = Number(
    key="backward_run_from_mps",
    value=1.7,
    unit="m s⁻¹",
    evidence=own_proposal(
        "this_project.backward_run_from",
        "Where no gait was found, backward movement from 1.7 m/s counts as running for its tissues and its "
        "grade-adjusted "
        "pace: people change at 1.63±0.11 m/s.",
    ),
)
BACKWARD_WALK_SURELY: Final = Number(
    key="backward_walk_surely_mps",
    value=1.5,
    unit="m s⁻¹",
    evidence=own_proposal(
        "this_project.backward_walk_surely",
        "Where no gait was found, backward movement below 1.5 m/s is priced as walking; from there to 1.85 "
        "m/s either "
        "may be meant, and the price passes from one to the other.",
    ),
)
BACKWARD_RUN_SURELY: Final = Number(
    key="backward_run_surely_mps",
    value=1.85,
    unit="m s⁻¹",
    evidence=hreljac2005.TRANSITION,
)
LEVEL_WITHIN: Final = Number(
    key="level_within_ratio",
    value=0.01,
    unit="1",
    evidence=own_proposal(
        "this_project.level_within", "A grade within ±1 % is priced as level: a watch's height is not finer than that."
    ),
)
MAY_LACK: Final = Number(
    key="energy_may_lack_share",
    value=0.2,
    unit="1",
    evidence=own_proposal(
        "this_project.may_lack",
        "An energy of which more than 20 % of the time lies outside the measured range is called extrapolated; one "
        "read off the heart rate, a mean of adjusted speeds and the span of what has no direction are not stated where "
        "more than 20 % is missing.",
    ),
)
