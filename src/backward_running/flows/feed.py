"""The plan as a calendar that can be subscribed to: an address that is hard to guess and can be taken back.

The address is shown once, when it is made. What is kept is the hash of its secret part: who gets hold of the store, or
of a copy of it, does not get the address.

What a calendar has seen is remembered (a setting): a session that changed gets a higher sequence number, one that is
gone is cancelled, and one that waits behind a closed gate says so, instead of reminding somebody of what they must not
do. While something stops the plan every session to come is called off, without a word of what it was, and of past ones
only the name stays: nothing is left to be followed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Place, Workout
from backward_running.core.ports import Coaching, People, Settings, Store
from backward_running.flows import asking, in_force, people
from backward_running.flows.coach import waits_for
from backward_running.formats.ics import Clock, Entry, write_calendar

__all__ = [
    "REMINDERS_MIN", "Clock", "calendar", "clock", "close_feed", "feed", "is_open", "open_feed", "owner",
    "put_clock", "read_clock", "set_clock",
]  # fmt: skip

ON_HOLD = "Today, in the program, says why."
CALENDAR_NAME = "Running backward"
CALLED_OFF = "Called off"
NO_CALENDAR = "There is no calendar at this address; it may have been taken back."
TOKEN_HASH, SEEN, CLOCK = "calendar_token_sha256", "calendar_seen", "calendar_clock"
#: A cancelled session is told for so long; after that every calendar has had the chance to hear of it.
FORGET_AFTER = timedelta(days=60)
#: An hour of a day, as a clock on the wall shows it.
_HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::00)?", re.ASCII)
#: Reminders that can be chosen, in minutes before the session (before midnight where it has no hour).
REMINDERS_MIN: tuple[int, ...] = (30, 60, 180, 720)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a calendar was last told of a session."""

    sequence: int
    digest: str
    on: str
    title: str
    cancelled: bool = False


def is_open(store: Settings) -> bool:
    """Whether an address was given out and not taken back."""
    return bool(store.setting(TOKEN_HASH))


def open_feed(store: Settings) -> str:
    """Make a new address and return its secret part; an older one stops working at once."""
    made = secrets.token_urlsafe(24)
    store.put_setting(TOKEN_HASH, _hash(made))
    return made


def _hash(token: str) -> str:
    """Hash a token. It is random and long, so nothing has to make guessing slow."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def close_feed(store: Settings) -> None:
    """Take the address back."""
    store.put_setting(TOKEN_HASH, "")


def owner(store: People, given: str) -> Store:
    """Return the memory of the person whose calendar an address is of. Raises NotFound where it is nobody's."""
    for memory in people.everybody(store):
        if _is_given_out(memory, given):
            return memory
    raise NotFound(NO_CALENDAR)


def _is_given_out(store: Settings, given: str) -> bool:
    known = store.setting(TOKEN_HASH)
    return bool(known) and hmac.compare_digest(known or "", _hash(given))


def feed(store: Coaching, given: str, *, now: datetime) -> bytes:
    """Return the calendar for an address.

    Raises
    ------
    NotFound
        The address was never given out, or was taken back.
    """
    if not _is_given_out(store, given):
        raise NotFound(NO_CALENDAR)
    return calendar(store, now=now)


def calendar(store: Coaching, *, now: datetime) -> bytes:
    """Return the plan as a calendar file. An empty one where there is no plan: a feed has to answer."""
    found, seen = in_force.situation(store, now), _seen(store)
    entries = _entries(found, seen, now.date()) if found is not None else []
    told = {entry.workout.workout_id: entry for entry in entries}
    entries += [_gone(key, was) for key, was in seen.items() if key not in told and _still_told(was, now.date())]
    if found is not None and found.stopped:
        entries = [_stopped(entry, now.date(), found) for entry in entries]
    entries = [_counted(entry, seen.get(entry.workout.workout_id)) for entry in entries]
    _remember(store, entries, seen, now.date())
    return write_calendar(entries, now=now, calendar_name=CALENDAR_NAME, clock=clock(store))


def clock(store: Settings) -> Clock:
    """Return the hour and the reminder that the runner chose."""
    kept = json.loads(store.setting(CLOCK) or "{}")
    remind = kept.get("remind_min")
    return Clock(
        at=time.fromisoformat(kept["at"]) if kept.get("at") else None,
        zone=kept.get("zone"),
        remind_before=None if remind is None else timedelta(minutes=remind),
    )


def read_clock(*, at: str | None, zone: str | None, remind_min: int | None) -> Clock:
    """Read the hour at which sessions stand in the calendar, its time zone and the reminder. Nothing is kept.

    Raises
    ------
    BadValue
        The hour, the zone or the reminder is none.
    """
    if at and _HOUR.fullmatch(at) is None:
        raise BadValue("at", "be an hour such as 18:00", at)
    hour = time.fromisoformat(at) if at else None
    if remind_min is not None and not 0 <= remind_min <= 2880:
        raise BadValue("remind_min", "lie between 0 and 2880 minutes (two days)", remind_min)
    return Clock(hour, zone or None, None if remind_min is None else timedelta(minutes=remind_min))


def put_clock(store: Settings, chosen: Clock) -> None:
    """Keep the hour at which sessions stand in the calendar, its time zone and the reminder."""
    kept = {
        "at": chosen.at.isoformat("minutes") if chosen.at else None,
        "zone": chosen.zone,
        "remind_min": None if chosen.remind_before is None else int(chosen.remind_before.total_seconds() // 60),
    }
    store.put_setting(CLOCK, json.dumps(kept))


def set_clock(store: Settings, *, at: str | None, zone: str | None, remind_min: int | None) -> Clock:
    """Read and keep the hour, its time zone and the reminder; see :func:`read_clock`. Raises BadValue."""
    chosen = read_clock(at=at, zone=zone, remind_min=remind_min)
    put_clock(store, chosen)
    return chosen


def _entries(found: asking.Situation, seen: Mapping[str, Seen], today: date) -> list[Entry]:
    """Return the sessions of the plan. Those to come are cancelled by a stop, and wait behind any other gate.

    What is done stays done, whatever closed after it.
    """
    entries = []
    for workout in found.plan.workouts():
        if _is_behind(workout, found, today):
            entries.append(Entry(workout))
        elif found.stopped:
            if workout.workout_id in seen:
                entries.append(Entry(workout, cancelled=True))
        else:
            gates = waits_for(workout, found.gates)
            # A calendar is seen by others: why a session waits stays in the program.
            entries.append(Entry(workout, waits_for=ON_HOLD if gates else None))
    return entries


def _is_behind(workout: Workout, found: asking.Situation, today: date) -> bool:
    """Tell whether a session is over: its day is, or it was done. While something stops, on its own day.

    One that was done a day early still stands in the calendar as something to come.
    """
    on = [session.on for session in found.done if session.workout_id == workout.workout_id]
    return workout.on < today or (workout.on in on if found.stopped else bool(on))


def _stopped(entry: Entry, today: date, found: asking.Situation) -> Entry:
    """Take from an entry what could be followed: its steps, and of a session to come its name too."""
    was = entry.workout
    title = was.title if _is_behind(was, found, today) else CALLED_OFF
    bare = Workout(was.workout_id, was.week, was.ordinal, title, was.on, was.place, "", (), "")
    return replace(entry, workout=bare)


def _gone(key: str, was: Seen) -> Entry:
    """Return the cancellation of a session that the plan no longer has."""
    on = date.fromisoformat(was.on)
    return Entry(Workout(key, 0, 0, was.title, on, Place.FLAT_CLOSED, "", (), ""), cancelled=True)


def _still_told(was: Seen, today: date) -> bool:
    return date.fromisoformat(was.on) >= today - FORGET_AFTER


def _counted(entry: Entry, was: Seen | None) -> Entry:
    """Give an entry its sequence number: one more than the last, where anything about it changed."""
    if was is None:
        return entry
    changed = was.digest != _digest(entry)
    return Entry(entry.workout, was.sequence + changed, entry.cancelled, entry.waits_for)


def _digest(entry: Entry) -> str:
    return "cancelled" if entry.cancelled else _digest_of(entry.workout, entry.waits_for)


@lru_cache(maxsize=1024)
def _digest_of(workout: Workout, waits_for: str | None) -> str:
    """Name the content of an entry; a calendar asks again every hour for the same ones."""
    told = json.dumps([asdict(workout), waits_for], default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _seen(store: Settings) -> dict[str, Seen]:
    return {key: Seen(**was) for key, was in json.loads(store.setting(SEEN) or "{}").items()}


def _remember(store: Settings, entries: list[Entry], seen: Mapping[str, Seen], today: date) -> None:
    now_seen = {
        entry.workout.workout_id: Seen(
            entry.sequence, _digest(entry), entry.workout.on.isoformat(), entry.workout.title, entry.cancelled
        )
        for entry in entries
    }
    kept = {key: was for key, was in now_seen.items() if _still_told(was, today) or not was.cancelled}
    if kept != seen:
        store.put_setting(SEEN, json.dumps({key: asdict(was) for key, was in kept.items()}))
