"""What a whole session amounts to: load as felt, load by heart rate, backward against forward."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.recording import Span, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown, join_models
from backward_running.core.standing import weakest
from backward_running.effort._energy import awake_s
from backward_running.effort._prices import own_caveat, price, ratio_standing_in
from backward_running.effort._registry import session_load_model, trimp_model_of
from backward_running.effort._samples import samples_of
from backward_running.effort.heart_rate_reserve import CROSSED, reserve_of, why_no_reserve
from backward_running.effort.personal_factor import OwnFactor
from backward_running.signals.moving import sample_durations_s

HEART_RATE_GAPS = "Heart rate is missing for part of the time; that part is left out."
ABOVE_MAXIMUM = "Some heart rates are above your stated maximum and count as the maximum: check the maximum."
GROSS = (
    "Per kilometre at the same speed and grade, each in the gait one takes there, rest included; the price of"
    " rest left "
    "out, the ratio is larger."
)


def session_estimates(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    athlete: Athlete,
    pauses: Sequence[Span],
    *,
    perceived_exertion_cr10: float | None,
    own: OwnFactor | None = None,
) -> tuple[Estimate | NotKnown, ...]:
    """Put session load, training impulse and the price of going backward on a session.

    Parameters
    ----------
    working : Stream or None
        The working stream.
    facts : sequence of BoutFacts
        The bouts.
    athlete : Athlete
        Sex, resting and maximal heart rate, and backward experience are used where known.
    pauses : sequence of Span
        Time that belongs to no sample.
    perceived_exertion_cr10 : float or None
        How hard it felt, 0 to 10.
    own : OwnFactor, optional
        What the runner's heart showed of their own factor.

    Returns
    -------
    tuple of Estimate or NotKnown
        ``session_load_au``, ``trimp_au``, ``backward_to_forward_ratio``, in this order; a NotKnown says what is
        missing.
    """
    return (
        _session_load(facts, pauses, perceived_exertion_cr10),
        _trimp(working, athlete, pauses),
        _backward_to_forward(working, facts, athlete, pauses, own if own is not None and own.enough else None),
    )


def _session_load(
    facts: Sequence[BoutFacts], pauses: Sequence[Span], perceived_exertion_cr10: float | None
) -> Estimate | NotKnown:
    name = "session_load_au"
    model = session_load_model()
    if perceived_exertion_cr10 is None:
        return NotKnown(name, "Say how hard it felt, from 0 to 10, to see the session load.")
    duration_s = sum(awake_s(fact.bout, pauses) for fact in facts)
    load = float(model.best(perceived_exertion_cr10=perceived_exertion_cr10, duration_s=duration_s))
    return Estimate(model.gives, load, load, load, model.key, model.standing)


def _trimp(working: Stream | None, athlete: Athlete, pauses: Sequence[Span]) -> Estimate | NotKnown:
    name = "trimp_au"
    if working is None or not working.has("heart_rate_bpm"):
        return NotKnown(name, "No heart rate was recorded.")
    reserve, model = reserve_of(working.columns["heart_rate_bpm"], athlete), trimp_model_of(athlete)
    if reserve is None or model is None:
        return NotKnown(name, why_no_reserve(athlete, by_sex=True) or CROSSED)
    known = np.isfinite(reserve)
    duration_s = sample_durations_s(working, pauses)
    counted = np.clip(reserve[known], 0.0, 1.0)
    trimp = float(np.sum(model.best(heart_rate_reserve_ratio=counted, duration_s=duration_s[known])))
    caveats = [HEART_RATE_GAPS] if duration_s[~known].sum() > 0 else []
    if (reserve[known] > 1.0).any():
        caveats.append(ABOVE_MAXIMUM)
    return Estimate(model.gives, trimp, trimp, trimp, model.key, model.standing, tuple(caveats))


def _backward_to_forward(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    athlete: Athlete,
    pauses: Sequence[Span],
    own: OwnFactor | None,
) -> Estimate | NotKnown:
    """Price the backward samples both ways at the same speed and grade, each in the gait one takes there."""
    name = "backward_to_forward_ratio"
    backward = [fact.bout for fact in facts if fact.bout.direction is Direction.BACKWARD]
    if not backward:
        return NotKnown(name, "Nothing in this run is marked as backward.")
    samples = samples_of(working, backward, pauses)
    if samples is None:
        return NotKnown(name, "No speed was recorded.")
    prices = price(samples, athlete, own)
    used = np.unique(prices.regime[prices.backward & (prices.reason == 0)]).tolist()
    if not used:
        reasons = prices.reason[prices.reason > 0]
        return NotKnown(name, prices.reasons[int(reasons[0])] if len(reasons) else "There was no backward movement.")
    weights_s = samples.duration_s * prices.backward
    like_forward = float((prices.like_forward * weights_s).sum())
    ends = (prices.best, prices.factor_low, prices.factor_high)
    best, low, high = (float((uptake * weights_s).sum()) / like_forward for uptake in ends)
    models = [prices.models[regime] for regime in used]
    standing = weakest(*(ratio_standing_in(regime, prices, own) for regime in used))
    own_used = own is not None and any(model.with_factor is not None for model in models)
    caveats = (GROSS, own_caveat(own)) if own is not None and own_used else (GROSS,)
    return Estimate(name, best, low, high, join_models(model.key for model in models), standing, caveats)
