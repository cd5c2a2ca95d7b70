"""No secret stands in the store in clear: of the calendar's address only the hash, the server's own lies in a file.

An address that was given out goes on working. Pages that were open when the program was updated have to be opened anew.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

_CLEAR, _HASHED = "calendar_token", "calendar_token_sha256"


def upgrade() -> None:
    """Hash the addresses and forget the secret."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")  # else the bytes stay on pages that are free
    kept = connection.execute(sa.text("SELECT athlete_id, value FROM setting WHERE name = :name"), {"name": _CLEAR})
    for athlete_id, token in kept.all():
        row = {"whose": athlete_id, "name": _HASHED, "value": hashlib.sha256(token.encode()).hexdigest()}
        if token:
            made = "INSERT INTO setting (athlete_id, name, value) VALUES (:whose, :name, :value)"
            connection.execute(sa.text(made), row)
    connection.execute(sa.text("DELETE FROM setting WHERE name = :name"), {"name": _CLEAR})
    connection.execute(sa.text("DELETE FROM meta WHERE name = 'web_secret'"))
