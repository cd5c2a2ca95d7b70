"""What each bout cost: the prices of its samples, summed, with what had to be left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.counting import counted
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing, weakest
from backward_running.effort._prices import (
    BACKWARD_BETWEEN,
    BACKWARD_RUN,
    BACKWARD_WALK,
    FORWARD_RUN,
    MODELS,
    NO_SPEED,
    OWN,
    REASONS,
    STANDING,
    price,
)
from backward_running.effort._samples import Samples, samples_of
from backward_running.effort.choices import MAY_LACK
from backward_running.effort.energy_oxygen_equivalent import energy_j_per_kg
from backward_running.effort.personal_factor import OwnFactor

NAME = "energy_j_per_kg"
TRAVELS = (Direction.FORWARD, Direction.BACKWARD)

UNPRICED = {
    Direction.UNKNOWN: "The direction is unknown: say which way you ran.",
    Direction.SIDEWAYS: "What moving sideways costs is not modelled.",
    Direction.TURNING: "Turning is too short and too varied to put a price on.",
}
LEVEL_ASSUMED = "The height is not known: taken as level."
EXPERIENCE_UNKNOWN = "How much you have practised is not known: the middle of the proposal is used."
SLOW_RUN = "Below 1.5 m/s backward is priced as walking: slower backward running has not been measured."
BETWEEN = "Between 1.5 and 1.85 m/s backward some people walk and some run: the price lies between the two."
PARTLY_OUTSIDE = "More than a fifth of the time lies outside the speeds and grades that were measured."


@dataclass(frozen=True, slots=True, eq=False)
class Bills:
    """The prices of the samples, summed by bout. Energies (bouts,) in J kg⁻¹, times in s."""

    best: FloatArray
    low: FloatArray
    high: FloatArray
    answered_s: FloatArray  #: (bouts,)
    outside_s: FloatArray  #: (bouts,) answered, but beyond what was measured
    level_assumed_s: FloatArray  #: (bouts,)
    models_s: FloatArray  #: (bouts, models) answered by each model
    reasons_s: FloatArray  #: (bouts, reasons) left without an answer; the first column is answered


def add_energy(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    athlete: Athlete,
    pauses: Sequence[Span],
    own: OwnFactor | None = None,
) -> tuple[BoutFacts, ...]:
    """Put the energy on each bout, or the reason why it cannot be said.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``speed_mps`` and where known ``grade_ratio``.
    facts : sequence of BoutFacts
        Bouts with a direction, without overlap.
    athlete : Athlete
        Only the backward experience is used; energy is per kilogram, so no mass is needed.
    pauses : sequence of Span
        Time that belongs to no sample.
    own : OwnFactor, optional
        What the runner's heart showed of their own factor; used once there is enough of it.

    Returns
    -------
    tuple of BoutFacts
        The same bouts in the same order, each with an Estimate or a NotKnown.
    """
    samples = samples_of(working, [one.bout for one in facts], pauses)
    own = own if own is not None and own.enough else None
    bills = None if samples is None else _bills(samples, athlete, own)
    return tuple(
        replace(one, energy_j_per_kg=_energy(one.bout, bills, row, athlete, pauses, own))
        for row, one in enumerate(facts)
    )


def awake_s(bout: Bout, pauses: Sequence[Span]) -> float:
    """Length of a bout without the pauses in it, s."""
    paused = sum(max(min(bout.end_s, one.end_s) - max(bout.start_s, one.start_s), 0.0) for one in pauses)
    return max(bout.duration_s - paused, 0.0)


def own_caveat(own: OwnFactor) -> str:
    """Say on how many recordings the runner's own factor stands."""
    return (
        f"Priced with your own factor, measured on you in {counted(len(own.shown), 'recording')} with heart rate both "
        "ways; the interval is that of the factor, how thrifty you run forward is not in it."
    )


def _bills(samples: Samples, athlete: Athlete, own: OwnFactor | None) -> Bills:
    prices = price(samples, athlete, own)
    answered = prices.reason == 0
    best, low, high = (
        samples.sum_by_bout(np.asarray(energy_j_per_kg(uptake, samples.duration_s)))
        for uptake in (prices.best, prices.low, prices.high)
    )
    reasons_s = samples.seconds_by_bout_and(prices.reason, len(REASONS))
    height_matters = answered & ~samples.grade_known & (prices.model != STANDING)
    return Bills(
        best,
        low,
        high,
        answered_s=reasons_s[:, 0],
        outside_s=samples.sum_by_bout(samples.duration_s * prices.outside),
        level_assumed_s=samples.sum_by_bout(samples.duration_s * height_matters),
        models_s=samples.seconds_by_bout_and(np.where(answered, prices.model, -1), len(MODELS)),
        reasons_s=reasons_s,
    )


def _energy(
    bout: Bout, bills: Bills | None, row: int, athlete: Athlete, pauses: Sequence[Span], own: OwnFactor | None
) -> Estimate | NotKnown:
    if bout.direction is Direction.STILL:
        return _standing_still(awake_s(bout, pauses))
    if bout.direction not in TRAVELS:
        return NotKnown(NAME, UNPRICED[bout.direction])
    if bills is None:
        return NotKnown(NAME, NO_SPEED)
    answered_s, lacking_s = float(bills.answered_s[row]), bills.reasons_s[row, 1:]
    if answered_s <= 0 or lacking_s.sum() > MAY_LACK.value * (answered_s + lacking_s.sum()):
        return NotKnown(NAME, REASONS[1 + int(np.argmax(lacking_s))])
    return Estimate(
        NAME,
        float(bills.best[row]),
        float(bills.low[row]),
        float(bills.high[row]),
        " + ".join(MODELS[one].key for one in np.flatnonzero(bills.models_s[row])),
        _standing_of(bills, row, own),
        _caveats(bout, bills, row, athlete, own),
    )


def _standing_still(duration_s: float) -> Estimate:
    model = MODELS[STANDING]
    low, best, high = (float(energy_j_per_kg(take(), duration_s)) for take in (model.low, model.best, model.high))
    return Estimate(NAME, best, low, high, model.key, model.standing)


def _standing_of(bills: Bills, row: int, own: OwnFactor | None) -> Standing:
    """Return the weakest standing of the models that answered, demoted where much of it lies beyond the measured.

    With the runner's own factor, backward running stands as well as the forward running it is laid on.
    """
    used = (
        FORWARD_RUN if own is not None and one == BACKWARD_RUN else one for one in np.flatnonzero(bills.models_s[row])
    )
    standing = weakest(*(MODELS[one].standing for one in used))
    return weakest(standing, Standing.EXTRAPOLATED) if _much(bills.outside_s, bills, row) else standing


def _much(seconds: FloatArray, bills: Bills, row: int) -> bool:
    return bool(seconds[row] > MAY_LACK.value * bills.answered_s[row])


def _caveats(bout: Bout, bills: Bills, row: int, athlete: Athlete, own: OwnFactor | None) -> tuple[str, ...]:
    """Say what was left out or assumed; without numbers, so that the same words of many bouts fall together."""
    caveats = [f"Left out: {REASONS[1 + one]}" for one in np.flatnonzero(bills.reasons_s[row, 1:])]
    used = bills.models_s[row] > 0
    if _much(bills.outside_s, bills, row):
        caveats.append(PARTLY_OUTSIDE)
    if _much(bills.level_assumed_s, bills, row):
        caveats.append(LEVEL_ASSUMED)
    if used[list(OWN)].any() and own is not None:
        caveats.append(own_caveat(own))
    elif used[BACKWARD_RUN] and athlete.backward_experience_min is None:
        caveats.append(EXPERIENCE_UNKNOWN)
    if used[BACKWARD_BETWEEN]:
        caveats.append(BETWEEN)
    if used[BACKWARD_WALK] and bout.gait is Gait.RUN:
        caveats.append(SLOW_RUN)
    return tuple(caveats)
