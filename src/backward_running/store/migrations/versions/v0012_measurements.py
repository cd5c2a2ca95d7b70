"""A table for what somebody measured of themselves and typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "measurement",
        sa.Column("athlete_id", sa.Text(), nullable=False),
        sa.Column("measurement_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("athlete_id", "measurement_id", name="pk_measurement"),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["person.athlete_id"], name="fk_measurement_athlete_id", ondelete="CASCADE"
        ),
    )
    led = ["athlete_id", "measured_at", "measurement_id"]
    op.create_index(f"ix_measurement_{'_'.join(led)}", "measurement", led)
