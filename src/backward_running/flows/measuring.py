"""What somebody measures of themselves: what can be, how, what was, and tests with a stopwatch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

from backward_running import outcomes
from backward_running.core.clock import from_wall
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.measurement import Measurement
from backward_running.core.ports import DatedMeasurements, DatedReadings, Settings
from backward_running.flows import days, walk_test
from backward_running.outcomes.base import Questionnaire, Reading, Timing, Told
from backward_running.outcomes.detectable import Detectable, detectable

DEVICES = "devices_said"  #: setting: of each kind, the days of which it was said whether the device was another
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


def asked() -> tuple[Kind, ...]:
    """Return the kinds that are answered question by question."""
    known = outcomes.all_outcomes()
    return tuple(each for each in kinds() if known[each.key].questionnaire is not None)


def questionnaire(key: str) -> Questionnaire:
    """Return the questions of one kind. Raises NotFound."""
    outcome = outcomes.all_outcomes().get(key)
    if outcome is None or outcome.questionnaire is None:
        raise NotFound(f"There are no questions called {key!r}; there are: {', '.join(each.key for each in asked())}.")
    return outcome.questionnaire


def keep_answers(
    store: DatedMeasurements, key: str, answers: Sequence[int | None], *, now: datetime, on: date | None = None
) -> Measurement:
    """Keep the score of a questionnaire; the answers stand in its note, in their order.

    Parameters
    ----------
    store : DatedMeasurements
        Where it is kept.
    key : str
        Of the kind.
    answers : sequence of int or None
        The number of the choice for each question, from 1; None: not answered.
    now : datetime
        The moment, aware.
    on : date, optional
        The day it was answered; today where it is left out.

    Raises
    ------
    NotFound, BadValue
        There are no such questions; an answer was not offered.
    """
    score = questionnaire(key).score(answers)
    said = " ".join("-" if answer is None else str(answer) for answer in answers)
    return keep(store, key, score, now=now, on=on, note=f"answers {said}")


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
    said = devices(store)
    mine = {day: was for day, was in said.get(key, {}).items() if day != on.isoformat()}
    said[key] = mine if changed is None else mine | {on.isoformat(): changed}
    store.put_setting(DEVICES, json.dumps(said))


def devices(store: Settings) -> dict[str, dict[str, bool]]:
    """Return what was said of each device, by kind and day."""
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


def newest(store: DatedReadings, address: str) -> date | None:
    """Return the day of the newest reading that was typed or told of a promise; None where there is none."""
    key, _, site = address.partition(":")
    told = Told(tuple(reversed(kept(store))), days.check_ins(store), (), site or None)
    read = outcomes.all_outcomes()[key].series(told)
    return read[-1].on if read else None
