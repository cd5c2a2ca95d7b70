"""What each activity loaded, beside its row. What was understood before has none: not known, and not 0."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the columns, empty."""
    for name in ("loads", "hearts"):
        op.add_column("activity", sa.Column(name, sa.Text()))
