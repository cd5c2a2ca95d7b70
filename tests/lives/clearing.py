"""How a red flag is taken back, and how a clinician's word comes in: bound to whatever the program offers for it."""

from __future__ import annotations

from datetime import datetime
from types import ModuleType


def _flow() -> ModuleType | None:
    try:
        from backward_running.flows import clearing
    except ImportError:
        return None
    return clearing


def can_be_cleared() -> bool:
    """Whether the program has a way to clear a red flag."""
    return _flow() is not None


def take_back(store, now: datetime) -> bool:
    """Take the newest flag back; False where that is refused or not offered."""
    return False


def clear(store, now: datetime, what: str) -> bool:
    """Give a clinician's word; False where that is refused or not offered."""
    return False
