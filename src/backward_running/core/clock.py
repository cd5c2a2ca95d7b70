"""On which clock a moment is read: a time zone by its IANA name, or an offset from UTC where no name is known.

Every clock here has a fixed offset. Python compares and subtracts two moments of the same ``ZoneInfo`` by what their
clocks show, so that in the night of a clock change an hour is gained or lost; of fixed offsets the difference is true.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backward_running.core.errors import BadValue

#: Names under which a machine keeps its own zone or none at all: they mean something else elsewhere.
_NO_PLACE = frozenset({"localtime", "posixrules", "Factory"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+){0,2}")


class ZoneFrom(enum.Enum):
    """What said in which zone a run was: the best of them counts."""

    RUNNER = "runner"  #: of this very run, by hand
    FILE = "file"
    POSITION = "position"
    PROFILE = "profile"
    MACHINE = "machine"  #: nobody said: the zone of the machine that took the run in


@dataclass(frozen=True, slots=True)
class RunClock:
    """When a run began, and on which clock."""

    started_at: datetime  #: aware
    utc_offset_s: int  #: local time minus UTC at the start
    zone: str | None  #: IANA name; None where only the offset is known
    zone_from: ZoneFrom


def is_zone(name: str | None) -> bool:
    """Say whether this is the IANA name of a time zone.

    >>> is_zone("Europe/Berlin"), is_zone("Mars/Phobos"), is_zone("../etc/passwd"), is_zone("localtime"), is_zone(None)
    (True, False, False, False, False)
    """
    if not name or name in _NO_PLACE or not _NAME.fullmatch(name):
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_named(name: str) -> str:
    """Return the name of a zone that was typed.

    Raises
    ------
    BadValue
        There is no such zone.
    """
    typed = name.strip().replace(" ", "_")
    if not is_zone(typed):
        raise BadValue("zone", "be the name of a time zone, such as Europe/Berlin or America/New_York", name)
    return typed


def utc_offset_s_in(zone: str, moment: datetime) -> int:
    """Return local time minus UTC in a zone at a moment.

    >>> utc_offset_s_in("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    7200
    """
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def at_offset(moment: datetime, utc_offset_s: int | None) -> datetime:
    """Return a moment on the clock with this offset; on that of UTC where none is known, never on the machine's."""
    return moment.astimezone(UTC if utc_offset_s is None else timezone(timedelta(seconds=utc_offset_s)))


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return a moment on the clock of a zone, with the offset it has then.

    >>> in_zone(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin").isoformat()
    '2026-10-25T02:30:00+02:00'
    """
    return at_offset(moment, utc_offset_s_in(zone, moment))


def from_wall(wall: datetime, zone: str) -> datetime:
    """Return the moment at which the clocks of a zone showed this, in UTC.

    Of a repeated hour the first is meant; in a missing hour the clock is taken as not yet set forward.

    >>> from_wall(datetime(2026, 12, 2, 14, 14), "Europe/Berlin").isoformat()
    '2026-12-02T13:14:00+00:00'
    """
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def day_at(moment: datetime, utc_offset_s: int | None) -> date:
    """Return the day of a moment on the clock with this offset; a list of ten years asks for thousands."""
    of_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return (of_utc + timedelta(seconds=utc_offset_s)).date() if utc_offset_s else of_utc.date()


def offset_words(utc_offset_s: int) -> str:
    """Print an offset.

    >>> offset_words(-10800), offset_words(19800), offset_words(0)
    ('UTC−03:00', 'UTC+05:30', 'UTC')
    """
    if not utc_offset_s:
        return "UTC"
    hours, minutes = divmod(abs(utc_offset_s) // 60, 60)
    return f"UTC{'−' if utc_offset_s < 0 else '+'}{hours:02d}:{minutes:02d}"


def zone_words(zone: str | None, utc_offset_s: int | None) -> str:
    """Name the clock of a run: the zone, or the offset where no place has it (those of the seas count the other way).

    >>> zone_words("America/New_York", -18000), zone_words(None, -10800), zone_words("Etc/GMT+2", -7200)
    ('America/New_York', 'UTC−03:00', 'UTC−02:00')
    """
    return offset_words(utc_offset_s or 0) if zone is None or zone.startswith("Etc/") else zone
