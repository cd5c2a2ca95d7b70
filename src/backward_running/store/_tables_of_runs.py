"""Tables of runs: what came, what was understood of it, and what hangs on a run."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from backward_running.store._columns import counter, metadata, of_activity, of_person, seconds
from backward_running.store._utc_moment import UtcMoment

#: The bytes as they came, compressed with zstd. Two who ran with one watch have them twice: each may forget their own.
file = Table(
    "file",
    metadata,
    of_person(),
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
    of_person(),
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
    seconds("forward"),
    seconds("backward"),
    seconds("unknown"),
    seconds("sideways"),
    seconds("turning"),
    seconds("still"),
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
    *of_activity(),
    Column("loads", Text, nullable=False),
    Column("hearts", Text),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
)

#: On which clock an activity was, and its day there, by which periods are asked for. A table of its own for the same
#: reason as the loads. An activity without a row was never placed: its day is that of UTC.
clock = Table(
    "clock",
    metadata,
    *of_activity(),
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
    *of_activity(),
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
    *of_activity(),
    Column("said_forward_s", Double, nullable=False),
    Column("said_backward_s", Double, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
)

#: The bests within an activity: a copy out of its session. The best of all of a kind comes first in the index, and of
#: two alike the earlier one. No row: not looked for, or none there.
best = Table(
    "best",
    metadata,
    *of_activity(),
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
    of_person(),
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

#: The straights of a run, found in its positions by a recipe. No row, or another recipe: not looked for yet.
straight = Table(
    "straight",
    metadata,
    *of_activity(),
    Column("recipe", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
)

stream = Table(
    "stream",
    metadata,
    *of_activity(),
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
    counter("stroke"),
    *of_activity(),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "activity_id", "stroke"),
)

#: What is written beside a run, and in which shoes it was.
note = Table(
    "note",
    metadata,
    *of_activity(),
    Column("shoe_id", Text),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id"),
    Index(None, "athlete_id", "shoe_id"),
)

#: Photos, without what they say of where and by what they were made.
photo = Table(
    "photo",
    metadata,
    *of_activity(),
    Column("photo_id", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("athlete_id", "activity_id", "photo_id"),
)

#: Runs that were deleted, or changed by an edit: all their rows, packed. They are in no other table meanwhile.
trash = Table(
    "trash",
    metadata,
    of_person(),
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
    counter("number"),  # the later one is undone first
    of_person(),
    Column("edit_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("athlete_id", "edit_id"),
)
