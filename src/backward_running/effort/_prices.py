"""The price of each sample: which model answers for it, what it says, and why some have no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from backward_running.core.arrays import BoolArray, IndexArray
from backward_running.core.athlete import Athlete
from backward_running.core.counting import counted
from backward_running.core.direction import Direction, Gait
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing
from backward_running.effort._registry import Regime, models_of_regimes
from backward_running.effort._samples import Samples
from backward_running.effort.base import Model, inputs_of
from backward_running.effort.choices import BACKWARD_RUN_SURELY, BACKWARD_WALK_SURELY
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import SLOWEST as SLOWEST_BACKWARD_RUN
from backward_running.effort.oxygen_uptake_backward_walk_scaled_looney import STEEPEST as STEEPEST_WALK
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import SLOWEST as RUN_MEASURED_FROM
from backward_running.effort.oxygen_uptake_looney_2019_walk import FASTEST as WALK_MEASURED_TO
from backward_running.effort.personal_factor import OwnFactor
from backward_running.signals.moving import SLOWEST

NO_REGIME: Final = -1
BACKWARD: Final = (Regime.BACKWARD_WALK, Regime.BACKWARD_TRANSITION, Regime.BACKWARD_RUN)

NO_SPEED = "No speed was recorded here."
TOO_MUCH = "Speed and slope together ask for more oxygen than any body takes up: one of the two is wrong."
OUTSIDE = "It lies outside what was measured."
MOST = NAMES["oxygen_uptake_ml_per_kg_min"].highest
Bound = Literal["low", "best", "high"]
End = Literal["low", "high"]


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """Oxygen uptake of each sample in ml kg⁻¹ min⁻¹, 0 where it has no answer; arrays of shape (n,)."""

    models: tuple[Model, ...]  #: the model asked in each regime
    reasons: tuple[str, ...]  #: why a sample has no price; the first is empty: it has one
    regime: IndexArray  #: how the sample moves, −1 where it does not travel
    reason: IndexArray  #: index of the reason for having no answer, 0 where there is an answer, -1 outside travel
    best: FloatArray
    low: FloatArray  #: 80 % of people: how they differ forward is in it, and how their factor does
    high: FloatArray
    factor_low: FloatArray  #: backward: the interval of the factor alone, which a ratio is made of; 0 forward
    factor_high: FloatArray
    like_forward: FloatArray  #: the same forward, in the gait one takes there; 0 where it is not backward
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
    best, low, high, factor_low, factor_high, like_forward = (np.zeros(count) for _ in range(6))
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
        low[at] = _end_of_people(model, "low", samples, at, athlete, own)
        high[at] = _end_of_people(model, "high", samples, at, athlete, own)
        outside[at] = ~model.inside(**_where(samples, at))
        if regime in BACKWARD:
            factor_low[at] = _end_of_factor(model, "low", samples, at, athlete, own)
            factor_high[at] = _end_of_factor(model, "high", samples, at, athlete, own)
            like_forward[at] = _like_forward(models, "best", samples, at)
            if model.of_the_house:  # never cheaper than the same forward, whatever gait one takes there
                for priced in (best, factor_low, factor_high):
                    priced[at] = np.maximum(priced[at], like_forward[at])
                low[at] = np.maximum(low[at], _like_forward(models, "low", samples, at))
                high[at] = np.maximum(high[at], _like_forward(models, "high", samples, at))
    return Prices(models, reasons, regimes, reason, best, low, high, factor_low, factor_high, like_forward, outside)


def _reasons(models: Iterable[Model]) -> tuple[str, ...]:
    limits = [limit for model in models for limit in model.limits.values()]
    of_limits = (words for limit in limits for words in (limit.below, limit.above))
    return tuple(dict.fromkeys(["", NO_SPEED, TOO_MUCH, OUTSIDE, *of_limits]))


def _like_forward(models: tuple[Model, ...], bound: Bound, samples: Samples, at: IndexArray) -> FloatArray:
    """Price the same speed and grade forward, in the gait that one takes forward at that speed."""
    forward = np.zeros(len(at))
    regimes = forward_regime_of(samples.speed_mps[at])
    for regime in np.unique(regimes).tolist():
        here = regimes == regime
        forward[here] = _asked(models[regime], bound, samples, at[here])
    return forward


def regime_of(samples: Samples) -> IndexArray:
    """Say of each sample how it moves, −1 where it does not travel.

    Standing is priced as standing in every bout. Where the gait of a bout is known it decides; where it is not, the
    speed does, and where either may be meant the price lies between the two.
    """
    backward = _per_sample(samples, [bout.direction is Direction.BACKWARD for bout in samples.bouts])
    ran = _per_sample(samples, [bout.gait is Gait.RUN for bout in samples.bouts])
    walked = _per_sample(samples, [bout.gait is Gait.WALK for bout in samples.bouts])
    speed = np.where(np.isfinite(samples.speed_mps), samples.speed_mps, 0.0)
    forward = np.where(ran, Regime.FORWARD_RUN, np.where(walked, Regime.FORWARD_WALK, forward_regime_of(speed)))
    # A runner backward slows through walking to a stop: slower than running was measured it is priced as a walk.
    runs_backward = ran & (speed >= SLOWEST_BACKWARD_RUN.value)
    by_speed = np.where(ran, Regime.BACKWARD_WALK, backward_regime_of(speed, samples.grade_ratio))
    back = np.where(runs_backward, Regime.BACKWARD_RUN, np.where(walked, Regime.BACKWARD_WALK, by_speed))
    regime = np.where(speed < SLOWEST.value, Regime.STANDING, np.where(backward, back, forward))
    return np.where(_travels(samples) & np.isfinite(samples.speed_mps), regime, NO_REGIME)


def forward_regime_of(speed_mps: FloatArray) -> IndexArray:
    """Say how one moves forward where no gait was found: walks to 1.96 m/s, runs from 2.2, between them either."""
    between = np.where(speed_mps < RUN_MEASURED_FROM.value, Regime.FORWARD_TRANSITION, Regime.FORWARD_RUN)
    return np.where(speed_mps <= WALK_MEASURED_TO.value, Regime.FORWARD_WALK, between).astype(np.intp, copy=False)


def backward_regime_of(speed_mps: FloatArray, grade_ratio: FloatArray) -> IndexArray:
    """Say how one moves backward where no gait was found: walks below 1.5 m/s, runs from 1.85, between them either.

    Steeper than 10 % walking was not measured: slower than 1.85 m/s there is no price.
    """
    steep = grade_ratio > STEEPEST_WALK.value
    slow = np.where(steep, BACKWARD_RUN_SURELY.value, BACKWARD_WALK_SURELY.value)
    between = np.where(speed_mps < slow, Regime.BACKWARD_WALK, Regime.BACKWARD_TRANSITION)
    return np.where(speed_mps >= BACKWARD_RUN_SURELY.value, Regime.BACKWARD_RUN, between).astype(np.intp, copy=False)


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
    return model.standing if model.of_factor is None else model.of_factor.standing


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
    return f"Priced with your own factor, measured on you in {counted(count, 'recording')} with heart rate both ways."


def _travels(samples: Samples) -> BoolArray:
    ways = (Direction.FORWARD, Direction.BACKWARD)
    return _per_sample(samples, [bout.direction in ways for bout in samples.bouts])


def _per_sample(samples: Samples, per_bout: list[bool]) -> BoolArray:
    """Spread a yes or no of each bout over its samples; no where a sample has no bout."""
    return np.array([*per_bout, False])[samples.bout]


def _where(samples: Samples, at: IndexArray) -> dict[str, FloatArray]:
    return {"speed_mps": samples.speed_mps[at], "grade_ratio": samples.grade_ratio[at]}


def _why_not(model: Model, reasons: tuple[str, ...], samples: Samples, at: IndexArray) -> IndexArray:
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
    model: Model, bound: Bound, samples: Samples, at: IndexArray, athlete: Athlete, own: OwnFactor | None
) -> FloatArray:
    if model.with_factor is not None and own is not None and own.enough:
        factor = {"low": own.low_ratio, "best": own.best_ratio, "high": own.high_ratio}[bound]
        return _with_own(getattr(model.with_factor, bound), samples, at, athlete, factor=factor)
    return _asked(model, bound, samples, at, backward_experience_min=athlete.backward_experience_min)


def _end_of_people(
    model: Model, end: End, samples: Samples, at: IndexArray, athlete: Athlete, own: OwnFactor | None
) -> FloatArray:
    """Return an end of the uptake of 80 % of people, of the runner's own factor where it is known."""
    own_form = model.with_factor
    take = None if own_form is None else own_form.people_low if end == "low" else own_form.people_high
    if take is None or own is None or not own.enough:
        return _uptake(model, end, samples, at, athlete, own)
    of_own = own.low_ratio if end == "low" else own.high_ratio
    return _with_own(take, samples, at, athlete, factor=own.best_ratio, end=of_own)


def _with_own(
    take: Callable[..., Any], samples: Samples, at: IndexArray, athlete: Athlete, **of_own: float
) -> FloatArray:
    """Ask a form with the runner's own factor; what walking takes depends on practice, where it is a part of it."""
    known: dict[str, Any] = {**_where(samples, at), **of_own}
    if "backward_experience_min" in inputs_of(take):
        known["backward_experience_min"] = athlete.backward_experience_min
    return np.broadcast_to(np.asarray(take(**known), dtype=float), at.shape)


def _end_of_factor(
    model: Model, end: End, samples: Samples, at: IndexArray, athlete: Athlete, own: OwnFactor | None
) -> FloatArray:
    """Return an end with the interval of the factor alone."""
    if model.of_factor is None or (model.with_factor is not None and own is not None and own.enough):
        return _uptake(model, end, samples, at, athlete, own)
    known = {**_where(samples, at), "backward_experience_min": athlete.backward_experience_min}
    answer = getattr(model.of_factor, end)(**{name: value for name, value in known.items() if name in model.inputs})
    return np.broadcast_to(np.asarray(answer, dtype=float), at.shape)


def _asked(model: Model, bound: Bound, samples: Samples, at: IndexArray, **of_the_runner: Any) -> FloatArray:
    """Ask a model for what it takes of what is known."""
    known = {**_where(samples, at), **of_the_runner}
    answer = getattr(model, bound)(**{name: value for name, value in known.items() if name in model.inputs})
    return np.broadcast_to(np.asarray(answer, dtype=float), at.shape)
