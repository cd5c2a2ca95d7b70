"""The tables, one schema for every backend. A change here needs a new file in ``migrations/versions``.

Every row is of a person. Only the list of persons itself and what the program keeps of the store are of nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from backward_running.store._utc_moment import UtcMoment
from backward_running.store._version import SCHEMA_VERSION

__all__ = ["SCHEMA_VERSION", "metadata"]


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


def _of_person() -> Column[str]:
    """Say whose a row is. It comes first: behind the long texts SQLite would have to read all of them."""
    return Column("athlete_id", Text, ForeignKey("person.athlete_id", ondelete="CASCADE"), nullable=False)


def _of_activity() -> tuple[Any, ...]:
    """Say to which activity a row belongs, and whose that is."""
    ours, theirs = ["athlete_id", "activity_id"], ["activity.athlete_id", "activity.activity_id"]
    columns = [Column(name, Text, nullable=False) for name in ours]
    return (*columns, ForeignKeyConstraint(ours, theirs, ondelete="CASCADE"))


#: What the program keeps of the store itself: of nobody.
meta = Table("meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

#: Everybody whose rows are here. With one of them go all of their rows.
person = Table(
    "person",
    metadata,
    Column("athlete_id", Text, primary_key=True),
    #: Counts up with every change of what sessions are derived from; of two who change that, the second waits here.
    Column("revision", BigInteger, nullable=False, server_default="0"),
)

setting = Table(
    "setting",
    metadata,
    _of_person(),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "name"),
)

#: The bytes as they came, compressed with zstd. Two who ran with one watch have them twice: each may forget their own.
file = Table(
    "file",
    metadata,
    _of_person(),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("imported_at", UtcMoment, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "key"),
)

#: A row of the list, and behind it what is opened with an activity. The long texts come last: listing never reads them.
activity = Table(
    "activity",
    metadata,
    _of_person(),
    Column("activity_id", Text, nullable=False),
    Column("file_key", Text, nullable=False),
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
    PrimaryKeyConstraint("athlete_id", "activity_id"),
    ForeignKeyConstraint(["athlete_id", "file_key"], ["file.athlete_id", "file.key"]),
    Index(None, "athlete_id", "started_at", "activity_id"),
    Index(None, "athlete_id", "file_key"),
    Index(None, "athlete_id", "simulated"),
)

#: What an activity loaded: a copy out of its session, so that ten years of load need no sessions. It is a table of its
#: own because behind the long texts of an activity SQLite would have to read all of them. No row: never counted.
load = Table(
    "load",
    metadata,
    *_of_activity(),
    Column("loads", Text, nullable=False),
    Column("hearts", Text),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
)

#: On which clock an activity was, and its day there, by which periods are asked for. A table of its own for the same
#: reason as the loads. An activity without a row was never placed: its day is that of UTC.
clock = Table(
    "clock",
    metadata,
    *_of_activity(),
    Column("zone", Text),
    Column("zone_from", Text, nullable=False),
    Column("local_day", Date, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
    Index(None, "athlete_id", "local_day"),
)

#: From what the session of an activity was derived, and what the activity teaches. It goes with the activity, and so
#: does the lesson. No row, or another basis than the one that holds: to be derived anew.
derived = Table(
    "derived",
    metadata,
    *_of_activity(),
    Column("began_at", UtcMoment, nullable=False),  # as the file has it: a clock that is put right moves no lesson
    Column("simulated", Boolean, nullable=False),
    Column("basis", Text, nullable=False),
    Column("inputs", Text, nullable=False),
    Column("forgotten", Boolean, nullable=False),  # the runner wants it to teach nothing
    Column("prices", Boolean, nullable=False),  # its pulse says what backward running costs them
    Column("traits", Text),
    Column("pulse", Text),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
    Index(None, "athlete_id", "basis"),
    Index(None, "athlete_id", "simulated", "began_at", "activity_id"),
    Index(None, "athlete_id", "simulated", "prices", "began_at", "activity_id"),
)

#: How much of the moving time of an activity stands on what its runner says of whole recordings. A table of its own for
#: the same reason as the loads. No row: nothing does.
by_word = Table(
    "by_word",
    metadata,
    *_of_activity(),
    Column("said_forward_s", Double, nullable=False),
    Column("said_backward_s", Double, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
)

#: The bests within an activity: a copy out of its session. The best of all of a kind comes first in the index, and of
#: two alike the earlier one. No row: not looked for, or none there.
best = Table(
    "best",
    metadata,
    *_of_activity(),
    Column("simulated", Boolean, nullable=False),
    Column("kind", Text, nullable=False),  # which direction, and over which length
    Column("behind", Double, nullable=False),  # less than 0 by as much as it is worth
    Column("started_at", UtcMoment, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id", "kind"),
    Index(None, "athlete_id", "simulated", "kind", "behind", "started_at", "activity_id"),
)

#: What the activities of a month loaded, summed by day. `activities` says how many it holds: where they are not all
#: that there are, none of them is believed.
load_month = Table(
    "load_month",
    metadata,
    _of_person(),
    Column("simulated", Boolean, nullable=False),
    Column("month", Date, nullable=False),  # its first day, on the clock of each activity
    Column("recipe", Text, nullable=False),
    Column("activities", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("uncounted", Integer, nullable=False),
    Column("first_on", Date),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "simulated", "month"),
)

stream = Table(
    "stream",
    metadata,
    *_of_activity(),
    Column("ordinal", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("frame", Text, nullable=False),
    Column("mount_known", Boolean, nullable=False),
    Column("samples", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id", "ordinal"),
)

paint = Table(
    "paint",
    metadata,
    _counter("stroke"),
    *_of_activity(),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "activity_id", "stroke"),
)

#: Of a person at most one real and one simulated; the one that was put last counts.
athlete = Table(
    "athlete",
    metadata,
    _counter("version"),
    _of_person(),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("athlete_id", "simulated"),
)

check_in = Table(
    "check_in",
    metadata,
    _counter("number"),
    _of_person(),
    Column("made_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("activity_id", Text),  # of which it speaks; that may be gone, or never have been recorded
    Column("telling", Boolean, nullable=False, server_default=true()),  # whether it tells what a rule reads
    Index(None, "athlete_id", "made_at", "number"),
    Index(None, "athlete_id", "telling", "made_at", "number"),
    Index(None, "athlete_id", "activity_id"),
)

#: What the runner measured of themselves and typed.
measurement = Table(
    "measurement",
    metadata,
    _of_person(),
    Column("measurement_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("measured_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "measurement_id"),
    Index(None, "athlete_id", "measured_at", "measurement_id"),
)

#: What ended a stop: a mistake taken back, a clinician's word.
clearance = Table(
    "clearance",
    metadata,
    _counter("number"),
    _of_person(),
    Column("made_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "made_at", "number"),
)

#: Sessions that were said to be done without a recording; the last word on each.
said_done = Table(
    "said_done",
    metadata,
    _of_person(),
    Column("workout_id", Text, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "workout_id"),
    Index(None, "athlete_id", "on_day"),
)

#: What the runner says of whole recordings; taken back or not, it is kept.
statement = Table(
    "statement",
    metadata,
    _of_person(),
    Column("statement_id", Text, nullable=False),
    Column("stated_at", UtcMoment, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "statement_id"),
    Index(None, "athlete_id", "stated_at", "statement_id"),
)

#: Every plan that was ever made; the newest counts.
plan = Table(
    "plan",
    metadata,
    _counter("version"),
    _of_person(),
    Column("plan_id", Text, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "version"),
)

#: Runs that were deleted, or changed by an edit: all their rows, packed. They are in no other table meanwhile.
trash = Table(
    "trash",
    metadata,
    _of_person(),
    Column("activity_id", Text, nullable=False),
    Column("edit_id", Text, nullable=False),  # empty: it was deleted
    Column("file_key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("deleted_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id", "edit_id"),
    Index(None, "athlete_id", "file_key"),
)

#: Edits of recordings that stand.
edit = Table(
    "edit",
    metadata,
    _counter("number"),  # the later one is undone first
    _of_person(),
    Column("edit_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("athlete_id", "edit_id"),
)

shoe = Table(
    "shoe",
    metadata,
    _of_person(),
    Column("shoe_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "shoe_id"),
)

#: What is written beside a run, and in which shoes it was.
note = Table(
    "note",
    metadata,
    *_of_activity(),
    Column("shoe_id", Text),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
    Index(None, "athlete_id", "shoe_id"),
)

#: Photos, without what they say of where and by what they were made.
photo = Table(
    "photo",
    metadata,
    *_of_activity(),
    Column("photo_id", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id", "photo_id"),
)

import_log = Table(
    "import_log",
    metadata,
    _counter("line"),
    _of_person(),
    Column("at", UtcMoment, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_key", Text),
    Column("status", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("activity_ids", Text, nullable=False),
    Index(None, "athlete_id", "at", "line"),
    Index(None, "athlete_id", "file_key"),
)
