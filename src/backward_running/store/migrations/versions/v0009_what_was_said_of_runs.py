"""What the runner says of whole recordings, and how much of each recording rests on that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make both tables, empty: nobody could say anything of whole recordings before."""
    op.create_table(
        "statement",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("statement_id", sa.Text(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "statement_id", name="pk_statement"),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["person.athlete_id"], name="fk_statement_athlete_id", ondelete="CASCADE"
        ),
    )
    led = ["athlete_id", "stated_at", "statement_id"]
    op.create_index(f"ix_statement_{'_'.join(led)}", "statement", led)
    op.create_table(
        "by_word",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("said_forward_s", sa.Double(), nullable=False),
        sa.Column("said_backward_s", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "activity_id", name="pk_by_word"),
        sa.ForeignKeyConstraint(
            ["athlete_id", "activity_id"],
            ["activity.athlete_id", "activity.activity_id"],
            name="fk_by_word_athlete_id_activity_id",
            ondelete="CASCADE",
        ),
    )
