"""Between nouns and the columns of the tables."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy.engine import RowMapping

from backward_running.core.clock import ZoneFrom, day_at
from backward_running.core.direction import Direction
from backward_running.core.errors import StoreError
from backward_running.core.load import LoadRow, Loads, PartLoad
from backward_running.core.ports import ActivityQuery, ActivityRow, ImportEntry, RibbonPiece
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Session
from backward_running.store import _codec, _wire
from backward_running.store.schema import activity, by_word, clock, import_log, load

#: Of these the row has no seconds of its own: they are counted from the bouts.
_COUNTED = (Direction.SIDEWAYS, Direction.TURNING, Direction.STILL)

#: Of these a row has its columns in the table of clocks.
_OF_CLOCK = ("zone", "zone_from")

#: And of these in the table of what stands on the runner's word.
_OF_WORD = ("said_forward_s", "said_backward_s")
_TABLE_OF = {**dict.fromkeys(_OF_CLOCK, clock), **dict.fromkeys(_OF_WORD, by_word)}

#: What the list reads of a row: not the long texts.
LISTED = tuple(_TABLE_OF.get(field.name, activity).c[field.name] for field in fields(ActivityRow))

_NAMES = tuple(field.name for field in fields(ActivityRow))

#: What the page of loads reads of a row.
LOADED = tuple(load.c.loads if field.name == "loads" else activity.c[field.name] for field in fields(LoadRow))
_PART = tuple(field.name for field in fields(PartLoad))

#: What the import log says of a line.
LOGGED = tuple(import_log.c[field.name] for field in fields(ImportEntry))

A_DAY = timedelta(days=1)

#: Far beyond any list, and still a number every database takes.
_MOST_ROWS = 2**31 - 1


def plain(text: str) -> str:
    r"""Make any text one that every database takes: no NUL, no half of a surrogate pair (names of files can hold both).

    >>> plain("run\x00.fit")
    'run�.fit'
    """
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def folded(text: str) -> str:
    r"""Fold letters for search: upper and lower case, and the two ways to write an umlaut, are one.

    >>> folded("LÄUFE") == folded("la\u0308ufe")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def searched(title: str, file_name: str, sport: str | None) -> str:
    """Join what the text filter looks through."""
    return folded("\n".join((plain(title), plain(file_name), sport or "")))


def listed_values(row: ActivityRow) -> dict[str, Any]:
    """Return the columns of a row of the list."""
    elsewhere = {"ribbon", *_TABLE_OF}
    values = {field.name: getattr(row, field.name) for field in fields(row) if field.name not in elsewhere}
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = plain(value)
        elif hasattr(value, "item"):  # a number of numpy, which no driver need know
            values[name] = value.item()
    ribbon = json.dumps([_piece(piece) for piece in row.ribbon], separators=(",", ":"))
    return {**values, "ribbon": ribbon, "search": searched(row.title, row.file_name, row.sport)}


def understood_values(session: Session, row: ActivityRow) -> dict[str, Any]:
    """Return all columns that change when a recording is understood anew."""
    counted = {f"{way.value}_s": _seconds(session, way) for way in _COUNTED}
    return {**listed_values(row), **counted, "session": _wire.dumps(session)}


def _piece(piece: RibbonPiece) -> list[float | str | bool]:
    """Write a piece of a ribbon; that it is said stands only where it is."""
    return [float(piece.share), piece.direction.value, *([True] if piece.said else [])]


def word_values(row: ActivityRow) -> dict[str, Any] | None:
    """Return the columns of what of an activity stands on the runner's word; None where nothing does."""
    said = {name: float(getattr(row, name)) for name in _OF_WORD}
    return {"activity_id": row.activity_id, **said} if any(said.values()) else None


def clock_values(row: ActivityRow) -> dict[str, Any]:
    """Return the columns of the clock of a row, with its day there."""
    return {
        "activity_id": row.activity_id,
        "zone": row.zone,
        "zone_from": row.zone_from.value,
        "local_day": day_at(row.started_at, None if row.utc_offset_s is None else int(row.utc_offset_s)),
    }


def load_values(session: Session) -> dict[str, Any] | None:
    """Return the columns of what a session loaded; None where that was never counted."""
    if session.loads is None:
        return None
    hearts = None if session.hearts is None else _wire.dumps(session.hearts)
    return {"activity_id": session.activity_id, "loads": loads_text(session.loads), "hearts": hearts}


def best_values(session: Session, row: ActivityRow) -> list[dict[str, Any]]:
    """Return the columns of the bests of a session; the best of all of one kind comes first in their index."""
    return [
        {
            "activity_id": row.activity_id,
            "simulated": row.simulated,
            "kind": best_kind(effort.direction, effort.length_m),
            "behind": -float(effort.worth),
            "started_at": row.started_at,
            "content": _wire.dumps(effort),
        }
        for effort in session.bests or ()
    ]


def best_kind(direction: Direction, length_m: float | None) -> str:
    """Name what is held against each other: the longest stretches of a direction, or ways over one length.

    >>> best_kind(Direction.BACKWARD, 400.0), best_kind(Direction.FORWARD, None)
    ('backward 400 m', 'forward longest')
    """
    return f"{direction.value} longest" if length_m is None else f"{direction.value} {length_m:g} m"


def _seconds(session: Session, direction: Direction) -> float:
    return float(sum(bout.bout.duration_s for bout in session.bouts if bout.bout.direction is direction))


def rows_of(found: Sequence[Sequence[Any]]) -> list[ActivityRow]:
    """Make rows of the list from the columns of LISTED."""
    return [row_of(dict(zip(_NAMES, columns, strict=True))) for columns in found]


def row_of(found: Mapping[str, Any] | RowMapping) -> ActivityRow:
    """Make a row of the list from its columns."""
    values = dict(found)
    values["ribbon"] = tuple(
        RibbonPiece(share, Direction(way), *said) for share, way, *said in json.loads(values["ribbon"])
    )
    values["zone_from"] = ZoneFrom(values["zone_from"] or ZoneFrom.FILE.value)
    values |= {name: values[name] or 0.0 for name in _OF_WORD}
    return ActivityRow(**values)


def loads_text(loads: Loads) -> str:
    """Write loads as the numbers of their parts: ten years of them are read at once for one page.

    >>> from backward_running.core.load import PartLoad
    >>> loads_text(Loads(backward=PartLoad(60.0, 4.0, None, 60.0)))
    '[null,[60.0,4.0,null,60.0],null,null]'
    """
    parts = (loads.forward, loads.backward, loads.unknown, loads.rest)
    numbers = [None if part is None else [getattr(part, name) for name in _PART] for part in parts]
    return json.dumps(numbers, separators=(",", ":"))


def load_rows_of(found: Sequence[Sequence[Any]]) -> list[LoadRow]:
    """Make what activities loaded from the columns of LOADED.

    Raises
    ------
    StoreError
        A text is not what it should be: the store is damaged.
    """
    try:
        texts = json.loads("[" + ",".join(row[-1] or "null" for row in found) + "]")
        loads = [None if parts is None else Loads(*(part and PartLoad(*part) for part in parts)) for parts in texts]
        columns: list[tuple[Any, ...]] = [(*row[:-1], of_one) for row, of_one in zip(found, loads, strict=True)]
        return [LoadRow(*values) for values in columns]
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"What activities loaded cannot be read ({error}); the store is damaged: put back a copy of it."
        ) from error


def recording_text(recording: Recording) -> str:
    """Write a recording without its samples."""
    return _wire.dumps(recording)


def stream_values(activity_id: str, ordinal: int, stream: Stream, content: bytes | None = None) -> dict[str, Any]:
    """Return the columns of a stream; `content` are its samples where they are packed already."""
    return {
        "activity_id": activity_id,
        "ordinal": ordinal,
        "place": stream.place,
        "frame": stream.frame,
        "mount_known": bool(stream.mount_known),
        "samples": len(stream),
        "content": _codec.encode(stream.time_s, stream.columns) if content is None else content,
    }


def stream_of(found: RowMapping) -> Stream:
    """Make a stream from its columns."""
    time_s, columns = _codec.decode(bytes(found["content"]))
    return Stream(found["place"], found["frame"], time_s, columns, found["mount_known"])


def entry_values(entry: ImportEntry) -> dict[str, Any]:
    """Return the columns of a line of the import log."""
    return {
        "at": entry.at,
        "file_name": plain(entry.file_name),
        "file_key": entry.file_key,
        "status": entry.status,
        "message": plain(entry.message),
        "activity_ids": json.dumps(entry.activity_ids),
    }


def entry_of(found: RowMapping) -> ImportEntry:
    """Make a line of the import log from its columns."""
    return ImportEntry(**{**found, "activity_ids": tuple(json.loads(found["activity_ids"]))})


def same_entry(entry: ImportEntry, activity_ids: tuple[str, ...]) -> ImportEntry:
    """Turn a line that says "new" into one that says the file was here already."""
    message = "These bytes are already here: they came in a moment ago."
    return replace(entry, status="same", message=message, activity_ids=activity_ids)


def _within(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Turn days on the clock of each activity into conditions.

    A day on any clock lies within one of that of UTC: by that the rows are found in the index in which they are listed,
    and not by their days, after which all of them would have to be sorted.
    """
    found: list[ColumnElement[bool]] = []
    if since is not None and since > date.min + A_DAY:
        found.append(activity.c.started_at >= datetime.combine(since - A_DAY, time(), UTC))
    if since is not None:
        found.append(func.coalesce(clock.c.local_day, date.min) >= since)
    if until is not None and until < date.max - 2 * A_DAY:
        found.append(activity.c.started_at < datetime.combine(until + 2 * A_DAY, time(), UTC))
    if until is not None:
        found.append(func.coalesce(clock.c.local_day, date.max) <= until)
    return found


def paged(select: Select[Any], query: ActivityQuery) -> Select[Any]:
    """Cut a page out of a list."""
    return select.limit(min(max(query.limit, 0), _MOST_ROWS)).offset(min(max(query.offset, 0), _MOST_ROWS))


def conditions(query: ActivityQuery) -> list[ColumnElement[bool]]:
    """Turn the filters of a list into conditions."""
    found: list[ColumnElement[bool]] = []
    if query.text and query.text.strip():
        found.append(activity.c.search.contains(folded(plain(query.text.strip())), autoescape=True))
    if query.direction is not None:
        found.append(activity.c[f"{query.direction.value}_s"] >= 1.0)
    if query.unknown_from_s is not None:
        found.append(activity.c.unknown_s >= query.unknown_from_s)
    if query.sport is not None:
        found.append(activity.c.sport == plain(query.sport))
    found += _within(query.since, query.until)
    if query.on_foot is not None:
        found.append(activity.c.on_foot.is_(query.on_foot))
    if query.simulated is not None:
        found.append(activity.c.simulated.is_(query.simulated))
    return found
