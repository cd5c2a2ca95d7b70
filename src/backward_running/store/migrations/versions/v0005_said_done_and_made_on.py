"""Sessions said to be done without a recording; and the day a plan was made, which revisions used to move."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_plan = sa.table(
    "plan", sa.column("version", sa.BigInteger), sa.column("plan_id", sa.Text), sa.column("content", sa.Text)
)


def upgrade() -> None:
    """Make the table, empty; give every revision of a plan the day of the first, and its own as that of the change."""
    op.create_table(
        "said_done",
        sa.Column("workout_id", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("simulated", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("workout_id", name="pk_said_done"),
    )
    op.create_index("ix_said_done_on_day", "said_done", ["on_day"])
    _keep_days()


def _keep_days() -> None:
    connection = op.get_bind()
    first: dict[str, str] = {}
    for row in connection.execute(sa.select(_plan).order_by(_plan.c.version)).mappings().all():
        content = json.loads(row["content"])
        if content.get("revision", 1) == 1:  # the same answers give the same plan: made again, it begins again
            first[row["plan_id"]] = content["made_at"]
            continue
        made_at = first.get(row["plan_id"], content["made_at"])
        changed = {**content, "made_at": made_at, "changed_at": content["made_at"]}
        text = json.dumps(changed, separators=(",", ":"))
        connection.execute(sa.update(_plan).where(_plan.c.version == row["version"]).values(content=text))
