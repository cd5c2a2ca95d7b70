"""What habits amount to, in quantities a runner knows: steps at a speed, and backward over forward."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from backward_running.core.habits import Habits, Trend
from backward_running.gait.person.prior import prior_of


@dataclass(frozen=True, slots=True)
class OwnRatio:
    """Backward over own forward at equal speed, as the runner's labels showed it."""

    ratio: float
    recordings: int


@dataclass(frozen=True, slots=True)
class HabitSummary:
    """What was learned of one person. Missing is None."""

    recordings: int
    forward_run_s: float  #: of running behind the line of cadence
    usual_speed_mps: float | None
    forward_cadence: tuple[tuple[float, float], ...]  #: speed in m/s and steps a minute, the slowest first
    told_backward_s: float  #: labelled by the runner
    told_forward_s: float
    backward_share: float  #: of the moving time, expected before a recording is looked at
    backward_cadence: OwnRatio | None
    backward_speed: OwnRatio | None  #: over the usual forward speed
    backward_heart_rate: OwnRatio | None
    backward_contact_time: OwnRatio | None
    backward_vertical_oscillation: OwnRatio | None


def habit_summary(habits: Habits) -> HabitSummary:
    """Return what habits amount to.

    Parameters
    ----------
    habits : Habits
        Of one person: real or simulated, not both.

    Returns
    -------
    HabitSummary
        Cadence is given at the mean running speed of the person, and at a standard deviation below and above it.
    """
    traits = habits.traits
    whole = reduce(Trend.__add__, (each.forward_run_cadence for each in traits), Trend())
    prior = prior_of(habits)
    return HabitSummary(
        recordings=len(traits),
        forward_run_s=whole.seconds_s,
        usual_speed_mps=None if prior.speed_nat is None else math.exp(prior.speed_nat),
        forward_cadence=tuple(
            (speed, float(np.exp(prior.run_cadence.at(np.array(speed))))) for speed in _typical_speeds_mps(whole)
        ),
        told_backward_s=sum(each.told_backward_s for each in traits),
        told_forward_s=sum(each.told_forward_s for each in traits),
        backward_share=prior.backward_share,
        backward_cadence=_own(each.backward_cadence_nat for each in traits),
        backward_speed=_own(each.backward_speed_nat for each in traits),
        backward_heart_rate=_own(each.backward_heart_rate_nat for each in traits),
        backward_contact_time=_own(each.backward_contact_time_nat for each in traits),
        backward_vertical_oscillation=_own(each.backward_vertical_oscillation_nat for each in traits),
    )


def _typical_speeds_mps(whole: Trend) -> tuple[float, ...]:
    if not whole.seconds_s > 0.0:
        return ()
    mean = whole.x / whole.seconds_s
    spread = math.sqrt(max(whole.xx / whole.seconds_s - mean**2, 0.0))
    return (mean,) if spread < 0.05 else (mean - spread, mean, mean + spread)


def _own(ratios_nat: Iterable[float | None]) -> OwnRatio | None:
    seen = [value for value in ratios_nat if value is not None]
    return OwnRatio(math.exp(sum(seen) / len(seen)), len(seen)) if seen else None
