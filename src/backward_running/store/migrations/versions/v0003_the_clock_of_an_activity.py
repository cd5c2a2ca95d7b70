"""On which clock each activity was, and its day there. What is stored says where it was: nothing is guessed anew later.

The zone comes from the offset the file stated and the first position, else from the machine, for nobody has named a
zone yet. Times that named no zone were taken as UTC until now; they become what a clock of that zone showed. A title
that the program made from the hour is made again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa
import tzfpy
from alembic import op

from backward_running.core.errors import StoreError
from backward_running.store import _codec
from backward_running.store._machine import machine_zone

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

_PARTS_OF_DAY = ((5, "Night"), (11, "Morning"), (14, "Midday"), (18, "Afternoon"), (22, "Evening"), (24, "Night"))
_MADE_TITLE = re.compile(r"(Night|Morning|Midday|Afternoon|Evening) ([a-z ]+)")
#: How the readers told until now that times had no zone.
_TAKEN_AS_UTC = "The times name no time zone; they are taken as UTC."
_READ_ON_A_CLOCK = "The times name no time zone; they are read on the clock of where it was, or on yours."
_NOT_DATED = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE = 200

_activity = sa.table(
    "activity",
    sa.column("activity_id", sa.Text),
    sa.column("started_at", sa.DateTime(timezone=True)),
    sa.column("utc_offset_s", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("file_name", sa.Text),
    sa.column("sport", sa.Text),
    sa.column("search", sa.Text),
    sa.column("duration_s", sa.Double),
    sa.column("recording", sa.Text),
)
_stream = sa.table(
    "stream", sa.column("activity_id", sa.Text), sa.column("ordinal", sa.Integer), sa.column("content", sa.LargeBinary)
)
_clock = sa.table(
    "clock",
    sa.column("activity_id", sa.Text),
    sa.column("zone", sa.Text),
    sa.column("zone_from", sa.Text),
    sa.column("local_day", sa.Date),
)


def upgrade() -> None:
    """Make the table, and a row in it for every activity there is."""
    op.create_table(
        "clock",
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("zone_from", sa.Text(), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.activity_id"], name="fk_clock_activity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", name="pk_clock"),
    )
    op.create_index("ix_clock_local_day", "clock", ["local_day"])
    connection, machine = op.get_bind(), machine_zone()
    ids = list(connection.scalars(sa.select(_activity.c.activity_id)))
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        rows = connection.execute(sa.select(_activity).where(_activity.c.activity_id.in_(some))).mappings().all()
        placed = [_placed(connection, row, machine) for row in rows]
        connection.execute(sa.insert(_clock), placed)


class _Clock(NamedTuple):
    started_at: datetime
    utc_offset_s: int
    zone: str | None
    zone_from: str


def _placed(connection: sa.Connection, row: sa.RowMapping, machine: str) -> dict[str, Any]:
    """Put one activity on its clock: change what it says of its time, and return its row of the new table."""
    started_at, recording = _aware(row["started_at"]), json.loads(row["recording"])
    is_wall = row["utc_offset_s"] is None and _TAKEN_AS_UTC in recording.get("losses", [])
    if started_at == _NOT_DATED:
        found = _Clock(started_at, 0, None, "file")
    else:
        place = _place_of(connection, row["activity_id"])
        found = _on_a_clock(started_at, place or machine, "machine" if place is None else "position", is_wall=is_wall)
        if row["utc_offset_s"] is not None:
            found = _as_stated(found, row["utc_offset_s"], row["duration_s"])
    local = found.started_at.astimezone(timezone(timedelta(seconds=found.utc_offset_s)))
    changed: dict[str, Any] = {"started_at": found.started_at, "utc_offset_s": found.utc_offset_s}
    if is_wall:
        losses = [_READ_ON_A_CLOCK if loss == _TAKEN_AS_UTC else loss for loss in recording["losses"]]
        changed["recording"] = json.dumps({**recording, "wall_clock": True, "losses": losses}, separators=(",", ":"))
    if started_at != _NOT_DATED and not (recording.get("title") or "").strip():
        changed |= _titled(row, local.hour)
    connection.execute(sa.update(_activity).where(_activity.c.activity_id == row["activity_id"]).values(changed))
    columns = {"zone": found.zone, "zone_from": found.zone_from, "local_day": local.date()}
    return {"activity_id": row["activity_id"], **columns}


def _on_a_clock(started_at: datetime, zone: str, zone_from: str, *, is_wall: bool) -> _Clock:
    if is_wall:
        started_at = started_at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return _Clock(started_at, _offset_s(zone, started_at), zone, zone_from)


def _as_stated(found: _Clock, stated_s: int, duration_s: float) -> _Clock:
    """Hold what the file stated against the place: of one that agrees it takes the name, else the file wins."""
    is_placed = found.zone is not None and found.zone_from == "position"
    if is_placed and stated_s in _offsets_s(str(found.zone), found.started_at, duration_s):
        return found._replace(zone_from="file")
    if is_placed and not stated_s:  # zero is what writers put who know none: a position overrules it
        return found
    return _Clock(found.started_at, stated_s, None, "file")


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _titled(row: sa.RowMapping, hour: int) -> dict[str, str]:
    """Make a title again that was made from the hour; one the runner gave stays."""
    made = _MADE_TITLE.fullmatch(row["title"])
    if made is None:
        return {}
    title = f"{next(words for end, words in _PARTS_OF_DAY if hour < end)} {made[2]}"
    return {"title": title, "search": _folded("\n".join((title, row["file_name"], row["sport"] or "")))}


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _place_of(connection: sa.Connection, activity_id: str) -> str | None:
    """Return the zone of the first position that is stored. A damaged stream has none: the store must still open."""
    for content in _streams_of(connection, activity_id):
        try:
            _, columns = _codec.decode(content, ("latitude_deg", "longitude_deg"))
        except StoreError:
            continue
        if len(columns) == 2:
            latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
            both = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
            if len(both):
                return _known(tzfpy.get_tz(float(longitude[both[0]]), float(latitude[both[0]])))
    return None


def _streams_of(connection: sa.Connection, activity_id: str) -> Iterator[bytes]:
    wanted = sa.select(_stream.c.content).where(_stream.c.activity_id == activity_id).order_by(_stream.c.ordinal)
    yield from (bytes(content) for content in connection.scalars(wanted))


def _known(zone: str) -> str | None:
    try:
        ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        return None
    return zone


def _offset_s(zone: str, moment: datetime) -> int:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def _offsets_s(zone: str, started_at: datetime, duration_s: float) -> set[int]:
    return {_offset_s(zone, started_at), _offset_s(zone, started_at + timedelta(seconds=duration_s))}
