"""What each bout cost: sample by sample, from direction, speed and grade."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing, weakest
from backward_running.effort._samples import (
    BACKWARD_RUN,
    BACKWARD_WALK,
    FORWARD_RUN,
    FORWARD_WALK,
    STANDING,
    Samples,
    models_for,
    samples_of,
)
from backward_running.effort.base import BoolArray, Model
from backward_running.effort.choices import MAY_LACK
from backward_running.effort.energy_oxygen_equivalent import energy_j_per_kg

NAME = "energy_j_per_kg"
TRAVELS = (Direction.FORWARD, Direction.BACKWARD)

_NO_SPEED = "No speed was recorded here."
_UNPRICED = {
    Direction.UNKNOWN: "The direction is unknown: say which way you ran.",
    Direction.SIDEWAYS: "Nobody has measured what moving sideways costs at your speed.",
    Direction.TURNING: "Turning is too short and too varied to put a price on.",
}
LEVEL_ASSUMED = "The height is not known: taken as level."
EXPERIENCE_UNKNOWN = "How much you have practised is not known: the middle of the proposal is used."
SLOW_RUN = "Below 1.7 m/s backward is priced as walking: slower backward running has not been measured."
PARTLY_OUTSIDE = "More than a fifth of the time lies outside the speeds and grades that were measured."
TOO_MUCH = "Speed and slope together ask for more oxygen than any body takes up: one of the two is wrong."

MOST = NAMES["oxygen_uptake_ml_per_kg_min"].highest
#: The model of the same gait forward.
FORWARD_TWINS = {BACKWARD_RUN.key: FORWARD_RUN, BACKWARD_WALK.key: FORWARD_WALK}


@dataclass(slots=True)
class Bill:
    """What the samples of one bout sum to. Energies in J kg⁻¹, times in s."""

    best: float = 0.0
    low: float = 0.0
    high: float = 0.0
    answered_s: float = 0.0
    outside_s: float = 0.0
    level_assumed_s: float = 0.0
    like_forward: float = 0.0  #: the same samples, had they been run forward in the same gait
    unanswered_s: dict[str, float] = field(default_factory=dict)  #: by reason
    models: dict[str, Standing] = field(default_factory=dict)

    def leave_out(self, why: str, seconds: float) -> None:
        """Count time that has no answer."""
        if seconds > 0:
            self.unanswered_s[why] = self.unanswered_s.get(why, 0.0) + seconds


def add_energy(
    working: Stream | None, facts: Sequence[BoutFacts], athlete: Athlete, pauses: Sequence[Span]
) -> tuple[BoutFacts, ...]:
    """Put the energy on each bout, or the reason why it cannot be said.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``speed_mps`` and where known ``grade_ratio``.
    facts : sequence of BoutFacts
        Bouts with a direction.
    athlete : Athlete
        Only the backward experience is used; energy is per kilogram, so no mass is needed.
    pauses : sequence of Span
        Time that belongs to no sample.

    Returns
    -------
    tuple of BoutFacts
        The same bouts in the same order, each with an Estimate or a NotKnown.
    """
    samples = samples_of(working, pauses)
    return tuple(replace(one, energy_j_per_kg=_energy(one.bout, samples, athlete, pauses)) for one in facts)


def _energy(bout: Bout, samples: Samples | None, athlete: Athlete, pauses: Sequence[Span]) -> Estimate | NotKnown:
    if bout.direction is Direction.STILL:
        return _standing(awake_s(bout, pauses))
    if bout.direction not in TRAVELS:
        return NotKnown(NAME, _UNPRICED[bout.direction])
    if samples is None:
        return NotKnown(NAME, _NO_SPEED)
    bill = bill_of(bout, samples.within(bout), athlete)
    lacking_s = sum(bill.unanswered_s.values())
    if bill.answered_s <= 0 or lacking_s > MAY_LACK.value * (bill.answered_s + lacking_s):
        return NotKnown(NAME, max(bill.unanswered_s, key=lambda why: bill.unanswered_s[why], default=_NO_SPEED))
    return Estimate(
        NAME, bill.best, bill.low, bill.high, " + ".join(bill.models), _standing_of(bill), _caveats(bout, bill, athlete)
    )


def awake_s(bout: Bout, pauses: Sequence[Span]) -> float:
    """Length of a bout without the pauses in it, s."""
    paused = sum(max(min(bout.end_s, one.end_s) - max(bout.start_s, one.start_s), 0.0) for one in pauses)
    return max(bout.duration_s - paused, 0.0)


def _standing(duration_s: float) -> Estimate:
    low, best, high = (
        float(energy_j_per_kg(take(), duration_s)) for take in (STANDING.low, STANDING.best, STANDING.high)
    )
    return Estimate(NAME, best, low, high, STANDING.key, STANDING.standing)


def bill_of(bout: Bout, samples: Samples, athlete: Athlete, *, moving_only: bool = False) -> Bill:
    """Price the samples of one bout that travels; with `moving_only` those that stand are passed over."""
    bill = Bill()
    bill.leave_out(_NO_SPEED, float(samples.duration_s[~np.isfinite(samples.speed_mps)].sum()))
    for model, mask in models_for(bout, samples):
        if moving_only and model is STANDING:
            continue
        _charge(bill, model, samples, mask, athlete)
    return bill


def _charge(bill: Bill, model: Model, samples: Samples, mask: BoolArray, athlete: Athlete) -> None:
    """Add the samples under `mask` to the bill, as far as the model answers for them."""
    where = {"speed_mps": samples.speed_mps[mask], "grade_ratio": samples.grade_ratio[mask]}
    duration_s, level_assumed = samples.duration_s[mask], ~samples.grade_known[mask]
    answered = np.broadcast_to(~model.refused(**where), duration_s.shape)
    if not answered.all():
        _leave_out(bill, model, where, duration_s)
        where = {name: values[answered] for name, values in where.items()}
        duration_s, level_assumed = duration_s[answered], level_assumed[answered]
    uptake = _uptake(model, model.best, where, athlete)
    possible = np.broadcast_to(uptake <= MOST, duration_s.shape)
    if not possible.all():
        # A box of measured speeds and measured grades has corners no body reaches: there the height is at fault.
        bill.leave_out(TOO_MUCH, float(duration_s[~possible].sum()))
        where = {name: values[possible] for name, values in where.items()}
        duration_s, level_assumed = duration_s[possible], level_assumed[possible]
        uptake = uptake[possible]
    if not len(duration_s):
        return
    _add(bill, model, uptake, where, duration_s, athlete)
    if model.valid:
        bill.level_assumed_s += float(duration_s[level_assumed].sum())


def _add(
    bill: Bill,
    model: Model,
    uptake: FloatArray,
    where: dict[str, FloatArray],
    duration_s: FloatArray,
    athlete: Athlete,
) -> None:
    """Sum what the model answers, its bounds, and the same movement forward."""
    bill.best += _joules(uptake, duration_s)
    bill.low += _joules(_uptake(model, model.low, where, athlete), duration_s)
    bill.high += _joules(_uptake(model, model.high, where, athlete), duration_s)
    twin = FORWARD_TWINS.get(model.key)
    if twin is not None:
        bill.like_forward += _joules(_uptake(twin, twin.best, where, athlete), duration_s)
    bill.answered_s += float(duration_s.sum())
    bill.outside_s += float(duration_s[np.broadcast_to(~model.inside(**where), duration_s.shape)].sum())
    bill.models.setdefault(model.key, model.standing)


def _uptake(model: Model, take: Callable[..., Any], where: dict[str, FloatArray], athlete: Athlete) -> Any:
    if model is STANDING:
        return np.full(where["speed_mps"].shape, take())
    if model is BACKWARD_RUN:
        return take(**where, backward_experience_min=athlete.backward_experience_min)
    return take(**where)


def _joules(uptake: FloatArray, duration_s: FloatArray) -> float:
    return float(np.sum(energy_j_per_kg(uptake, duration_s)))


def _leave_out(bill: Bill, model: Model, where: dict[str, FloatArray], duration_s: FloatArray) -> None:
    """Count the refused time under the first limit that is broken."""
    left = np.ones(duration_s.shape, dtype=bool)
    for name, limit in model.limits.items():
        for beyond, why in ((where[name] < limit.lowest, limit.below), (where[name] > limit.highest, limit.above)):
            bill.leave_out(why, float(duration_s[left & beyond].sum()))
            left &= ~beyond


def _standing_of(bill: Bill) -> Standing:
    standing = weakest(*bill.models.values())
    if bill.outside_s > MAY_LACK.value * bill.answered_s:
        standing = weakest(standing, Standing.EXTRAPOLATED)
    return standing


def _caveats(bout: Bout, bill: Bill, athlete: Athlete) -> tuple[str, ...]:
    caveats = [f"Left out: {why}" for why in bill.unanswered_s]
    if bill.outside_s > MAY_LACK.value * bill.answered_s:
        caveats.append(PARTLY_OUTSIDE)
    if bill.level_assumed_s > MAY_LACK.value * bill.answered_s:
        caveats.append(LEVEL_ASSUMED)
    if BACKWARD_RUN.key in bill.models and athlete.backward_experience_min is None:
        caveats.append(EXPERIENCE_UNKNOWN)
    if BACKWARD_WALK.key in bill.models and bout.gait is Gait.RUN:
        caveats.append(SLOW_RUN)
    return tuple(caveats)
