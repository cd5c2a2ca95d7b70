"""How a red flag is taken back, and how a clinician's word comes in: bound to whatever the program offers for it."""

from __future__ import annotations

from datetime import datetime
from types import ModuleType

from backward_running.core.errors import BackwardRunningError
from backward_running.core.screening import RED_FLAGS

PAIN = "pain"


def flow() -> ModuleType | None:
    """The flow of clearing; None where the program has none."""
    try:
        from backward_running.flows import clearing
    except ImportError:
        return None
    return clearing


def take_back(store, now: datetime) -> bool | None:
    """Take all flags back as a mistake; False where that is refused, None where nothing stands or it is not offered."""
    there = flow()
    keys = _standing(store, now, pain=False) if there is not None else []
    if there is None or not keys:
        return None
    try:
        there.take_back(store, keys, reason="I meant the line above it", now=now)
    except BackwardRunningError:
        return False
    return True


def clear(store, now: datetime, what: str) -> bool:
    """Give a clinician's word; False where that is refused, where nothing stands, or where it is not offered."""
    there = flow()
    keys = _standing(store, now, pain=what == PAIN) if there is not None else []
    if there is None or not keys:
        return False
    try:
        there.clear(
            store,
            keys,
            by="Dr. Moss, sports doctor",
            on=now.date(),
            allows="running and walking",
            running=True,
            now=now,
        )
    except BackwardRunningError:
        return False
    return True


def _standing(store, now: datetime, *, pain: bool) -> list[str]:
    there = flow()
    assert there is not None
    wanted = {PAIN} if pain else {flag.key for flag in RED_FLAGS}
    return [one.key for one in there.standing(store, now=now) if one.key in wanted]
