"""What an energy means: per metre, per second, against the most a runner can take up, against the same way forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.names import NAMES
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown, join_models
from backward_running.core.standing import Standing, weakest
from backward_running.effort import oxygen_uptake_heart_rate_swain_1998 as swain
from backward_running.effort._energy import TRAVELS
from backward_running.effort._prices import price
from backward_running.effort._samples import Samples, samples_of
from backward_running.effort.energy_oxygen_equivalent import JOULES_PER_ML, RESTING_OXYGEN_UPTAKE, energy_j_per_kg
from backward_running.effort.equal_effort import OwnHeart
from backward_running.effort.interval_of_people import reach

NO_DISTANCE = "No distance was recorded here."
NO_TIME = "There was too little of it."
NO_MAXIMUM = "Your profile lacks your maximal heart rate."
DOES_NOT_FIT = "Your resting and maximal heart rate do not fit your runs: check your profile."
NO_CAPACITY = "Your highest oxygen uptake (VO2max) is not known."
OVER_CAPACITY = "More than all of your VO2max: it is higher than stated, or part of this did not come from oxygen."
CAPACITY_STATED = "Your VO2max is taken exactly as you stated it."
CAPACITY_READ_OFF = (
    "Your VO2max is read off your own forward heart rate and carried on to your maximal heart rate: no test."
)
STATED = "profile"  #: the runner's own word in place of a model
NET = "Net: the oxygen of rest, 3.5 ml/kg/min, is taken out of both directions."


@dataclass(frozen=True, slots=True)
class PricedPart:
    """The part of the time and distance of some bouts that has a price: what their energy stands for.

    A bout may have an energy though up to a fifth of its time has none, so its own length would make it look cheap.
    """

    duration_s: float
    distance_m: float
    forward_j_per_kg: float  #: what the same part would take forward, at the same speed and grade


NOTHING_PRICED = PricedPart(0.0, 0.0, 0.0)


def priced_part_by_direction(
    working: Stream | None, facts: Sequence[BoutFacts], athlete: Athlete, pauses: Sequence[Span]
) -> Mapping[Direction, PricedPart]:
    """Return, for forward and backward, the time and way that the energies of the bouts stand for.

    Parameters
    ----------
    working : Stream or None
        The stream the energies were made from.
    facts : sequence of BoutFacts
        Bouts with their energy; those that have none stand for nothing.
    athlete : Athlete
        As the energies were made with.
    pauses : sequence of Span
        Time that belongs to no sample.

    Returns
    -------
    mapping of Direction to PricedPart
        Both directions are always there.
    """
    priced = [fact for fact in facts if fact.bout.direction in TRAVELS and isinstance(fact.energy_j_per_kg, Estimate)]
    samples = samples_of(working, [fact.bout for fact in priced], pauses)
    if samples is None or not priced:
        return dict.fromkeys(TRAVELS, NOTHING_PRICED)
    prices = price(samples, athlete)
    seconds = np.where(prices.reason == 0, samples.duration_s, 0.0)
    forward = np.asarray(energy_j_per_kg(np.where(prices.backward, prices.like_forward, prices.best), seconds))
    duration_s, forward_j_per_kg = samples.sum_by_bout(seconds), samples.sum_by_bout(forward)
    distance_m = _distance_m(samples, seconds, priced)
    found = {}
    for direction in TRAVELS:
        own = np.array([fact.bout.direction is direction for fact in priced])
        found[direction] = PricedPart(
            *(float(by_bout[own].sum()) for by_bout in (duration_s, distance_m, forward_j_per_kg))
        )
    return found


def _distance_m(samples: Samples, answered_s: FloatArray, facts: Sequence[BoutFacts]) -> FloatArray:
    """Return the way of each bout: as it is shown where all of it has a price, else from the speeds that have one."""
    from_speed_m = samples.sum_by_bout(np.where(answered_s > 0.0, samples.speed_mps, 0.0) * answered_s)
    all_of_it = samples.sum_by_bout(samples.duration_s - answered_s) == 0.0
    shown_m = np.array([np.nan if fact.distance_m is None else fact.distance_m for fact in facts])
    return np.where(all_of_it & np.isfinite(shown_m), shown_m, from_speed_m)


def cost_j_per_kg_m(energy: Estimate | NotKnown, distance_m: float) -> Estimate | NotKnown:
    """Spread an energy over the way it was spent on.

    Parameters
    ----------
    energy : Estimate or NotKnown
        Gross, J kg⁻¹.
    distance_m : float
        The way it stands for.

    Returns
    -------
    Estimate or NotKnown
        ``cost_j_per_kg_m`` with the same model, standing and caveats.
    """
    return _over("cost_j_per_kg_m", energy, distance_m, NO_DISTANCE)


def power_w_per_kg(energy: Estimate | NotKnown, duration_s: float) -> Estimate | NotKnown:
    """Spread an energy over the time it was spent in: the mean metabolic power.

    Parameters
    ----------
    energy : Estimate or NotKnown
        Gross, J kg⁻¹.
    duration_s : float
        The time it stands for.

    Returns
    -------
    Estimate or NotKnown
        ``power_w_per_kg``: what the body turns over, four to five times what a power meter for runners shows.
    """
    return _over("power_w_per_kg", energy, duration_s, NO_TIME)


def capacity_share(power: Estimate | NotKnown, capacity: Estimate | NotKnown) -> Estimate | NotKnown:
    """Say which share of the highest oxygen uptake a mean metabolic power takes (%VO2max).

    Parameters
    ----------
    power : Estimate or NotKnown
        Mean metabolic power, W kg⁻¹.
    capacity : Estimate or NotKnown
        Highest oxygen uptake, ml kg⁻¹ min⁻¹.

    Returns
    -------
    Estimate or NotKnown
        ``maximal_oxygen_uptake_share``. The low power over the high capacity is its low end, and the other way round.

    Examples
    --------
    >>> from backward_running.core.standing import Standing
    >>> power = Estimate("power_w_per_kg", 14.0, 13.0, 15.0, "m", Standing.SINGLE_STUDY)
    >>> said = capacity_share(power, stated_capacity(Athlete(maximal_oxygen_uptake_ml_per_kg_min=50.0)))
    >>> round(said.value, 2)
    0.8
    """
    name = "maximal_oxygen_uptake_share"
    if isinstance(power, NotKnown):
        return NotKnown(name, power.why)
    if isinstance(capacity, NotKnown):
        return NotKnown(name, capacity.why)
    best, low, high = (
        watts * 60.0 / JOULES_PER_ML.value / most
        for watts, most in ((power.value, capacity.value), (power.low, capacity.high), (power.high, capacity.low))
    )
    caveats = dict.fromkeys((*capacity.caveats, *((OVER_CAPACITY,) if best > 1.0 else ()), *power.caveats))
    model = power.model if capacity.model == STATED else join_models((*power.models, *capacity.models))
    standing = weakest(power.standing, capacity.standing)
    return Estimate(name, best, low, high, model, standing, tuple(caveats), power.left_out)


def stated_capacity(athlete: Athlete) -> Estimate | NotKnown:
    """Return the highest oxygen uptake that the runner states; it is taken as exact, and says so."""
    name = "maximal_oxygen_uptake_ml_per_kg_min"
    stated = athlete.maximal_oxygen_uptake_ml_per_kg_min
    if stated is None:
        return NotKnown(name, NO_CAPACITY)
    return Estimate(name, stated, stated, stated, STATED, Standing.MEASURED, (CAPACITY_STATED,))


def capacity_of(athlete: Athlete, heart: OwnHeart | NotKnown) -> Estimate | NotKnown:
    """Return the highest oxygen uptake: as the runner states it, else read off their own heart.

    Parameters
    ----------
    athlete : Athlete
        With ``maximal_oxygen_uptake_ml_per_kg_min`` where stated.
    heart : OwnHeart or NotKnown
        The runner's own forward line; it takes a resting and a maximal heart rate.

    Returns
    -------
    Estimate or NotKnown
        ``maximal_oxygen_uptake_ml_per_kg_min``.
    """
    stated = stated_capacity(athlete)
    if isinstance(stated, Estimate):
        return stated
    read_off = capacity_read_off(heart)
    return read_off if isinstance(read_off, Estimate) else stated


def capacity_read_off(heart: OwnHeart | NotKnown) -> Estimate | NotKnown:
    """Return the highest oxygen uptake that the runner's own forward line says at their maximal heart rate.

    Parameters
    ----------
    heart : OwnHeart or NotKnown
        Where it is not known the reason is passed on.

    Returns
    -------
    Estimate or NotKnown
        ``maximal_oxygen_uptake_ml_per_kg_min``; an estimate, no test. Not known where no body is like that.
    """
    name = "maximal_oxygen_uptake_ml_per_kg_min"
    if isinstance(heart, NotKnown):
        return NotKnown(name, heart.why)
    best = heart.maximal_oxygen_uptake_ml_per_kg_min
    if best is None:
        return NotKnown(name, NO_MAXIMUM)
    if not NAMES[name].lowest <= best <= NAMES[name].highest:
        return NotKnown(name, DOES_NOT_FIT)
    spread, model = float(reach(swain.SPREAD.value)), swain.MODEL
    low, high = best * (1 - spread), best * (1 + spread)
    return Estimate(name, best, low, high, model.key, Standing.EXTRAPOLATED, (CAPACITY_READ_OFF,))


def net_ratio(
    energy: Estimate | NotKnown, priced: PricedPart, gross: Estimate | NotKnown | None = None
) -> Estimate | NotKnown:
    """Compare what backward takes above rest with what the same way takes forward above rest.

    Parameters
    ----------
    energy : Estimate or NotKnown
        Of the backward bouts, gross, J kg⁻¹.
    priced : PricedPart
        Of the same bouts.
    gross : Estimate, optional
        The ratio of the same bouts, rest included: how far its ends lie from its middle. That of an energy holds how
        people differ forward too, which falls out of a ratio. Without it the middle is all that is said.

    Returns
    -------
    Estimate or NotKnown
        ``backward_to_forward_ratio``, net. It lies further from 1 than the gross one.

    Notes
    -----
    (E − r·t) / (F − r·t) with rest r = 3.5 ml kg⁻¹ min⁻¹: time spent standing falls out.

    Examples
    --------
    Walking as Williford 1998 measured it: 15.95 against 12.42 ml/kg/min are 1.28 gross and 1.40 net.

    >>> from backward_running.core.standing import Standing
    >>> back, ahead = (float(energy_j_per_kg(uptake, 600.0)) for uptake in (15.95, 12.42))
    >>> backward = Estimate("energy_j_per_kg", back, back, back, "m", Standing.SINGLE_STUDY)
    >>> round(net_ratio(backward, PricedPart(600.0, 804.0, ahead)).value, 2)
    1.4
    """
    name = "backward_to_forward_ratio"
    if isinstance(energy, NotKnown):
        return NotKnown(name, energy.why)
    rest = float(energy_j_per_kg(RESTING_OXYGEN_UPTAKE.value, priced.duration_s))
    above_rest = priced.forward_j_per_kg - rest
    if not above_rest > 0.0:
        return NotKnown(name, NO_TIME)
    ends = (1.0, 1.0)
    if isinstance(gross, Estimate) and energy.low < energy.high:  # what was measured has no interval of a model
        ends = (gross.low / gross.value, gross.high / gross.value)
    best, low, high = ((energy.value * share - rest) / above_rest for share in (1.0, *ends))
    return Estimate(name, best, low, high, energy.model, energy.standing, (NET,))


def _over(name: str, energy: Estimate | NotKnown, amount: float, why_none: str) -> Estimate | NotKnown:
    if isinstance(energy, NotKnown):
        return NotKnown(name, energy.why)
    if not amount > 0.0:
        return NotKnown(name, why_none)
    return replace(energy, name=name, value=energy.value / amount, low=energy.low / amount, high=energy.high / amount)
