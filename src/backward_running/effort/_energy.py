"""What each bout cost: the prices of its samples, summed, with what had to be left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, join_models
from backward_running.core.standing import Standing, weakest
from backward_running.effort._measured import measured_energies
from backward_running.effort._prices import NO_SPEED, Prices, caveats_of, price, standing_in
from backward_running.effort._registry import Regime, models_of_regimes
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
BOTH_WAYS = "Which way is unknown: from what it would take forward to what it would take backward."
SLOW_RUN = "Below 1.0 m/s backward is priced as walking: no measurement of slower running was found."
PARTLY_OUTSIDE = "More than a fifth of the time lies outside the speeds and grades that were measured."


@dataclass(frozen=True, slots=True, eq=False)
class BoutSums:
    """The prices of the samples, summed by bout. Energies (bouts,) in J kg⁻¹, times in s."""

    prices: Prices
    best: FloatArray
    low: FloatArray
    high: FloatArray
    answered_s: FloatArray  #: (bouts,)
    outside_s: FloatArray  #: (bouts,) answered, but beyond what was measured
    level_assumed_s: FloatArray  #: (bouts,)
    regimes_s: FloatArray  #: (bouts, regimes) answered in each regime
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
    samples = samples_of(working, [fact.bout for fact in facts], pauses)
    own = own if own is not None and own.enough else None
    sums = None if samples is None else _sums_by_bout(samples, athlete, own)
    measured = measured_energies(working, [fact.bout for fact in facts], pauses)
    return tuple(
        replace(fact, energy_j_per_kg=measured[row], energy_lacks_s=0.0)
        if row in measured
        else replace(
            fact,
            energy_j_per_kg=_energy(fact.bout, sums, row, athlete, pauses, own),
            energy_lacks_s=0.0 if sums is None else float(sums.reasons_s[row, 1:].sum()),
        )
        for row, fact in enumerate(facts)
    )


def span_of_unknown(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    athlete: Athlete,
    pauses: Sequence[Span],
    own: OwnFactor | None = None,
) -> Estimate | NotKnown:
    """Say between what the bouts of unknown direction lie: all of it forward, or all of it backward.

    Parameters
    ----------
    working, facts, athlete, pauses, own
        As for :func:`add_energy`.

    Returns
    -------
    Estimate or NotKnown
        ``energy_j_per_kg`` of the stretches that have a price both ways; its middle is no best guess. It is added to
        nothing, and not said where more than a fifth of the time has no price both ways.
    """
    own = own if own is not None and own.enough else None
    unknown = [replace(fact.bout, gait=None) for fact in facts if fact.bout.direction is Direction.UNKNOWN]
    ways = []
    for way in TRAVELS:
        samples = samples_of(working, [replace(bout, direction=way) for bout in unknown], pauses)
        if samples is None or not unknown:
            return NotKnown(NAME, NO_SPEED if unknown else "Every stretch has a direction.")
        ways.append((samples, price(samples, athlete, own)))
    (samples, forward), (_, backward) = ways
    both = (forward.reason == 0) & (backward.reason == 0)
    priced_s, left_s = (samples.duration_s[at].sum() for at in (both, (forward.reason > 0) | (backward.reason > 0)))
    # Without a fifth of it, the span of a whole run would lie below what the run took going forward alone.
    if not both.any() or left_s > MAY_LACK.value * (priced_s + left_s):
        return NotKnown(NAME, next(_reasons(backward, forward), NO_SPEED))
    low, high = (
        float(np.sum(energy_j_per_kg(np.where(both, uptake, 0.0), samples.duration_s)))
        for uptake in (forward.low, backward.high)
    )
    used = np.unique(np.concatenate([forward.regime[both], backward.regime[both]])).tolist()
    models = [forward.models[regime] for regime in used]
    standing = weakest(*(model.standing for model in models))
    left_out = sorted({backward.reasons[index] for index in backward.reason[~both].tolist() if index > 0})
    keys = join_models(model.key for model in models)
    return Estimate(NAME, (low + high) / 2.0, low, high, keys, standing, (BOTH_WAYS,), tuple(left_out))


def _reasons(*ways: Prices) -> Iterator[str]:
    """Yield why samples have no price, those of the first way first."""
    return (way.reasons[index] for way in ways for index in way.reason.tolist() if index > 0)


def awake_s(bout: Bout, pauses: Sequence[Span]) -> float:
    """Length of a bout without the pauses in it, s."""
    paused = sum(max(min(bout.end_s, pause.end_s) - max(bout.start_s, pause.start_s), 0.0) for pause in pauses)
    return max(bout.duration_s - paused, 0.0)


def _sums_by_bout(samples: Samples, athlete: Athlete, own: OwnFactor | None) -> BoutSums:
    prices = price(samples, athlete, own)
    answered = prices.reason == 0
    best, low, high = (
        samples.sum_by_bout(np.asarray(energy_j_per_kg(uptake, samples.duration_s)))
        for uptake in (prices.best, prices.low, prices.high)
    )
    reasons_s = samples.seconds_by_bout_and(prices.reason, len(prices.reasons))
    height_matters = answered & ~samples.grade_known & (prices.regime != Regime.STANDING)
    return BoutSums(
        prices,
        best,
        low,
        high,
        answered_s=reasons_s[:, 0],
        outside_s=samples.sum_by_bout(samples.duration_s * prices.outside),
        level_assumed_s=samples.sum_by_bout(samples.duration_s * height_matters),
        regimes_s=samples.seconds_by_bout_and(np.where(answered, prices.regime, -1), len(prices.models)),
        reasons_s=reasons_s,
    )


def _energy(
    bout: Bout, sums: BoutSums | None, row: int, athlete: Athlete, pauses: Sequence[Span], own: OwnFactor | None
) -> Estimate | NotKnown:
    if bout.direction is Direction.STILL:
        return _standing_still(awake_s(bout, pauses))
    if bout.direction not in TRAVELS:
        return NotKnown(NAME, UNPRICED[bout.direction])
    if sums is None:
        return NotKnown(NAME, NO_SPEED)
    answered_s, lacking_s = float(sums.answered_s[row]), sums.reasons_s[row, 1:]
    if answered_s <= 0:
        return NotKnown(NAME, sums.prices.reasons[1 + int(np.argmax(lacking_s))])
    return Estimate(
        NAME,
        float(sums.best[row]),
        float(sums.low[row]),
        float(sums.high[row]),
        join_models(sums.prices.models[regime].key for regime in _regimes(sums, row)),
        _standing_of(sums, row, own),
        _caveats(bout, sums, row, athlete, own),
        tuple(sums.prices.reasons[1 + index] for index in np.flatnonzero(sums.reasons_s[row, 1:])),
    )


def _regimes(sums: BoutSums, row: int) -> list[int]:
    """Return the regimes of a bout that have a price."""
    return np.flatnonzero(sums.regimes_s[row]).tolist()


def _standing_still(duration_s: float) -> Estimate:
    model = models_of_regimes()[Regime.STANDING]
    low, best, high = (float(energy_j_per_kg(take(), duration_s)) for take in (model.low, model.best, model.high))
    return Estimate(NAME, best, low, high, model.key, model.standing)


def _standing_of(sums: BoutSums, row: int, own: OwnFactor | None) -> Standing:
    """Return the weakest standing of the models that answered, demoted where much of it lies beyond the measured."""
    standing = weakest(*(standing_in(regime, sums.prices, own) for regime in _regimes(sums, row)))
    return weakest(standing, Standing.EXTRAPOLATED) if _much(sums.outside_s, sums, row) else standing


def _much(seconds: FloatArray, sums: BoutSums, row: int) -> bool:
    return bool(seconds[row] > MAY_LACK.value * sums.answered_s[row])


def _caveats(bout: Bout, sums: BoutSums, row: int, athlete: Athlete, own: OwnFactor | None) -> tuple[str, ...]:
    """Say what was assumed; without numbers, so that the same words of many bouts fall together."""
    caveats = []
    if _much(sums.outside_s, sums, row):
        caveats.append(PARTLY_OUTSIDE)
    if _much(sums.level_assumed_s, sums, row):
        caveats.append(LEVEL_ASSUMED)
    caveats += caveats_of((sums.prices.models[regime] for regime in _regimes(sums, row)), athlete, own)
    if sums.regimes_s[row, Regime.BACKWARD_WALK] > 0 and bout.gait is Gait.RUN:
        caveats.append(SLOW_RUN)
    return tuple(caveats)
