"""Which layout of the tables this program writes. Kept apart so that checking a store imports nothing heavy."""

from __future__ import annotations

#: The newest revision in ``migrations/versions``.
SCHEMA_VERSION = "0014"
