"""Does it work, for this person: every promise answered from their own months, and what they measure of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from backward_running import effort, outcomes
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.load import LoadRow
from backward_running.core.ports import (
    CoachingAndLoad,
    OwnMonths,
    PlannedAndDone,
)
from backward_running.evidence import Evidence, proposed_number
from backward_running.flows import by_word, days, measuring
from backward_running.outcomes import pooling
from backward_running.outcomes.answering import Answer, Question, Word, answer
from backward_running.outcomes.base import Minutes, Outcome, Reading, RunReading, Told
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
REHABILITATION = "rehab:"


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
        Told(tuple(reversed(measuring.kept(store))), days.check_ins(store), tuple(_runs(rows, athlete))),
        backward,
        _minutes(forward_s),
        date.fromordinal(int(backward.days[0])) if len(backward.days) else None,
        plan is not None and str(plan.answers.get("goal", "")).startswith(REHABILITATION),
        athlete.simulated,
        measuring.devices(store),
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
