"""What each activity loaded, beside its row. What was understood before has none: not known, and not 0."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "load",
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("loads", sa.Text(), nullable=False),
        sa.Column("hearts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.activity_id"], name="fk_load_activity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("activity_id", name="pk_load"),
    )
