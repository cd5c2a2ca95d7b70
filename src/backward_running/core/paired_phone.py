"""A phone that was paired with this installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PairedPhone:
    """Which phone may fetch sessions and deliver what it recorded, and since when."""

    phone_id: str
    name: str  #: as its owner calls it
    paired_at: datetime
    secret_sha256: str  #: the hash of what lets it in; the phone alone has the secret
    seen_at: datetime | None = None  #: when it was last here; None where it never came back
