"""The price of each sample: which model answers for it, what it says, and why some have no answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.counting import counted
from backward_running.core.direction import Direction, Gait
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing
from backward_running.effort._registry import Regime, models_of_regimes
from backward_running.effort._samples import IntArray, Samples
from backward_running.effort.base import BoolArray, Model
from backward_running.effort.choices import (
    BACKWARD_RUN_FROM,
    BACKWARD_RUN_SURELY,
    BACKWARD_WALK_SURELY,
    FORWARD_RUN_FROM,
)
from backward_running.effort.oxygen_uptake_backward_transition_interpolated import blend
from backward_running.effort.oxygen_uptake_backward_walk_williford_1998 import STEEPEST as STEEPEST_WALK
from backward_running.effort.personal_factor import OwnFactor
from backward_running.signals.moving import SLOWEST

NO_REGIME: Final = -1
BACKWARD: Final = (Regime.BACKWARD_WALK, Regime.BACKWARD_TRANSITION, Regime.BACKWARD_RUN)

NO_SPEED = "No speed was recorded here."
TOO_MUCH = "Speed and slope together ask for more oxygen than any body takes up: one of the two is wrong."
OUTSIDE = "It lies outside what was measured."
MOST = NAMES["oxygen_uptake_ml_per_kg_min"].highest
Bound = Literal["low", "best", "high"]


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Oxygen uptake of each sample in ml kg⁻¹ min⁻¹, 0 where it has no answer; arrays of shape (n,)."""

    models: tuple[Model, ...]  #: the model asked in each regime
    reasons: tuple[str, ...]  #: why a sample has no price; the first is empty: it has one
    regime: IntArray  #: how the sample moves, −1 where it does not travel
    reason: IntArray  #: index of the reason for having no answer, 0 where there is an answer, -1 outside travel
    best: FloatArray
    low: FloatArray
    high: FloatArray
    like_forward: FloatArray  #: the same gait, speed and grade, forward; 0 for what is not backward
    low_alike: FloatArray  #: as low and high, walkers held against walkers and runners against runners
    high_alike: FloatArray
    outside: BoolArray  #: answered, but beyond what was measured

    @property
    def backward(self) -> BoolArray:
        """Which samples move backward."""
        return np.isin(self.regime, BACKWARD)


def price(samples: Samples, athlete: Athlete, own: OwnFactor | None = None) -> Prices:
    """Ask for each sample of a bout that travels the model of its direction and gait.

    Where the runner's own factor is known, running backward is priced with it and not with that of the population.
    """
    models = models_of_regimes()
    reasons = _reasons(models)
    regimes = regime_of(samples)
    count = len(regimes)
    best, low, high, like_forward, low_alike, high_alike = (np.zeros(count) for _ in range(6))
    outside, reason = np.zeros(count, dtype=bool), np.full(count, -1, dtype=np.intp)
    reason[_travels(samples) & ~np.isfinite(samples.speed_mps)] = reasons.index(NO_SPEED)
    for regime, model in zip(Regime, models, strict=True):
        at = np.flatnonzero(regimes == regime)
        if not len(at):
            continue
        reason[at] = _why_not(model, reasons, samples, at)
        at = at[reason[at] == 0]
        uptake = _uptake(model, "best", samples, at, athlete, own)
        # A box of measured speeds and measured grades has corners that no body reaches: there the height is at fault.
        reason[at[uptake > MOST]] = reasons.index(TOO_MUCH)
        at, uptake = at[uptake <= MOST], uptake[uptake <= MOST]
        best[at] = uptake
        low[at] = _uptake(model, "low", samples, at, athlete, own)
        high[at] = _uptake(model, "high", samples, at, athlete, own)
        outside[at] = ~model.inside(**_where(samples, at))
        if regime in BACKWARD:
            like_forward[at] = _like_forward(regime, models, samples, at)
        low_alike[at], high_alike[at] = _alike(model, own, samples, at) or (low[at], high[at])
    return Prices(models, reasons, regimes, reason, best, low, high, like_forward, low_alike, high_alike, outside)


def _reasons(models: Iterable[Model]) -> tuple[str, ...]:
    limits = [limit for model in models for limit in model.limits.values()]
    of_limits = (words for limit in limits for words in (limit.below, limit.above))
    return tuple(dict.fromkeys(["", NO_SPEED, TOO_MUCH, OUTSIDE, *of_limits]))


def _like_forward(regime: Regime, models: tuple[Model, ...], samples: Samples, at: IntArray) -> FloatArray:
    """Price the same gait, speed and grade forward; where either gait may be meant, the same mix of both."""
    walk, run = models[Regime.FORWARD_WALK], models[Regime.FORWARD_RUN]
    if regime is Regime.BACKWARD_WALK:
        return _asked(walk, "best", samples, at)
    if regime is Regime.BACKWARD_RUN:
        return _asked(run, "best", samples, at)
    walked, ran = _asked(walk, "best", samples, at), _asked(run, "best", samples, at)
    return np.asarray(blend(samples.speed_mps[at], walked, ran), dtype=float)


def _alike(model: Model, own: OwnFactor | None, samples: Samples, at: IntArray) -> tuple[FloatArray, FloatArray] | None:
    if model.alike is None:
        return None
    factors = (own.low_ratio, own.high_ratio) if own is not None and own.enough else None
    low, high = model.alike(factors=factors, **_where(samples, at))
    return low, high


def regime_of(samples: Samples) -> IntArray:
    """Say of each sample how it moves, −1 where it does not travel.

    Standing is priced as standing in every bout. Backward the speed alone decides between walking and running,
    because no study has measured backward running below the speed at which people begin to run; where either may be
    meant the price lies between the two.
    """
    backward = _per_sample(samples, [bout.direction is Direction.BACKWARD for bout in samples.bouts])
    ran = _per_sample(samples, [bout.gait is Gait.RUN for bout in samples.bouts])
    gait_open = _per_sample(samples, [bout.gait is None for bout in samples.bouts])
    speed = np.where(np.isfinite(samples.speed_mps), samples.speed_mps, 0.0)
    runs_forward = np.where(gait_open, speed >= FORWARD_RUN_FROM.value, ran)
    forward_regime = np.where(runs_forward, Regime.FORWARD_RUN, Regime.FORWARD_WALK)
    moving_regime = np.where(backward, backward_regime_of(speed, samples.grade_ratio), forward_regime)
    regime = np.where(speed < SLOWEST.value, Regime.STANDING, moving_regime)
    return np.where(_travels(samples) & np.isfinite(samples.speed_mps), regime, NO_REGIME)


def backward_regime_of(speed_mps: FloatArray, grade_ratio: FloatArray) -> IntArray:
    """Say how one moves backward: walks below 1.5 m/s, runs from 1.85 m/s, between them either.

    Steeper than 10 %, where walking was not measured, running is priced from 1.7 m/s.
    """
    steep = grade_ratio > STEEPEST_WALK.value
    run_from = np.where(steep, BACKWARD_RUN_FROM.value, BACKWARD_RUN_SURELY.value)
    slow = np.where(steep, BACKWARD_RUN_FROM.value, BACKWARD_WALK_SURELY.value)
    between = np.where(speed_mps < slow, Regime.BACKWARD_WALK, Regime.BACKWARD_TRANSITION)
    return np.where(speed_mps >= run_from, Regime.BACKWARD_RUN, between).astype(np.intp, copy=False)


def standing_in(regime: int, prices: Prices, own: OwnFactor | None) -> Standing:
    """Return how far the price of a regime can be leaned on.

    With the runner's own factor, backward running stands as well as the forward running it is laid on.
    """
    model = prices.models[regime]
    if own is not None and model.with_factor is not None and model.with_factor.complete:
        return prices.models[Regime.FORWARD_RUN].standing
    return model.standing


def ratio_standing_in(regime: int, prices: Prices, own: OwnFactor | None) -> Standing:
    """Return how far backward over forward can be leaned on: a factor of the runner's own was measured on them."""
    model = prices.models[regime]
    if own is not None and model.with_factor is not None and model.with_factor.complete:
        return Standing.MEASURED
    return model.standing


def caveats_of(models: Iterable[Model], athlete: Athlete, own: OwnFactor | None) -> tuple[str, ...]:
    """Return what is said with the answers of models: whose factor was used, or what had to be assumed."""
    models = tuple(models)
    own_used = own is not None and any(model.with_factor is not None for model in models)
    assumed = (
        words
        for model in models
        for name, words in model.assumes.items()
        if not own_used and getattr(athlete, name, None) is None
    )
    said = (words for model in models for words in model.caveats)
    return tuple(dict.fromkeys((*((own_caveat(own),) if own is not None and own_used else ()), *assumed, *said)))


def own_caveat(own: OwnFactor) -> str:
    """Say on how many recordings the runner's own factor stands."""
    count = len(own.observations)
    return (
        f"Priced with your own factor, measured on you in {counted(count, 'recording')} with heart rate both "
        "ways; the interval is that of the factor, how thrifty you run forward is not in it."
    )


def _travels(samples: Samples) -> BoolArray:
    ways = (Direction.FORWARD, Direction.BACKWARD)
    return _per_sample(samples, [bout.direction in ways for bout in samples.bouts])


def _per_sample(samples: Samples, per_bout: list[bool]) -> BoolArray:
    """Spread a yes or no of each bout over its samples; no where a sample has no bout."""
    return np.array([*per_bout, False])[samples.bout]


def _where(samples: Samples, at: IntArray) -> dict[str, FloatArray]:
    return {"speed_mps": samples.speed_mps[at], "grade_ratio": samples.grade_ratio[at]}


def _why_not(model: Model, reasons: tuple[str, ...], samples: Samples, at: IntArray) -> IntArray:
    """Return the index of the first limit that is broken, 0 where the model answers."""
    where = _where(samples, at)
    refused = np.broadcast_to(model.refused(**where), at.shape)
    why = np.where(refused, reasons.index(OUTSIDE), 0)
    if refused.any():
        for name, limit in reversed(list(model.limits.items())):
            if name in where:
                why[where[name] < limit.lowest] = reasons.index(limit.below)
                why[where[name] > limit.highest] = reasons.index(limit.above)
    return why


def _uptake(
    model: Model, bound: Bound, samples: Samples, at: IntArray, athlete: Athlete, own: OwnFactor | None
) -> FloatArray:
    if model.with_factor is not None and own is not None and own.enough:
        factor = {"low": own.low_ratio, "best": own.best_ratio, "high": own.high_ratio}[bound]
        priced = getattr(model.with_factor, bound)(factor=factor, **_where(samples, at))
        return np.broadcast_to(np.asarray(priced, dtype=float), at.shape)
    return _asked(model, bound, samples, at, backward_experience_min=athlete.backward_experience_min)


def _asked(model: Model, bound: Bound, samples: Samples, at: IntArray, **of_the_runner: Any) -> FloatArray:
    """Ask a model for what it takes of what is known."""
    known = {**_where(samples, at), **of_the_runner}
    answer = getattr(model, bound)(**{name: value for name, value in known.items() if name in model.inputs})
    return np.broadcast_to(np.asarray(answer, dtype=float), at.shape)
