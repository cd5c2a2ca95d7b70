"""How a moment becomes a day: the one place that knows. A run has the clock of where it was, all else the runner's.

The zone of a run comes from the runner's word on it, else from its file, else from its first position, else from the
runner's profile. The runner's own zone is the one they named, else that of the machine the store is on. Nothing else
may ask the machine.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from backward_running import signals
from backward_running.core.athlete import CheckIn
from backward_running.core.clock import (
    RunClock,
    ZoneFrom,
    at_offset,
    day_at,
    from_wall,
    in_zone,
    is_zone,
    utc_offset_s_in,
)
from backward_running.core.glance import once
from backward_running.core.load import LoadRow
from backward_running.core.ports import ActivityRow, CheckIns, DatedCheckIns, Settings
from backward_running.core.recording import Recording

#: More activities than a person can have in any period; the sums need all of them.
ALL = 1_000_000

#: The setting under which the runner's own zone is kept.
ZONE = "zone"


def local_start(row: ActivityRow | LoadRow) -> datetime:
    """Return when an activity began on the clock of where it was."""
    return at_offset(row.started_at, row.utc_offset_s)


def local_day(row: ActivityRow | LoadRow) -> date:
    """Return the day on which an activity began, where the runner was."""
    return day_at(row.started_at, row.utc_offset_s)


def week_start(store: Settings, day: date) -> date:
    """Return the first day of the week of a day as the runner counts weeks: from Monday, or from Sunday.

    >>> first_of_week(date(2026, 11, 22), sunday=False), first_of_week(date(2026, 11, 22), sunday=True)
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 22))
    """
    return first_of_week(day, sunday=store.setting("week_starts") == "sunday")


def first_of_week(day: date, *, sunday: bool) -> date:
    """Return the first day of the week of a day."""
    return day - timedelta(days=(day.weekday() + sunday) % 7)


def kept_clock(row: ActivityRow) -> RunClock:
    """Return the clock a stored activity is on."""
    return RunClock(row.started_at, row.utc_offset_s or 0, row.zone, row.zone_from)


def placed(row: ActivityRow, clock: RunClock) -> ActivityRow:
    """Put an activity on a clock."""
    return replace(
        row,
        started_at=clock.started_at,
        utc_offset_s=clock.utc_offset_s,
        zone=clock.zone,
        zone_from=clock.zone_from,
    )


def own_zone(store: Settings) -> str:
    """Return the runner's own zone: the one they named, else that of the machine."""
    named = named_zone(store)
    return store.machine_zone() if named is None else named


def named_zone(store: Settings) -> str | None:
    """Return the zone the runner named; None where they named none."""
    kept = store.setting(ZONE)
    return kept if is_zone(kept) else None


def on_own_clock(store: Settings, moment: datetime) -> datetime:
    """Return a moment on the runner's own clock. Its day is the runner's today where the moment is now."""
    return in_zone(moment, own_zone(store))


def day_of(moment: datetime, zone: str) -> date:
    """Return the day of a moment in a zone.

    >>> day_of(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Paris").isoformat()
    '2027-01-01'
    """
    return in_zone(moment, zone).date()


def today(store: Settings, now: datetime) -> date:
    """Return the day it is for the runner."""
    return on_own_clock(store, now).date()


def check_ins(store: DatedCheckIns, *, since: date | None = None, most: int | None = None) -> tuple[CheckIn, ...]:
    """Return check-ins on the runner's own clock, oldest first: their days are the runner's days.

    Those that were told since a day; of all that are there the newest `most`.
    """
    found = store.check_ins(None if since is None else _before(since), most=most)
    own = own_zone(store)
    dated = (replace(told, made_at=in_zone(told.made_at, own)) for told in found)
    return tuple(told for told in dated if since is None or told.made_at.date() >= since)


def telling_check_ins(store: DatedCheckIns) -> tuple[CheckIn, ...]:
    """Return the check-ins that tell something a rule reads, on the runner's own clock, oldest first."""
    return store.telling_check_ins(own_zone(store))


def told_on(store: DatedCheckIns, since: date) -> frozenset[date]:
    """Return the runner's days on which they checked in, since one."""
    return _told_on(store, since, own_zone(store))


@once
def _told_on(store: CheckIns, since: date, zone: str) -> frozenset[date]:
    return frozenset(day for at in store.told_at(_before(since)) if (day := day_of(at, zone)) >= since)


def _before(day: date) -> datetime:
    """Return a moment that lies before a day on any clock."""
    return datetime.combine(day, time(), UTC) - timedelta(days=1)


def clock_in(store: Settings, recording: Recording) -> RunClock:
    """Return when a recording began and on which clock, as the runner of a store would read it."""
    named = named_zone(store)
    if named is None:
        return clock_of(recording, store.machine_zone(), ZoneFrom.MACHINE)
    return clock_of(recording, named)


def clock_of(recording: Recording, own: str = "UTC", own_from: ZoneFrom = ZoneFrom.PROFILE) -> RunClock:
    """Return when a recording began and on which clock: its file's, else that of its first position, else `own`.

    A file that states only an offset is given the name of the place, or of the runner's own zone, where that zone has
    the same offset at its start or its end. An offset of zero is what writers put who know none: a position overrules
    it. Times without a zone are what the clock there showed.
    """
    if not recording.dated:
        return RunClock(recording.started_at, 0, None, ZoneFrom.FILE)
    if is_zone(recording.zone):
        return _in(recording, str(recording.zone), ZoneFrom.FILE)
    place = signals.zone_of(recording)
    assumed, by = (own, own_from) if place is None else (place, ZoneFrom.POSITION)
    stated_s = recording.utc_offset_s
    if recording.wall_clock or stated_s is None:
        return _in(recording, assumed, by)
    # The machine's zone is no hint: the same file must say the same on every machine.
    if by is not ZoneFrom.MACHINE and stated_s in _offsets_s(recording, assumed):
        return _in(recording, assumed, ZoneFrom.FILE)
    if stated_s == 0 and place is not None:
        return _in(recording, place, ZoneFrom.POSITION)
    return RunClock(recording.started_at, stated_s, None, ZoneFrom.FILE)


def clock_by_hand(recording: Recording, zone: str) -> RunClock:
    """Return when a recording began, on the clock of a zone that the runner names for it."""
    return _in(recording, zone, ZoneFrom.RUNNER)


def _offsets_s(recording: Recording, zone: str) -> set[int]:
    """Return the offsets a zone has during a recording: watches state that of the end, and clocks change at night."""
    ended_at = recording.started_at + timedelta(seconds=recording.duration_s)
    return {utc_offset_s_in(zone, recording.started_at), utc_offset_s_in(zone, ended_at)}


def _in(recording: Recording, zone: str, by: ZoneFrom) -> RunClock:
    started_at = recording.started_at
    if recording.wall_clock:
        started_at = from_wall(started_at.astimezone(UTC).replace(tzinfo=None), zone)
    return RunClock(started_at, utc_offset_s_in(zone, started_at), zone, by)
