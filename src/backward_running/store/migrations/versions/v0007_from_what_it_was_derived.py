"""Every session says from what it was derived, and every recording keeps what it teaches: habits were one text of all.

Of sessions of before that is not known, so all of them are derived anew. Lessons move to their recordings. Where habits
were kept and hold nothing, their runner had them forgotten: those recordings go on teaching nothing.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_activity = sa.table("activity", *map(sa.column, ("athlete_id", "activity_id", "simulated", "recording")))
_setting = sa.table("setting", *map(sa.column, ("athlete_id", "name", "value")))
_check_in = sa.table("check_in", *map(sa.column, ("number", "content", "activity_id")))
_derived = sa.table(
    "derived",
    sa.column("athlete_id", sa.Text),
    sa.column("activity_id", sa.Text),
    sa.column("began_at", sa.DateTime(timezone=True)),
    sa.column("simulated", sa.Boolean),
    sa.column("basis", sa.Text),
    sa.column("inputs", sa.Text),
    sa.column("forgotten", sa.Boolean),
    sa.column("prices", sa.Boolean),
    sa.column("traits", sa.Text),
    sa.column("pulse", sa.Text),
)
_AT_ONCE = 500


def upgrade() -> None:
    """Count changes by person; make the table; give every activity its row; say of check-ins of what they speak."""
    op.add_column("person", sa.Column("revision", sa.BigInteger(), nullable=False, server_default="0"))
    _make_table()
    connection = op.get_bind()
    habits = {
        setting.athlete_id: json.loads(setting.value)
        for setting in connection.execute(sa.select(_setting).where(_setting.c.name == "habits"))
    }
    for athlete_id in connection.scalars(sa.text("SELECT athlete_id FROM person")).all():
        _fill(connection, athlete_id, habits.get(athlete_id))
    _name_activities(connection)
    connection.execute(sa.delete(_setting).where(_setting.c.name == "habits"))


def _make_table() -> None:
    op.create_table(
        "derived",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.Column("prices", sa.Boolean(), nullable=False),
        sa.Column("traits", sa.Text(), nullable=True),
        sa.Column("pulse", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("athlete_id", "activity_id", name="pk_derived"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "activity_id"],
            ["activity.athlete_id", "activity.activity_id"],
            name="fk_derived_athlete_id_activity_id",
            ondelete="CASCADE",
        ),
    )
    for columns in (
        ("basis",),
        ("simulated", "began_at", "activity_id"),
        ("simulated", "prices", "began_at", "activity_id"),
    ):
        led = ("athlete_id", *columns)
        op.create_index(f"ix_derived_{'_'.join(led)}", "derived", led)


def _name_activities(connection: sa.Connection) -> None:
    op.add_column("check_in", sa.Column("activity_id", sa.Text(), nullable=True))
    op.create_index("ix_check_in_athlete_id_activity_id", "check_in", ["athlete_id", "activity_id"])
    for told in connection.execute(sa.select(_check_in)).all():
        activity_id = json.loads(told.content).get("activity_id")
        if activity_id is not None:
            named = sa.update(_check_in).where(_check_in.c.number == told.number)
            connection.execute(named.values(activity_id=activity_id))


def _fill(connection: sa.Connection, athlete_id: str, habits: dict[str, Any] | None) -> None:
    lessons = {
        kind: {habit["activity_id"]: habit for habit in (habits or {}).get(kind, ())} for kind in ("traits", "pulses")
    }
    forgotten = habits is not None and not lessons["traits"]
    mine = sa.select(_activity).where(_activity.c.athlete_id == athlete_id)
    for some in connection.execute(mine).mappings().partitions(_AT_ONCE):
        rows = [_row(row, lessons["traits"], lessons["pulses"], forgotten=forgotten) for row in some]
        connection.execute(sa.insert(_derived), rows)


def _row(row: sa.RowMapping, traits: dict[str, Any], pulses: dict[str, Any], *, forgotten: bool) -> dict[str, Any]:
    activity_id = row["activity_id"]
    pulse = pulses.get(activity_id)
    return {
        "athlete_id": row["athlete_id"],
        "activity_id": activity_id,
        "began_at": datetime.fromisoformat(json.loads(row["recording"])["started_at"]).astimezone(UTC),
        "simulated": bool(row["simulated"]),
        "basis": "",
        "inputs": "",
        "forgotten": forgotten,
        "prices": pulse is not None and all(pulse[way]["seconds_s"] > 0.0 for way in ("forward", "backward")),
        "traits": _text(traits.get(activity_id)),
        "pulse": _text(pulse),
    }


def _text(lesson: dict[str, Any] | None) -> str | None:
    return None if lesson is None else json.dumps(lesson, separators=(",", ":"))
