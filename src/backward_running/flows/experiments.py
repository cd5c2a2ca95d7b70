"""Experiments on oneself: written down before they begin, answered at their looks alone, ended by a red flag."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from backward_running import outcomes
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.ports import DatedReadings, Experimenting, OwnMonths, Settings
from backward_running.evidence import proposed_number
from backward_running.flows import clearing, days, experiment_days, measuring, works
from backward_running.flows.experiment_days import SETTING, Standing, written_down
from backward_running.outcomes import registering
from backward_running.outcomes.base import Reading
from backward_running.outcomes.registering import Design, Found, Needed, Registered

LEAST_WEEKS = proposed_number(
    "experiment_least_weeks", 4.0, "wk", "How readings wander from week to week is told from four weeks of them."
)
REMIND_AFTER = proposed_number(
    "experiment_remind_after_days", 3.0, "d", "While an experiment runs, a measurement is asked for after three days."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """How far the phases that are over, and the one that runs, were kept to."""

    phases: int  #: that have begun
    as_drawn: int  #: of them: without backward minutes where there were to be none, with some where there were to be
    backward_days_without: int  #: days with backward running in phases without


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment, as it stands today."""

    standing: Standing
    design: Design
    title: str  #: of the promise
    found: Found | None  #: at its end, or half way where it works already
    is_early: bool  #: found half way
    first_look_on: date | None
    next_answer_on: date | None
    readings: tuple[Reading, ...]  #: since it began
    kept: Kept
    unit: str  #: of the effect
    is_over: bool

    @property
    def registered(self) -> Registered:
        """Return what was frozen."""
        return self.standing.registered

    @property
    def is_open(self) -> bool:
        """Whether it runs, or waits to begin."""
        return self.standing.ended_on is None and self.found is None and not self.is_over


@dataclass(frozen=True, slots=True)
class Length:
    """How long it takes to find an effect; None: it will not be able to tell."""

    important_ratio: float  #: the effect in smallest important changes
    effect: float
    needed: Needed | None
    weeks: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A design for a promise, and how long it takes."""

    design: Design
    address: str
    title: str
    unit: str
    lengths: tuple[Length, ...]  #: empty where fewer than four weeks of readings say how they wander


def offers(whole: works.Overview) -> tuple[Offer, ...]:
    """Return every design with every promise it suits, those with readings first."""
    known = outcomes.all_designs()
    promises = (*whole.promises, *whole.unmeasured)
    return tuple(
        offer(promise, design)
        for design in known.values()
        for promise in promises
        if promise.key in design.for_outcomes and (promise.site or promise.key != "pain")
    )


def offer_of(store: OwnMonths, design: str, address: str) -> Offer:
    """Return one design with one promise. Raises NotFound, BadValue where they do not go together."""
    wanted, promise = _asked(store, design, address)
    return offer(promise, wanted)


def _asked(store: OwnMonths, design: str, address: str) -> tuple[Design, works.Promise]:
    known = outcomes.all_designs()
    if design not in known:
        raise NotFound(f"There is no design {design!r}; there are: {', '.join(known)}.")
    promise, wanted = works.among(works.overview(store), address), known[design]
    if promise.key not in wanted.for_outcomes:
        raise BadValue("promise", f"be one of {', '.join(wanted.for_outcomes)} for {wanted.title.lower()}", address)
    return wanted, promise


#: Effects of which the length is told, in smallest important changes.
ASKED_RATIOS = (1.0, 2.0)


def offer(promise: works.Promise, design: Design) -> Offer:
    """Say how long it takes to find one and two smallest important changes, four times of five."""
    spread = _spread(promise.readings)
    lengths = [] if spread is None else [_length(promise, design, spread, ratio) for ratio in ASKED_RATIOS]
    return Offer(design, promise.address, promise.title, promise.unit, tuple(lengths))


def _length(promise: works.Promise, design: Design, spread: float, ratio: float) -> Length:
    needed = design.needed(spread, ratio * promise.important)
    return Length(ratio, ratio * promise.important, needed, None if needed is None else design.weeks(needed))


def _spread(readings: Sequence[Reading]) -> float | None:
    """Return the standard deviation of the difference of two weeks in a row that have readings."""
    weeks: dict[int, list[float]] = {}
    for reading in readings:
        weeks.setdefault(reading.on.toordinal() // 7, []).append(reading.value)
    if len(weeks) < LEAST_WEEKS.value:
        return None
    return float(np.std(np.diff([float(np.mean(weeks[week])) for week in sorted(weeks)]), ddof=1))


def register(
    store: Experimenting,
    design: str,
    address: str,
    *,
    now: datetime,
    begins_on: date,
    units: int | None = None,
    after_days: int | None = None,
) -> Experiment:
    """Write an experiment down; from then on nothing of it changes, and the plan leaves its days without out.

    Parameters
    ----------
    store : Experimenting
        Where it is kept.
    design, address : str
        Of the design and the outcome.
    now : datetime
        The moment, aware.
    begins_on : date
        Its first day, today or later.
    units : int, optional
        Possible days of a start, or pairs of weeks; the fewest where it is left out.
    after_days : int, optional
        How long is measured after the last possible start; the fewest where it is left out.

    Returns
    -------
    Experiment
        One that has not begun yet is replaced: a new version, with the same lot.

    Raises
    ------
    NotFound, BadValue, Stopped
        There is no such design or outcome, they do not go together, one runs already, it would begin in the past, or
        something stops the plan.
    """
    today = days.today(store, now)
    clearing.refuse_while_stopped(store, today)
    wanted, promise = _asked(store, design, address)
    if begins_on < today:
        raise BadValue("begins", f"not lie before today, {today}: what is known already decides nothing", begins_on)
    count = wanted.least_units if units is None else units
    if not wanted.least_units <= count <= wanted.most_units:
        raise BadValue("units", f"lie between {wanted.least_units} and {wanted.most_units}", count)
    before = experiment_days.running(store, today)
    if before is not None and before.registered.begins_on <= today:
        raise BadValue("experiment", "wait for the one that runs: end it first, or wait for its answer", design)
    made = Registered(
        design, address, promise.better, promise.important, today, begins_on, count,
        secrets.randbits(32) if before is None else before.registered.seed,
        wanted.after_days if after_days is None or not wanted.after_days else max(after_days, wanted.after_days),
        version=1 if before is None else before.registered.version + 1,
        looks=2 if wanted.looks_twice_from is not None and count >= wanted.looks_twice_from else 1,
    )  # fmt: skip
    kept = written_down(store)
    if before is not None:
        kept[-1]["ended_on"] = today.isoformat()
    _keep(store, [*kept, {"text": made.text(), "sha256": made.sha256, "ended_on": None, "safety": False}])
    return experiments(store, now=now)[-1]


def end(store: OwnMonths, *, now: datetime) -> Experiment:
    """End the one that runs before its time; its readings stay. Raises NotFound where none runs."""
    running = [number for number, each in enumerate(experiments(store, now=now)) if each.is_open]
    if not running:
        raise NotFound("No experiment runs: there is nothing to end.")
    kept = written_down(store)
    kept[running[-1]]["ended_on"] = days.today(store, now).isoformat()
    _keep(store, kept)
    return experiments(store, now=now)[running[-1]]


def experiments(store: OwnMonths, *, now: datetime) -> tuple[Experiment, ...]:
    """Return every experiment as it stands, oldest first; a red flag told since it was written down has ended it.

    Parameters
    ----------
    store : OwnMonths
        Where they are kept.
    now : datetime
        The moment, aware.
    """
    found = experiment_days.standing(store)
    if not found:
        return ()
    whole = works.overview(store)
    backward_on = frozenset(works.backward_days(store))
    return tuple(_seen(each, whole, backward_on, days.today(store, now)) for each in found)


def _seen(standing: Standing, whole: works.Overview, backward_on: frozenset[date], today: date) -> Experiment:
    registered = standing.registered
    design = outcomes.all_designs()[registered.design]
    promise = works.among(whole, registered.outcome)
    first_on = registering.looked_at_on(design, registered)
    found, is_early = _answered(standing, design, promise.readings, first_on, today)
    is_over = today >= standing.answered_on
    ahead = [day for day in (first_on, standing.answered_on) if day is not None and day > today]
    runs = standing.ended_on is None and found is None
    return Experiment(
        standing,
        design,
        promise.title,
        found,
        is_early,
        first_on,
        min(ahead, default=None) if runs else None,
        tuple(reading for reading in promise.readings if registered.begins_on <= reading.on < standing.answered_on),
        _kept_to(standing, backward_on, today),
        promise.unit,
        is_over,
    )


def _answered(
    standing: Standing, design: Design, readings: Sequence[Reading], first_on: date | None, today: date
) -> tuple[Found | None, bool]:
    """Return what is found: half way where it works already, else at the end; nothing between."""
    registered, first = standing.registered, standing.registered.first_look
    if standing.ended_on is not None and (first_on is None or standing.ended_on < first_on):
        return None, False
    if first is not None and first_on is not None and today >= first_on:
        early = design.analyse(registered, [reading for reading in readings if reading.on < first_on], first)
        if early is not None and early.works:
            return early, True
    if standing.ended_on is None and today >= standing.answered_on:
        return design.analyse(registered, readings, registered.last_look), False
    return None, False


def _kept_to(standing: Standing, backward_on: frozenset[date], today: date) -> Kept:
    until = min(today, standing.ended_on or today)
    begun = [phase for phase in standing.phases if phase.begins_on <= until]
    ran = [sum(phase.begins_on <= day <= min(phase.ends_on, until) for day in backward_on) for phase in begun]
    as_drawn = sum((count > 0) == phase.backward for phase, count in zip(begun, ran, strict=True))
    broken = sum(count for phase, count in zip(begun, ran, strict=True) if not phase.backward)
    return Kept(len(begun), as_drawn, broken)


@dataclass(frozen=True, slots=True)
class Due:
    """What the experiment that runs asks for today."""

    title: str  #: of the promise
    address: str
    is_typed: bool
    is_timed: bool  #: a test with a stopwatch
    backward: bool | None  #: of the phase that runs; None before the first
    until: date  #: its last day; the first day of the experiment where it has not begun
    measured_on: date | None  #: the newest reading
    is_due: bool  #: a measurement is asked for


def due(store: DatedReadings, *, today: date) -> Due | None:
    """Return what the experiment that runs asks for today; None without one. Nothing is answered for it.

    Parameters
    ----------
    store : DatedReadings
        With experiments, check-ins and measurements.
    today : date
        For the runner.
    """
    standing = experiment_days.running(store, today) if store.setting(SETTING) else None
    if standing is None:
        return None
    asked = standing.registered.outcome
    outcome = outcomes.all_outcomes()[asked.partition(":")[0]]
    phase = next((each for each in standing.phases if each.begins_on <= today <= each.ends_on), None)
    newest = measuring.newest(store, asked)
    fresh = newest is not None and today - newest < timedelta(days=REMIND_AFTER.value)
    is_read = outcome.is_typed or outcome.by_site
    return Due(
        outcome.title,
        asked,
        outcome.is_typed,
        outcome.timing is not None,
        None if phase is None else phase.backward,
        standing.registered.begins_on if phase is None else phase.ends_on,
        newest,
        is_due=phase is not None and is_read and not fresh,
    )


def _keep(store: Settings, kept: list[dict[str, object]]) -> None:
    store.put_setting(SETTING, json.dumps(kept))
