"""What was done up to a day, as pages of load read it: months that are kept, and of the last weeks the sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from backward_running.core.direction import Direction
from backward_running.core.glance import once
from backward_running.core.load import PARTS, LoadRow
from backward_running.core.load_month import SESSIONS, LoadMonth, first_of, last_of, month_of
from backward_running.core.ports import ActivityQuery, CoachingAndLoad, PlannedAndDone
from backward_running.effort.load_ledger import FITNESS
from backward_running.flows import by_word, days
from backward_running.flows.days import local_day
from backward_running.flows.load_by_word import as_filled, said_rows
from backward_running.flows.load_spikes import LEAST_S

A_DAY = timedelta(days=1)
MONTH = timedelta(days=int(FITNESS.value))  #: what fitness remembers


@dataclass(frozen=True, slots=True)
class Done:
    """What was done up to a day, recorded and said."""

    months: tuple[LoadMonth, ...]  #: oldest first
    dated: tuple[tuple[date, LoadRow], ...]  #: sessions of the last weeks, each on its own day, oldest first
    sessions: int  #: up to that day, since the first
    uncounted: int  #: of them understood before loads were counted
    ahead: int  #: so many lie after that day
    simulated: bool
    label_next_id: str | None  #: the newest with an unknown part


def load_done(store: CoachingAndLoad, today: date, zone: str) -> Done:
    """Return what was done up to a day.

    Parameters
    ----------
    store : CoachingAndLoad
        With what every month loaded; of the last weeks, and of months of which the runner told something, the sessions
        are read, too.
    today : date
        The last day that counts.
    zone : str
        In which days are the runner's.
    """
    return _load_done(store, today, zone)


@once
def _load_done(store: CoachingAndLoad, today: date, zone: str) -> Done:  # noqa: ARG001 -- days are those of a zone
    kept = store.load_months()
    simulated = not any(month.sessions for month in kept if not month.simulated) and bool(kept)
    own = {month.first: month for month in kept if month.simulated is simulated}
    if not simulated:
        own |= _with_words(store)
    months = tuple(own[first] for first in sorted(own))
    since = min(today - MONTH, first_of(today))
    rows = _rows(store, since, None, simulated=simulated)
    dated = tuple((local_day(row), row) for row in rows if local_day(row) <= today)
    now = [row for on, row in dated if on >= first_of(today)]
    before = [month for month in months if month.first < first_of(today)]
    return Done(
        months,
        dated,
        sessions=len(now) + sum(month.sessions for month in before),
        uncounted=sum(row.loads is None for row in now) + sum(month.uncounted for month in before),
        ahead=len(rows) - len(dated),
        simulated=simulated,
        label_next_id=_label_next_id(store, months, today, simulated=simulated),
    )


def _rows(store: CoachingAndLoad, since: date, until: date | None, *, simulated: bool) -> list[LoadRow]:
    """Return the sessions of some days, both inclusive, by recording and by word, oldest first."""
    begins = datetime.combine(since, time(), UTC) - A_DAY  # a day on any clock
    ends = None if until is None else datetime.combine(until, time(), UTC) + 2 * A_DAY
    rows = [row for row in store.load_rows(begins, ends) if row.simulated is simulated]
    if not simulated:
        rows = sorted([*as_filled(store, rows), *said_rows(store)], key=lambda row: row.started_at)
    return [row for row in rows if since <= local_day(row) and (until is None or local_day(row) <= until)]


def _with_words(store: CoachingAndLoad) -> dict[date, LoadMonth]:
    """Sum the months anew of which the runner told something that no recording shows."""
    told = {first_of(session.on) for session in by_word.all_filled(store).values()}
    told |= {first_of(local_day(row)) for row in said_rows(store)}
    found: dict[date, LoadMonth] = {}
    for first, last in _stretches(sorted(told)):
        own: dict[date, list[LoadRow]] = {}
        for row in _rows(store, first, last, simulated=False):
            own.setdefault(first_of(local_day(row)), []).append(row)
        found |= {month: month_of(month, rows, simulated=False, activities=len(rows)) for month, rows in own.items()}
    return found


def _stretches(months: Sequence[date]) -> list[tuple[date, date]]:
    """Join months that follow each other: first and last day of each stretch."""
    found: list[tuple[date, date]] = []
    for first in months:
        if found and found[-1][1] + A_DAY == first:
            found[-1] = found[-1][0], last_of(first)
        else:
            found.append((first, last_of(first)))
    return found


def _label_next_id(store: PlannedAndDone, months: Sequence[LoadMonth], today: date, *, simulated: bool) -> str | None:
    """Return the newest activity with an unknown part; what the runner's word fills has none any more.

    Only months are looked through in which anything is unknown.
    """
    filled = {} if simulated else by_word.all_filled(store)
    asked = ActivityQuery(simulated=simulated, on_foot=True, unknown_from_s=LEAST_S, limit=days.ALL)
    for month in reversed(months):
        if month.first > today or not month.cells[PARTS.index(Direction.UNKNOWN), :, SESSIONS].any():
            continue
        rows = store.activities(replace(asked, since=month.first, until=min(last_of(month.first), today)))
        for row in rows:
            if row.activity_id not in filled or filled[row.activity_id].unknown_s >= LEAST_S:
                return row.activity_id
    return None
