"""A table for the phones that may fetch sessions and deliver recordings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "paired_phone",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("phone_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "phone_id", name="pk_paired_phone"),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["person.athlete_id"], name="fk_paired_phone_athlete_id", ondelete="CASCADE"
        ),
    )
