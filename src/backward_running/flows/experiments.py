"""Experiments on oneself: written down before they begin, answered once and at their end, ended by a red flag."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from backward_running import outcomes
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.ports import DatedCheckIns, OwnMonths, Settings
from backward_running.evidence import proposed_number
from backward_running.flows import days, works
from backward_running.outcomes import registering
from backward_running.outcomes.base import Reading
from backward_running.outcomes.registering import Found, Phase, Registered

SETTING = "experiments"
POWER = proposed_number(
    "experiment_power_errors_ratio",
    2.8,
    "1",
    "An effect of 2.8 standard errors is found in four experiments of five at 5 %.",
)
MOST_WEEKS = proposed_number(
    "experiment_most_weeks", 52.0, "wk", "What takes more than a year of weeks is called impossible to tell."
)
LEAST_WEEKS = proposed_number(
    "experiment_least_weeks", 4.0, "wk", "How readings wander from week to week is told from four weeks of them."
)
MORE_DAYS = proposed_number(
    "experiment_after_days", 60.0, "d", "After the last possible start at least sixty days are measured."
)


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment, as it stands today."""

    registered: Registered
    sha256: str
    title: str
    phases: tuple[Phase, ...]
    answered_on: date  #: there is no answer before
    ended_on: date | None  #: before its time
    stopped_for_safety: bool
    found: Found | None
    readings: int  #: since it began
    unit: str  #: of the effect

    @property
    def is_open(self) -> bool:
        """Whether it runs, or waits to begin."""
        return self.ended_on is None and self.found is None


def needed_units(store: OwnMonths, design: str, address: str) -> int | None:
    """Say how many pairs of weeks, or weeks after the start, find the smallest important change four times of five.

    Parameters
    ----------
    store : OwnMonths
        With readings of the outcome.
    design, address : str
        Of the design and the outcome.

    Returns
    -------
    int or None
        None where it would take more than a year, or where fewer than four weeks of readings say how they wander.
    """
    promise = works.among(works.overview(store), address)
    weeks: dict[int, list[float]] = {}
    for reading in promise.readings:
        weeks.setdefault(reading.on.toordinal() // 7, []).append(reading.value)
    if len(weeks) < LEAST_WEEKS.value:
        return None
    means = [float(np.mean(weeks[week])) for week in sorted(weeks)]
    spread = float(np.std(np.diff(means), ddof=1))  # of the difference of two weeks
    pairs = max(1, math.ceil((POWER.value * spread / promise.important) ** 2))
    wanted = max(pairs, outcomes.all_designs()[design].least_units) if "pairs" in design else pairs
    return wanted if wanted <= MOST_WEEKS.value / (2.0 if "pairs" in design else 1.0) else None


def register(
    store: OwnMonths, design: str, address: str, *, now: datetime, begins_on: date, units: int | None = None
) -> Experiment:
    """Write an experiment down; from then on nothing of it changes.

    Parameters
    ----------
    store : OwnMonths
        Where it is kept.
    design, address : str
        Of the design and the outcome.
    now : datetime
        The moment, aware.
    begins_on : date
        Its first day, today or later.
    units : int, optional
        Possible days of a start, or pairs of weeks; the fewest where it is left out.

    Raises
    ------
    NotFound, BadValue
        There is no such design or outcome, they do not go together, one runs already, or it would begin in the past.
    """
    known = outcomes.all_designs()
    if design not in known:
        raise NotFound(f"There is no design {design!r}; there are: {', '.join(known)}.")
    promise, wanted = works.among(works.overview(store), address), known[design]
    today = days.today(store, now)
    if promise.key not in wanted.for_outcomes:
        raise BadValue("promise", f"be one of {', '.join(wanted.for_outcomes)} for {wanted.title.lower()}", address)
    if begins_on < today:
        raise BadValue("begins", f"not lie before today, {today}: what is known already decides nothing", begins_on)
    count = wanted.least_units if units is None else units
    if not wanted.least_units <= count <= MOST_WEEKS.value:
        raise BadValue("units", f"lie between {wanted.least_units} and {MOST_WEEKS.value:.0f}", count)
    if any(each.is_open for each in experiments(store, now=now)):
        raise BadValue("experiment", "wait for the one that runs: end it first, or wait for its answer", design)
    after = 0 if "pairs" in design else int(MORE_DAYS.value)
    made = Registered(
        design, address, promise.better, promise.important, today, begins_on, count, secrets.randbits(32), after
    )
    _keep(store, [*_kept(store), {"text": made.text(), "sha256": made.sha256, "ended_on": None, "safety": False}])
    return experiments(store, now=now)[-1]


def end(store: OwnMonths, *, now: datetime) -> Experiment:
    """End the one that runs before its time; its readings stay. Raises NotFound where none runs."""
    running = [number for number, each in enumerate(experiments(store, now=now)) if each.is_open]
    if not running:
        raise NotFound("No experiment runs: there is nothing to end.")
    kept = _kept(store)
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
    kept = _kept(store)
    return tuple(_stands(store, each, days.today(store, now)) for each in kept)


def _stands(store: OwnMonths, kept: dict[str, object], today: date) -> Experiment:
    registered = registering.read(str(kept["text"]), str(kept["sha256"]))
    design = outcomes.all_designs()[registered.design]
    phases = design.phases(registered)
    answered_on = registering.ends_on(phases)
    flagged = _flagged(store, registered.registered_on)
    ended = date.fromisoformat(str(kept["ended_on"])) if kept["ended_on"] else None
    if flagged is not None and flagged < answered_on and (ended is None or flagged <= ended):
        ended = flagged
    promise = works.among(works.overview(store), registered.outcome)
    readings: Sequence[Reading] = promise.readings
    found = design.analyse(registered, readings) if ended is None and today >= answered_on else None
    since = [reading for reading in readings if registered.begins_on <= reading.on < answered_on]
    made = Experiment(
        registered,
        str(kept["sha256"]),
        design.title,
        phases,
        answered_on,
        ended,
        ended is not None and ended == flagged,
        found,
        len(since),
        promise.unit,
    )
    return replace(made, ended_on=answered_on) if found is None and today >= answered_on and ended is None else made


def _flagged(store: DatedCheckIns, since: date) -> date | None:
    """Return the day of the first red flag that was told since a day."""
    told = days.check_ins(store, since=since - timedelta(days=1))
    flagged = [check_in.made_at.date() for check_in in told if check_in.red_flags]
    return min((day for day in flagged if day >= since), default=None)


def _kept(store: Settings) -> list[dict[str, object]]:
    return list(json.loads(store.setting(SETTING) or "[]"))


def _keep(store: Settings, kept: list[dict[str, object]]) -> None:
    store.put_setting(SETTING, json.dumps(kept))
