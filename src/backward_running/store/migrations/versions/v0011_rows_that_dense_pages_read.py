"""Rows that dense pages read: bests of each run, what each month loaded, and which check-ins tell what a rule reads.

Bests are looked for when a session is derived anew, and months are summed by the open program: both tables begin empty.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

_check_in = sa.table("check_in", sa.column("number"), sa.column("content"), sa.column("telling", sa.Boolean))
#: What rules read of a check-in.
_TELLING = ("pain_nrs", "calf_soreness_nrs", "fell", "red_flags", "concussion_signs", "broke_off", "supervised_by")
_AT_ONCE = 500


def upgrade() -> None:
    """Make the tables, and say of each check-in whether it tells what a rule reads."""
    _make_bests()
    _make_months()
    op.add_column("check_in", sa.Column("telling", sa.Boolean(), nullable=False, server_default=sa.true()))
    columns = ["athlete_id", "telling", "made_at", "number"]
    op.create_index("ix_check_in_athlete_id_telling_made_at_number", "check_in", columns)
    _mark_what_tells(op.get_bind())


def _mark_what_tells(connection: sa.Connection) -> None:
    found = connection.execute(sa.select(_check_in.c.number, _check_in.c.content)).all()
    quiet = [told.number for told in found if not _tells(json.loads(told.content))]
    for first in range(0, len(quiet), _AT_ONCE):
        some = _check_in.c.number.in_(quiet[first : first + _AT_ONCE])
        connection.execute(sa.update(_check_in).where(some).values(telling=False))


def _tells(content: dict[str, Any]) -> bool:
    return any(content.get(name) not in (None, "", [], {}) for name in _TELLING)


def _make_bests() -> None:
    op.create_table(
        "best",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("behind", sa.Double(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "activity_id", "kind", name="pk_best"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "activity_id"],
            ["activity.athlete_id", "activity.activity_id"],
            name="fk_best_athlete_id_activity_id",
            ondelete="CASCADE",
        ),
    )
    columns = ["athlete_id", "simulated", "kind", "behind", "started_at", "activity_id"]
    op.create_index(f"ix_best_{'_'.join(columns)}", "best", columns)


def _make_months() -> None:
    op.create_table(
        "load_month",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("activities", "sessions", "uncounted")),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "simulated", "month", name="pk_load_month"),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["person.athlete_id"], name="fk_load_month_athlete_id", ondelete="CASCADE"
        ),
    )
