"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make them, those that are pointed to first."""
    _make_small_tables()
    _make_file()
    _make_activity()
    _make_stream_and_paint()
    _make_athlete_check_in_and_plan()
    _make_import_log()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _double(name: str, *, nullable: bool = False) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=nullable)


def _bool(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _counter(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, autoincrement=True, nullable=False)


def _of_activity(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_activity_id"
    return sa.ForeignKeyConstraint(["activity_id"], ["activity.activity_id"], name=name, ondelete="CASCADE")


def _make_small_tables() -> None:
    for table in ("meta", "setting"):
        op.create_table(table, _text("name"), _text("value"), sa.PrimaryKeyConstraint("name", name=f"pk_{table}"))


def _make_file() -> None:
    op.create_table(
        "file",
        _text("key"),
        _text("name"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _moment("imported_at"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_file"),
    )


def _make_activity() -> None:
    op.create_table(
        "activity",
        _text("activity_id"),
        _text("file_key"),
        _moment("started_at"),
        sa.Column("utc_offset_s", sa.Integer(), nullable=True),
        _text("title"),
        _text("file_name"),
        _text("sport", nullable=True),
        _bool("on_foot"),
        _bool("simulated"),
        _double("duration_s"),
        _double("moving_s"),
        _double("distance_m", nullable=True),
        *(_double(f"{way}_s") for way in ("forward", "backward", "unknown", "sideways", "turning", "still")),
        *(_double(f"{way}_m", nullable=True) for way in ("forward", "backward", "unknown")),
        _text("ribbon"),
        _text("search"),
        _text("recording"),
        _text("session"),
        sa.ForeignKeyConstraint(["file_key"], ["file.key"], name="fk_activity_file_key"),
        sa.PrimaryKeyConstraint("activity_id", name="pk_activity"),
    )
    op.create_index("ix_activity_file_key", "activity", ["file_key"])
    op.create_index("ix_activity_simulated", "activity", ["simulated"])
    op.create_index("ix_activity_started_at_activity_id", "activity", ["started_at", "activity_id"])


def _make_stream_and_paint() -> None:
    op.create_table(
        "stream",
        _text("activity_id"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        _text("place"),
        _text("frame"),
        _bool("mount_known"),
        sa.Column("samples", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of_activity("stream"),
        sa.PrimaryKeyConstraint("activity_id", "ordinal", name="pk_stream"),
    )
    op.create_table(
        "paint",
        _counter("stroke"),
        _text("activity_id"),
        _text("content"),
        _of_activity("paint"),
        sa.PrimaryKeyConstraint("stroke", name="pk_paint"),
    )
    op.create_index("ix_paint_activity_id_stroke", "paint", ["activity_id", "stroke"])


def _make_athlete_check_in_and_plan() -> None:
    op.create_table(
        "athlete",
        _counter("version"),
        _bool("simulated"),
        _text("content"),
        sa.PrimaryKeyConstraint("version", name="pk_athlete"),
        sa.UniqueConstraint("simulated", name="uq_athlete_simulated"),
    )
    op.create_table(
        "check_in",
        _counter("number"),
        _moment("made_at"),
        _bool("simulated"),
        _text("content"),
        sa.PrimaryKeyConstraint("number", name="pk_check_in"),
    )
    op.create_index("ix_check_in_made_at_number", "check_in", ["made_at", "number"])
    op.create_table(
        "plan",
        _counter("version"),
        _text("plan_id"),
        _bool("simulated"),
        _text("content"),
        sa.PrimaryKeyConstraint("version", name="pk_plan"),
    )


def _make_import_log() -> None:
    op.create_table(
        "import_log",
        _counter("line"),
        _moment("at"),
        _text("file_name"),
        _text("file_key", nullable=True),
        _text("status"),
        _text("message"),
        _text("activity_ids"),
        sa.PrimaryKeyConstraint("line", name="pk_import_log"),
    )
    op.create_index("ix_import_log_at_line", "import_log", ["at", "line"])
    op.create_index("ix_import_log_file_key", "import_log", ["file_key"])
