"""Does it work, for this person: every promise answered from their own months, and what they measure of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

import numpy as np

from backward_running import effort, outcomes
from backward_running.core.athlete import Athlete
from backward_running.core.clock import from_wall
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.load import LoadRow
from backward_running.core.measurement import Measurement
from backward_running.core.ports import (
    CoachingAndLoad,
    DatedMeasurements,
    DatedReadings,
    OwnMonths,
    PlannedAndDone,
    Settings,
)
from backward_running.evidence import Evidence, proposed_number
from backward_running.flows import by_word, days, walk_test
from backward_running.outcomes import pooling
from backward_running.outcomes.answering import Answer, Question, Word, answer
from backward_running.outcomes.base import Minutes, Outcome, Reading, RunReading, Timing, Told
from backward_running.outcomes.detectable import Detectable, detectable
from backward_running.outcomes.together import together

#: Less than this of a day is a turn or a mistake of a sensor, and begins nothing.
LEAST = proposed_number(
    "outcome_least_backward_s",
    60.0,
    "s",
    "A day counts as backward from one minute on: a turn or a mistake of a sensor begins no training.",
)
#: So much of forward running has a heart rate, or its mean says nothing of the whole.
WITH_HEART = proposed_number(
    "outcome_with_heart_share",
    0.8,
    "1",
    "The mean heart rate of forward running is believed where four fifths of it have one.",
)
DEVICES = "devices_said"  #: setting: of each kind, the days of which it was said whether the device was another
REHABILITATION = "rehab:"
WALK_TEST = "backward_walk"  #: the measurement that a gate asks for, too


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be measured and typed."""

    key: str
    title: str
    unit: str
    lowest: float
    highest: float
    how: str
    warning: str
    is_mass: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A test that is timed: how it is done, what was measured, what two tries have to differ by."""

    kind: Kind
    timing: Timing
    places: int
    newest: tuple[Measurement, ...]
    detectable: Detectable | None
    error_says: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of one person: what was read, what is known, and beside it what studies found."""

    key: str
    site: str | None
    title: str
    says: str
    unit: str
    places: int
    is_mass: bool
    is_typed: bool
    is_timed: bool  #: a test with a stopwatch
    better: int
    important: float
    important_says: str
    important_tag: str
    error: float | None
    how: str
    warning: str
    is_claim_false: bool
    readings: tuple[Reading, ...]
    answer: Answer
    device_changed: tuple[date, ...]  #: as its person says
    taken_back: bool  #: it says something alone, and no more beside the others
    forest: tuple[pooling.Row, ...]
    evidence: tuple[Evidence, ...]

    @property
    def address(self) -> str:
        """Return by what it is asked for: "weight", "pain:left knee"."""
        return f"{self.key}:{self.site}" if self.site else self.key


@dataclass(frozen=True, slots=True)
class Overview:
    """All promises, those with readings first."""

    promises: tuple[Promise, ...]
    unmeasured: tuple[Promise, ...]
    first_on: date | None  #: the first day with backward minutes
    backward_min: float
    claims: int
    expected_false: float
    is_simulated: bool


def kinds() -> tuple[Kind, ...]:
    """Return what can be measured and typed, by title."""
    typed = [outcome for outcome in outcomes.all_outcomes().values() if outcome.is_typed]
    return tuple(
        Kind(each.key, each.title, each.unit, each.lowest, each.highest, each.how, each.warning, each.is_mass)
        for each in sorted(typed, key=lambda each: each.title)
    )


def kind(key: str) -> Kind:
    """Return one kind. Raises NotFound."""
    found = next((known for known in kinds() if known.key == key), None)
    if found is None:
        raise NotFound(f"Nothing called {key!r} is measured; there are: {', '.join(known.key for known in kinds())}.")
    return found


def timed() -> tuple[Kind, ...]:
    """Return the kinds that are tests with a stopwatch."""
    known = outcomes.all_outcomes()
    return tuple(each for each in kinds() if known[each.key].timing is not None)


def trial(store: DatedMeasurements, key: str, *, most: int = 5) -> Trial:
    """Return one test, with the newest tries. Raises NotFound."""
    wanted = next((each for each in timed() if each.key == key), None)
    outcome = outcomes.all_outcomes().get(key)
    if wanted is None or outcome is None or outcome.timing is None:
        raise NotFound(f"There is no test {key!r}; there are: {', '.join(each.key for each in timed())}.")
    tries = kept(store, key)
    readings = [Reading(each.measured_at.date(), each.value) for each in tries]
    error = outcome.measurement_error
    says = "" if error is None else error.evidence.says
    return Trial(wanted, outcome.timing, outcome.places, tries[:most], detectable(outcome, readings), says)


def keep(
    store: DatedMeasurements, key: str, value: float, *, now: datetime, on: date | None = None, note: str = ""
) -> Measurement:
    """Keep what somebody measured.

    Parameters
    ----------
    store : DatedMeasurements
        Where it is kept.
    key : str
        Of the kind.
    value : float
        In the unit of the kind.
    now : datetime
        The moment, aware.
    on : date, optional
        The day it was measured; today where it is left out.
    note : str
        In the runner's words.

    Raises
    ------
    NotFound, BadValue
        There is no such kind; the value can be that of nobody, or the day lies ahead.
    """
    wanted = kind(key)
    if not wanted.lowest <= value <= wanted.highest:
        unit = f" {wanted.unit}" if wanted.unit else ""
        rule = f"lie between {wanted.lowest:g} and {wanted.highest:g}{unit}"
        raise BadValue(wanted.title.lower(), rule, value, "Look at the unit, and type it again.")
    today = days.today(store, now)
    if on is not None and on > today:
        raise BadValue("on", f"not lie after today, {today}", on)
    at = now if on in (None, today) else from_wall(datetime.combine(on or today, time(12)), days.own_zone(store))
    made = Measurement(uuid4().hex, key, at, value, " ".join(note.split())[:200] or None)
    store.put_measurement(made)
    _tell_the_walk_test(store)
    return made


def take_back(store: DatedMeasurements, measurement_id: str) -> None:
    """Forget a measurement. Raises NotFound."""
    if all(kept.measurement_id != measurement_id for kept in store.measurements()):
        raise NotFound("That measurement is not here: it was taken back already.")
    store.take_back_measurement(measurement_id)
    _tell_the_walk_test(store)


def say_device(store: Settings, key: str, on: date, *, changed: bool | None, today: date) -> None:
    """Keep whether another device came on a day; None forgets what was said of that day.

    Parameters
    ----------
    store : Settings
        Where it is kept.
    key : str
        Of the promise.
    on : date
        The first day with the other device; not after today.
    changed : bool or None
        Whether it was exchanged or set anew.
    today : date
        For the runner.

    Raises
    ------
    NotFound, BadValue
        Nothing of that name is read by a device; the day lies ahead.
    """
    known = [outcome.key for outcome in outcomes.all_outcomes().values() if outcome.has_device]
    if key not in known:
        raise NotFound(f"No device of {key!r} is asked about; there are: {', '.join(known)}.")
    if on > today:
        raise BadValue("on", f"not lie after today, {today}", on)
    said = _devices(store)
    mine = {day: was for day, was in said.get(key, {}).items() if day != on.isoformat()}
    said[key] = mine if changed is None else mine | {on.isoformat(): changed}
    store.put_setting(DEVICES, json.dumps(said))


def _devices(store: Settings) -> dict[str, dict[str, bool]]:
    return dict(json.loads(store.setting(DEVICES) or "{}"))


def _tell_the_walk_test(store: DatedMeasurements) -> None:
    """Let the gate of the 3-metre walk know the newest test: a slow one closes it, whichever way it was told."""
    newest = max(kept(store, WALK_TEST), key=lambda each: each.measured_at, default=None)
    walk_test.remember_measured(
        store, None if newest is None else newest.value, on=None if newest is None else newest.measured_at.date()
    )


def kept(store: DatedMeasurements, key: str | None = None) -> tuple[Measurement, ...]:
    """Return what was measured, on the runner's clock, newest first; of one kind or of all."""
    found = reversed(store.measurements())
    mine = (replace(each, measured_at=days.on_own_clock(store, each.measured_at)) for each in found)
    return tuple(each for each in mine if key is None or each.kind == key)


def overview(store: OwnMonths) -> Overview:
    """Answer every promise.

    Parameters
    ----------
    store : OwnMonths
        With runs, words, check-ins and measurements.
    """
    facts = _facts(store)
    asked = [(outcome, site) for outcome in outcomes.all_outcomes().values() for site in _sites(outcome, facts)]
    readings = {_name(*each): _series(*each, facts) for each in asked}
    answers = {
        _name(*each): _answer(each[0], readings[_name(*each)], facts) for each in asked if readings[_name(*each)]
    }
    held = together(answers)
    promises = []
    for outcome, site in asked:
        name = _name(outcome, site)
        told = held.answers.get(name) or _answer(outcome, (), facts)
        promises.append(_promise(outcome, site, readings[name], told, facts, taken_back=name in held.taken_back))
    return Overview(
        tuple(sorted((each for each in promises if each.readings), key=_order)),
        tuple(each for each in promises if not each.readings),
        facts.first_on,
        float(facts.backward.minutes.sum()),
        held.claims,
        held.expected_false,
        facts.is_simulated,
    )


def among(whole: Overview, address: str) -> Promise:
    """Return one of all promises: a claim holds among them or not at all. Raises NotFound."""
    found = next((each for each in (*whole.promises, *whole.unmeasured) if each.address == address), None)
    if found is None:
        raise NotFound(f"There is no promise {address!r}; there are: {', '.join(outcomes.all_outcomes())}.")
    return found


_RANK = {Word.PROBABLY: 0, Word.PROBABLY_WORSE: 0, Word.NO_IMPORTANT_CHANGE: 1, Word.CANNOT_TELL: 2}


def _order(each: Promise) -> tuple[int, str]:
    return _RANK.get(each.answer.word, 3), each.title


def backward_days(store: OwnMonths) -> tuple[date, ...]:
    """Return the days with backward running, seen or said, in order."""
    return tuple(date.fromordinal(int(day)) for day in _facts(store).backward.days)


def newest(store: DatedReadings, address: str) -> date | None:
    """Return the day of the newest reading that was typed or told of a promise; None where there is none."""
    key, _, site = address.partition(":")
    told = Told(tuple(reversed(kept(store))), days.check_ins(store), (), site or None)
    read = outcomes.all_outcomes()[key].series(told)
    return read[-1].on if read else None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What there is of a person."""

    told: Told
    backward: Minutes
    forward: Minutes
    first_on: date | None
    in_rehabilitation: bool
    is_simulated: bool
    devices: Mapping[str, Mapping[str, bool]]

    def device(self, key: str, *, changed: bool) -> tuple[date, ...]:
        """Return the days of which it was said that the device was another, or the same."""
        return tuple(date.fromisoformat(day) for day, was in self.devices.get(key, {}).items() if was is changed)


def seconds_by_day(store: CoachingAndLoad) -> dict[Direction, dict[date, float]]:
    """Return what was run of each direction on each day, seen or said; unknown is on foot without a direction."""
    return _seconds(store, store.load_rows())


def _seconds(store: PlannedAndDone, rows: Sequence[LoadRow]) -> dict[Direction, dict[date, float]]:
    found: dict[Direction, dict[date, float]] = {way: {} for way in _WAYS}
    filled = by_word.filled(store, rows)
    for row in rows:
        spent = filled.get(row.activity_id) or row
        _add(found, days.local_day(row), spent.forward_s, spent.backward_s, spent.unknown_s)
    for said in by_word.alone(store, since=None, until=None):
        _add(found, said.on, said.forward_s, said.backward_s, 0.0)
    return found


_WAYS = (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)


def _add(found: dict[Direction, dict[date, float]], day: date, *spent_s: float) -> None:
    for way, seconds in zip(_WAYS, spent_s, strict=True):
        found[way][day] = found[way].get(day, 0.0) + seconds


def _facts(store: OwnMonths) -> _Facts:
    rows, athlete = store.load_rows(), store.athlete()
    spent = _seconds(store, rows)
    backward_s, forward_s = (
        {day.toordinal(): seconds for day, seconds in spent[way].items()}
        for way in (Direction.BACKWARD, Direction.FORWARD)
    )
    backward = _minutes({day: seconds for day, seconds in backward_s.items() if seconds >= LEAST.value})
    plan = store.plan()
    return _Facts(
        Told(tuple(reversed(kept(store))), days.check_ins(store), tuple(_runs(rows, athlete))),
        backward,
        _minutes(forward_s),
        date.fromordinal(int(backward.days[0])) if len(backward.days) else None,
        plan is not None and str(plan.answers.get("goal", "")).startswith(REHABILITATION),
        athlete.simulated,
        _devices(store),
    )


def _minutes(seconds: Mapping[int, float]) -> Minutes:
    on = sorted(seconds)
    return Minutes(np.array(on, dtype=float), np.array([seconds[day] / 60.0 for day in on], dtype=float))


def _runs(rows: Sequence[LoadRow], athlete: Athlete) -> list[RunReading]:
    """Return what of each run is read: its mean share of the heart rate reserve is that of its training impulse."""
    model = effort.trimp_model_of(athlete)
    reserve = np.linspace(0.0, 1.0, 1001)
    per_minute = None if model is None else np.asarray(model.best(reserve, 60.0), dtype=float)
    found = []
    for row in rows:
        part = row.loads.part(Direction.FORWARD) if row.loads is not None else None
        share = None
        if per_minute is not None and part is not None and part.trimp_au:
            beating_s = part.duration_s - part.heart_rate_lacks_s
            if beating_s >= WITH_HEART.value * part.duration_s:
                share = float(np.interp(60.0 * part.trimp_au / beating_s, per_minute, reserve))
        speed = row.forward_m / row.forward_s if row.forward_m and row.forward_s else None
        found.append(RunReading(days.local_day(row), row.forward_s, speed, share))
    return found


def _sites(outcome: Outcome, facts: _Facts) -> tuple[str | None, ...]:
    if not outcome.by_site:
        return (None,)
    sites = sorted({site for check_in in facts.told.check_ins for site in check_in.pain_nrs})
    return tuple(sites) or (None,)


def _name(outcome: Outcome, site: str | None) -> str:
    return f"{outcome.key}:{site}" if site else outcome.key


def _series(outcome: Outcome, site: str | None, facts: _Facts) -> tuple[Reading, ...]:
    return outcome.series(replace(facts.told, site=site))


def _answer(outcome: Outcome, readings: Sequence[Reading], facts: _Facts) -> Answer:
    return answer(
        Question(
            tuple(reading.on.toordinal() for reading in readings),
            tuple(reading.value for reading in readings),
            facts.backward,
            facts.forward,
            outcome.important.value,
            outcome.better,
            in_rehabilitation=facts.in_rehabilitation,
            is_mass=outcome.is_mass,
            has_device=outcome.has_device,
            device_changed=tuple(day.toordinal() for day in facts.device(outcome.key, changed=True)),
            device_same=tuple(day.toordinal() for day in facts.device(outcome.key, changed=False)),
        )
    )


def _promise(
    outcome: Outcome, site: str | None, readings: tuple[Reading, ...], told: Answer, facts: _Facts, *, taken_back: bool
) -> Promise:
    return Promise(
        outcome.key,
        site,
        f"{outcome.title}: {site}" if site else outcome.title,
        outcome.promise,
        outcome.unit,
        outcome.places,
        outcome.is_mass,
        outcome.is_typed,
        outcome.timing is not None,
        outcome.better,
        outcome.important.value,
        outcome.important.evidence.says,
        outcome.important.evidence.tag.words,
        outcome.measurement_error.value if outcome.measurement_error else None,
        outcome.how,
        outcome.warning,
        outcome.is_claim_false,
        readings,
        told,
        facts.device(outcome.key, changed=True),
        taken_back,
        pooling.forest(outcome, site, told),
        outcome.evidence,
    )
