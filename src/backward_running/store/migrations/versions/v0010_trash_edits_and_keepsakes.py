"""Runs that were deleted or edited lie aside; notes, shoes and photos. In a store of before there is none of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables, empty."""
    _of_person(
        "trash",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("activity_id", "edit_id", "file_key", "title")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("started_at", "deleted_at")),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=("activity_id", "edit_id"),
    )
    op.create_index("ix_trash_athlete_id_file_key", "trash", ["athlete_id", "file_key"])
    op.create_table(
        "edit",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("edit_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_edit"),
        sa.UniqueConstraint("athlete_id", "edit_id", name="uq_edit_athlete_id_edit_id"),
        sa.ForeignKeyConstraint(["athlete_id"], ["person.athlete_id"], name="fk_edit_athlete_id", ondelete="CASCADE"),
    )
    _of_person(
        "shoe",
        sa.Column("shoe_id", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        key=("shoe_id",),
    )
    _of_activity(
        "note",
        sa.Column("shoe_id", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        key=("activity_id",),
    )
    op.create_index("ix_note_athlete_id_shoe_id", "note", ["athlete_id", "shoe_id"])
    _of_activity(
        "photo",
        sa.Column("photo_id", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key=("activity_id", "photo_id"),
    )


def _of_person(name: str, *columns: sa.Column[Any], key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("athlete_id", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("athlete_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["person.athlete_id"], name=f"fk_{name}_athlete_id", ondelete="CASCADE"
        ),
    )


def _of_activity(name: str, *columns: sa.Column[Any], key: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("athlete_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "activity_id"],
            ["activity.athlete_id", "activity.activity_id"],
            name=f"fk_{name}_athlete_id_activity_id",
            ondelete="CASCADE",
        ),
    )
