"""The two ledgers as they are said: today, by weeks, as lines of a chart."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.effort.load_ledger import SETTLES, Course, Weeks
from backward_running.flows.load_days import LACKING, LOAD, SECONDS, SESSIONS, Days
from backward_running.flows.load_spikes import Sessions
from backward_running.flows.load_views import (
    Amount,
    LedgerSide,
    LoadWeek,
    Ratio,
    Series,
    Spike,
    UnknownSide,
    WeekSide,
)

NO_CHRONIC = "There is no load in what 28 days remember."
LACKS = "Some of the load is not known, so the ratio may be either way."


def ledger_side(days: Days, direction: Direction, following: Spike, *, ratio: bool) -> LedgerSide:
    """Say where one direction stands today."""
    course, own_days = days.courses[direction], np.flatnonzero(days.part(direction, SESSIONS))
    settled = days.first_on + timedelta(days=int(SETTLES.value))
    fitness, fatigue, form = _standing_at(course, -1)
    return LedgerSide(
        direction=direction,
        fitness=fitness,
        fatigue=fatigue,
        form=form,
        week=_amount_this_week(days, direction),
        week_s=days.this_week(direction, SECONDS),
        month_s=days.recent(direction, SECONDS),
        month_sessions=round(days.recent(direction, SESSIONS)),
        next_session=following,
        ratio=_ratio(course) if ratio else None,
        first_on=days.monday + timedelta(days=int(own_days[0])) if len(own_days) else None,
        settled_on=settled if settled > days.today else None,
    )


def unknown_side(days: Days, sessions: Sessions, now: datetime, *, label_next_id: str | None) -> UnknownSide:
    """Say what has no direction."""
    way = Direction.UNKNOWN
    month_s = days.recent(way, SECONDS)
    all_s = month_s + sum(days.recent(direction, SECONDS) for direction in (Direction.FORWARD, Direction.BACKWARD))
    longest = sessions.longest(sessions.before(now, itself=True), sessions.moving_s)
    return UnknownSide(
        week=_amount_this_week(days, way),
        week_s=days.this_week(way, SECONDS),
        month_s=month_s,
        month_sessions=round(days.recent(way, SESSIONS)),
        month_share=month_s / all_s if all_s > 0 else None,
        longest_s=longest[0] if longest else None,
        label_next_id=label_next_id,
    )


def load_weeks(days: Days, most: int | None) -> tuple[LoadWeek, ...]:
    """Return the weeks, newest first."""
    mondays = days.mondays
    forward, backward = (days.weeks(direction) for direction in (Direction.FORWARD, Direction.BACKWARD))
    unknown = days.part(Direction.UNKNOWN, LOAD).reshape(-1, 7).sum(axis=1)
    unsure = days.part(Direction.UNKNOWN, LACKING).reshape(-1, 7).sum(axis=1) > 0
    unknown_s = days.part(Direction.UNKNOWN, SECONDS).reshape(-1, 7).sum(axis=1)
    first = 0 if most is None else max(len(mondays) - most, 0)
    return tuple(
        LoadWeek(
            starts_on=mondays[week],
            over=mondays[week] + timedelta(days=7) <= days.today,
            forward=_week_side(days, Direction.FORWARD, forward, week),
            backward=_week_side(days, Direction.BACKWARD, backward, week),
            unknown=Amount(float(unknown[week]), bool(unsure[week])),
            unknown_s=float(unknown_s[week]),
        )
        for week in reversed(range(first, len(mondays)))
    )


def series_of(days: Days, direction: Direction, most: int | None) -> Series:
    """Return the lines of one direction."""
    course = days.courses[direction]
    first = 0 if most is None else max(days.count - most, 0)
    unsure = bool((course.fitness_at_least | course.fatigue_at_least)[first:].any())
    fitness, fatigue, form = (
        _listed(column[first:]) for column in (course.fitness_au, course.fatigue_au, course.form_au)
    )
    return Series(direction, fitness, fatigue, form, unsure)


def _week_side(days: Days, direction: Direction, weeks: Weeks, week: int) -> WeekSide:
    fitness, fatigue, form = _standing_at(days.courses[direction], min(week * 7 + 6, days.count - 1))
    return WeekSide(
        load=Amount(float(weeks.load_au[week]), bool(weeks.at_least[week])),
        duration_s=float(days.part(direction, SECONDS)[week * 7 : week * 7 + 7].sum()),
        monotony_ratio=_known(weeks.monotony_ratio[week]),
        strain_au=_known(weeks.strain_au[week]),
        fitness=fitness,
        fatigue=fatigue,
        form=form,
    )


def _standing_at(course: Course, day: int) -> tuple[Amount, Amount, Amount]:
    fitness = Amount(float(course.fitness_au[day]), bool(course.fitness_at_least[day]))
    fatigue = Amount(float(course.fatigue_au[day]), bool(course.fatigue_at_least[day]))
    return fitness, fatigue, Amount(_known(course.form_au[day]))


def _amount_this_week(days: Days, direction: Direction) -> Amount:
    return Amount(days.this_week(direction, LOAD), days.this_week(direction, LACKING) > 0)


def _ratio(course: Course) -> Ratio:
    value = _known(course.acute_chronic_ratio[-1])
    unsure = bool(course.fatigue_at_least[-1] or course.fitness_at_least[-1])
    return Ratio(value, "" if value is not None else LACKS if unsure else NO_CHRONIC)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _listed(values: FloatArray) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in np.round(values, 2).tolist()]
