"""The tables, one schema for every backend. A change here needs a new file in ``migrations/versions``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from backward_running.store._version import SCHEMA_VERSION

__all__ = ["SCHEMA_VERSION", "metadata"]


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC whatever the database thinks of time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn a moment to UTC before it is written."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that what was read is in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself there


def _counter(name: str) -> Column[int]:
    return Column(name, _COUNTER, primary_key=True, autoincrement=True)


def _seconds(direction: str) -> Column[float]:
    return Column(f"{direction}_s", Double, nullable=False)


def _of_activity(**knobs: Any) -> Column[str]:
    return Column("activity_id", Text, ForeignKey("activity.activity_id", ondelete="CASCADE"), nullable=False, **knobs)


meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

setting = Table("setting", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

#: The bytes as they came, compressed with zstd.
file = Table(
    "file",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("imported_at", UtcMoment, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

#: A row of the list, and behind it what is opened with an activity. The long texts come last: listing never reads them.
activity = Table(
    "activity",
    metadata,
    Column("activity_id", Text, primary_key=True),
    Column("file_key", Text, ForeignKey("file.key"), nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("utc_offset_s", Integer),
    Column("title", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sport", Text),
    Column("on_foot", Boolean, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("duration_s", Double, nullable=False),
    Column("moving_s", Double, nullable=False),
    Column("distance_m", Double),
    _seconds("forward"),
    _seconds("backward"),
    _seconds("unknown"),
    _seconds("sideways"),
    _seconds("turning"),
    _seconds("still"),
    Column("forward_m", Double),
    Column("backward_m", Double),
    Column("unknown_m", Double),
    Column("ribbon", Text, nullable=False),
    Column("search", Text, nullable=False),  # title, file name and sport, case folded
    Column("recording", Text, nullable=False),
    Column("session", Text, nullable=False),
    Index(None, "started_at", "activity_id"),
    Index(None, "file_key"),
    Index(None, "simulated"),
)

#: What an activity loaded: a copy out of its session, so that ten years of load need no sessions. It is a table of its
#: own because behind the long texts of an activity SQLite would have to read all of them. No row: never counted.
load = Table(
    "load",
    metadata,
    _of_activity(primary_key=True),
    Column("loads", Text, nullable=False),
    Column("hearts", Text),
)

#: On which clock an activity was, and its day there, by which periods are asked for. A table of its own for the same
#: reason as the loads. An activity without a row was never placed: its day is that of UTC.
clock = Table(
    "clock",
    metadata,
    _of_activity(primary_key=True),
    Column("zone", Text),
    Column("zone_from", Text, nullable=False),
    Column("local_day", Date, nullable=False),
    Index(None, "local_day"),
)

stream = Table(
    "stream",
    metadata,
    _of_activity(primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("place", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("mount_known", Boolean, nullable=False),
    Column("samples", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

paint = Table(
    "paint",
    metadata,
    _counter("stroke"),
    _of_activity(),
    Column("content", Text, nullable=False),
    Index(None, "activity_id", "stroke"),
)

#: At most one real and one simulated; the one that was put last counts.
athlete = Table(
    "athlete",
    metadata,
    _counter("version"),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("simulated"),
)

check_in = Table(
    "check_in",
    metadata,
    _counter("number"),
    Column("made_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "made_at", "number"),
)

#: What ended a stop: a mistake taken back, a clinician's word.
clearance = Table(
    "clearance",
    metadata,
    _counter("number"),
    Column("made_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "made_at", "number"),
)

#: Sessions that were said to be done without a recording; the last word on each.
said_done = Table(
    "said_done",
    metadata,
    Column("workout_id", Text, primary_key=True),
    Column("on_day", Date, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "on_day"),
)

#: Every plan that was ever made; the newest counts.
plan = Table(
    "plan",
    metadata,
    _counter("version"),
    Column("plan_id", Text, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
)

import_log = Table(
    "import_log",
    metadata,
    _counter("line"),
    Column("at", UtcMoment, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_key", Text),
    Column("status", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("activity_ids", Text, nullable=False),
    Index(None, "at", "line"),
    Index(None, "file_key"),
)
