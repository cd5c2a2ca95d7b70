"""Tables of a runner: who they are, how they are, what they plan, say and have."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, PrimaryKeyConstraint, Table, Text, UniqueConstraint, true

from backward_running.store._columns import counter, metadata, of_person
from backward_running.store._utc_moment import UtcMoment

setting = Table(
    "setting",
    metadata,
    of_person(),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "name"),
)

#: Of a person at most one real and one simulated; the one that was put last counts.
athlete = Table(
    "athlete",
    metadata,
    counter("version"),
    of_person(),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("athlete_id", "simulated"),
)

check_in = Table(
    "check_in",
    metadata,
    counter("number"),
    of_person(),
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
    of_person(),
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
    counter("number"),
    of_person(),
    Column("made_at", UtcMoment, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "made_at", "number"),
)

#: Sessions that were said to be done without a recording; the last word on each.
said_done = Table(
    "said_done",
    metadata,
    of_person(),
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
    of_person(),
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
    counter("version"),
    of_person(),
    Column("plan_id", Text, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Index(None, "athlete_id", "version"),
)

shoe = Table(
    "shoe",
    metadata,
    of_person(),
    Column("shoe_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "shoe_id"),
)

#: Phones that may fetch sessions and deliver recordings. Of what lets one in only the hash is here.
paired_phone = Table(
    "paired_phone",
    metadata,
    of_person(),
    Column("phone_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("paired_at", UtcMoment, nullable=False),
    Column("seen_at", UtcMoment),
    Column("secret_sha256", Text, nullable=False),
    PrimaryKeyConstraint("athlete_id", "phone_id"),
)

import_log = Table(
    "import_log",
    metadata,
    counter("line"),
    of_person(),
    Column("at", UtcMoment, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_key", Text),
    Column("status", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("activity_ids", Text, nullable=False),
    Index(None, "athlete_id", "at", "line"),
    Index(None, "athlete_id", "file_key"),
)
