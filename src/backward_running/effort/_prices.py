"""The price of each sample: which model answers for it, what it says, and why some have no answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray
from backward_running.effort import (
    oxygen_uptake_acsm_walk,
    oxygen_uptake_backward_run_scaled_leger_mercier,
    oxygen_uptake_backward_transition_interpolated,
    oxygen_uptake_backward_walk_williford_1998,
    oxygen_uptake_leger_mercier_1984,
    oxygen_uptake_standing_acsm,
)
from backward_running.effort._samples import IntArray, Samples
from backward_running.effort.base import BoolArray, Model
from backward_running.effort.choices import (
    BACKWARD_RUN_FROM,
    BACKWARD_RUN_SURELY,
    BACKWARD_WALK_SURELY,
    FORWARD_RUN_FROM,
)
from backward_running.effort.personal_factor import OwnFactor
from backward_running.signals.moving import SLOWEST

MODELS = (
    oxygen_uptake_standing_acsm.MODEL,
    oxygen_uptake_acsm_walk.MODEL,
    oxygen_uptake_leger_mercier_1984.MODEL,
    oxygen_uptake_backward_walk_williford_1998.MODEL,
    oxygen_uptake_backward_transition_interpolated.MODEL,
    oxygen_uptake_backward_run_scaled_leger_mercier.MODEL,
)
STANDING, FORWARD_WALK, FORWARD_RUN, BACKWARD_WALK, BACKWARD_BETWEEN, BACKWARD_RUN = range(len(MODELS))
NO_MODEL = -1
#: The same gait, forward.
FORWARD_TWIN: dict[int, Callable[..., Any]] = {
    BACKWARD_WALK: MODELS[FORWARD_WALK].best,
    BACKWARD_BETWEEN: oxygen_uptake_backward_transition_interpolated.like_forward_ml_per_kg_min,
    BACKWARD_RUN: MODELS[FORWARD_RUN].best,
}
#: What a runner's own factor changes, and the functions that take it.
OWN: dict[int, dict[str, Callable[..., Any]]] = {
    BACKWARD_BETWEEN: {
        "low": oxygen_uptake_backward_transition_interpolated.low_with_factor_ml_per_kg_min,
        "best": oxygen_uptake_backward_transition_interpolated.with_factor_ml_per_kg_min,
        "high": oxygen_uptake_backward_transition_interpolated.high_with_factor_ml_per_kg_min,
    },
    BACKWARD_RUN: dict.fromkeys(
        ("low", "best", "high"), oxygen_uptake_backward_run_scaled_leger_mercier.with_factor_ml_per_kg_min
    ),
}

NO_SPEED = "No speed was recorded here."
TOO_MUCH = "Speed and slope together ask for more oxygen than any body takes up: one of the two is wrong."
OUTSIDE = "It lies outside what was measured."
_LIMITS = tuple(limit for model in MODELS for limit in model.limits.values())
#: Why a sample has no price; 0 is the index of those that have one.
REASONS = tuple(
    dict.fromkeys(["", NO_SPEED, TOO_MUCH, OUTSIDE, *(words for one in _LIMITS for words in (one.below, one.above))])
)
MOST = NAMES["oxygen_uptake_ml_per_kg_min"].highest


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Oxygen uptake of each sample in ml kg⁻¹ min⁻¹, 0 where it has no answer; all of shape (n,)."""

    model: IntArray  #: index of the model asked, -1 for none
    reason: IntArray  #: index of the reason for having no answer, 0 where there is an answer, -1 outside travel
    best: FloatArray
    low: FloatArray
    high: FloatArray
    like_forward: FloatArray  #: the same gait, speed and grade, forward; 0 for what is not backward
    low_alike: FloatArray  #: as low and high, walkers held against walkers and runners against runners
    high_alike: FloatArray
    outside: BoolArray  #: answered, but beyond what was measured


def price(samples: Samples, athlete: Athlete, own: OwnFactor | None = None) -> Prices:
    """Ask for each sample of a bout that travels the model of its direction and gait.

    Where the runner's own factor is known, running backward is priced with it and not with that of the population.
    """
    asked = model_of(samples)
    count = len(asked)
    best, low, high, like_forward, low_alike, high_alike = (np.zeros(count) for _ in range(6))
    outside, reason = np.zeros(count, dtype=bool), np.full(count, -1, dtype=np.intp)
    reason[_travels(samples) & ~np.isfinite(samples.speed_mps)] = REASONS.index(NO_SPEED)
    for index, model in enumerate(MODELS):
        at = np.flatnonzero(asked == index)
        if not len(at):
            continue
        reason[at] = _why_not(model, samples, at)
        at = at[reason[at] == 0]
        uptake = _uptake(index, "best", samples, at, athlete, own)
        # A box of measured speeds and measured grades has corners that no body reaches: there the height is at fault.
        reason[at[uptake > MOST]] = REASONS.index(TOO_MUCH)
        at, uptake = at[uptake <= MOST], uptake[uptake <= MOST]
        best[at] = uptake
        low[at] = _uptake(index, "low", samples, at, athlete, own)
        high[at] = _uptake(index, "high", samples, at, athlete, own)
        outside[at] = ~model.inside(**_where(samples, at))
        if index in FORWARD_TWIN:
            like_forward[at] = FORWARD_TWIN[index](**_where(samples, at))
        low_alike[at], high_alike[at] = low[at], high[at]
        if index == BACKWARD_BETWEEN:
            low_alike[at], high_alike[at] = _alike(samples, at, own)
    return Prices(asked, reason, best, low, high, like_forward, low_alike, high_alike, outside)


def _alike(samples: Samples, at: IntArray, own: OwnFactor | None) -> tuple[FloatArray, FloatArray]:
    run = oxygen_uptake_backward_run_scaled_leger_mercier
    low, high = run.FACTOR_LOW.value, run.FACTOR_HIGH.value
    if own is not None and own.enough:
        low, high = own.low_ratio, own.high_ratio
    return oxygen_uptake_backward_transition_interpolated.alike_ml_per_kg_min(low, high, **_where(samples, at))


def model_of(samples: Samples) -> IntArray:
    """Choose the model of each sample.

    Standing is priced as standing in every bout. Backward the speed alone decides between walking and running,
    because no study has measured backward running below the speed at which people begin to run; where either may be
    meant the price lies between the two.
    """
    backward = _per_sample(samples, [one.direction is Direction.BACKWARD for one in samples.bouts])
    ran = _per_sample(samples, [one.gait is Gait.RUN for one in samples.bouts])
    gait_open = _per_sample(samples, [one.gait is None for one in samples.bouts])
    speed = np.where(np.isfinite(samples.speed_mps), samples.speed_mps, 0.0)
    forward_model = np.where(np.where(gait_open, speed >= FORWARD_RUN_FROM.value, ran), FORWARD_RUN, FORWARD_WALK)
    moving_model = np.where(backward, backward_model_of(speed, samples.grade_ratio), forward_model)
    model = np.where(speed < SLOWEST.value, STANDING, moving_model)
    return np.where(_travels(samples) & np.isfinite(samples.speed_mps), model, NO_MODEL)


def backward_model_of(speed_mps: FloatArray, grade_ratio: FloatArray) -> IntArray:
    """Choose the model of backward movement: walk below 1.5 m/s, run from 1.85 m/s, between them either.

    Steeper than 10 %, where walking was not measured, running is priced from 1.7 m/s.
    """
    steep = grade_ratio > oxygen_uptake_backward_transition_interpolated.LIMITS["grade_ratio"].highest
    run_from = np.where(steep, BACKWARD_RUN_FROM.value, BACKWARD_RUN_SURELY.value)
    slow = np.where(steep, BACKWARD_RUN_FROM.value, BACKWARD_WALK_SURELY.value)
    between = np.where(speed_mps < slow, BACKWARD_WALK, BACKWARD_BETWEEN)
    return np.where(speed_mps >= run_from, BACKWARD_RUN, between).astype(np.intp, copy=False)


def _travels(samples: Samples) -> BoolArray:
    ways = (Direction.FORWARD, Direction.BACKWARD)
    return _per_sample(samples, [one.direction in ways for one in samples.bouts])


def _per_sample(samples: Samples, per_bout: list[bool]) -> BoolArray:
    """Spread a yes or no of each bout over its samples; no where a sample has no bout."""
    return np.array([*per_bout, False])[samples.bout]


def _where(samples: Samples, at: IntArray) -> dict[str, FloatArray]:
    return {"speed_mps": samples.speed_mps[at], "grade_ratio": samples.grade_ratio[at]}


def _why_not(model: Model, samples: Samples, at: IntArray) -> IntArray:
    """Return the index of the first limit that is broken, 0 where the model answers."""
    where = _where(samples, at)
    refused = np.broadcast_to(model.refused(**where), at.shape)
    why = np.where(refused, REASONS.index(OUTSIDE), 0)
    if refused.any():
        for name, limit in reversed(list(model.limits.items())):
            why[where[name] < limit.lowest] = REASONS.index(limit.below)
            why[where[name] > limit.highest] = REASONS.index(limit.above)
    return why


def _uptake(
    index: int,
    which: Literal["low", "best", "high"],
    samples: Samples,
    at: IntArray,
    athlete: Athlete,
    own: OwnFactor | None,
) -> FloatArray:
    model = MODELS[index]
    take: Callable[..., Any] = getattr(model, which)
    if index == STANDING:
        return np.full(at.shape, float(take()))
    where: dict[str, Any] = dict(_where(samples, at))
    if index in OWN:
        if own is not None and own.enough:
            return _own_uptake(index, which, where, own)
        where["backward_experience_min"] = athlete.backward_experience_min
    return np.asarray(take(**where), dtype=float)


def _own_uptake(index: int, which: Literal["low", "best", "high"], where: dict[str, Any], own: OwnFactor) -> FloatArray:
    factor = {"low": own.low_ratio, "best": own.best_ratio, "high": own.high_ratio}[which]
    return np.asarray(OWN[index][which](factor=factor, **where), dtype=float)
