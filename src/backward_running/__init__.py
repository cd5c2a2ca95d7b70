"""Backward running: read recordings, find the backward metres, count what they cost, plan the next week.

``import backward_running as br`` has a door for programs; each name is imported when it is first used:

- ``br.read``, ``br.read_all``: a file → what the device wrote
- ``br.find_bouts``, ``br.steps``: a recording → which way, and every contact of a foot
- ``br.cost``: a speed → what it costs, either way
- ``br.questions``, ``br.plan``: answers → a plan
- ``br.evidence``, ``br.plugs``: where every number comes from, and what is plugged in
- ``br.simulate``: recordings of a runner who does not exist
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backward_running.apps.api import (
        Table,
        cost,
        find_bouts,
        plan,
        plugs,
        questions,
        read,
        read_all,
        simulate,
        steps,
    )
    from backward_running.core.athlete import Athlete
    from backward_running.core.direction import Direction, Gait
    from backward_running.core.errors import BackwardRunningError
    from backward_running.core.recording import Recording

__version__ = "0.2.0"

_API = "backward_running.apps.api"
#: Name → the module it comes from.
_HOMES = {
    **dict.fromkeys(
        ("read", "read_all", "find_bouts", "steps", "cost", "plan", "questions", "plugs", "simulate", "Table"), _API
    ),
    "Athlete": "backward_running.core.athlete",
    "BackwardRunningError": "backward_running.core.errors",
    "Direction": "backward_running.core.direction",
    "Gait": "backward_running.core.direction",
    "Recording": "backward_running.core.recording",
}

__all__ = [
    "Athlete", "BackwardRunningError", "Direction", "Gait", "Recording", "Table", "cost", "evidence", "find_bouts",
    "plan", "plugs", "questions", "read", "read_all", "simulate", "steps",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a name of the front door when it is first used: the command line must start without any of them."""
    if name == "evidence":
        return importlib.import_module("backward_running.evidence")
    if name not in _HOMES:
        raise AttributeError(f"backward_running has no {name!r}; it has {', '.join(__all__)}.")
    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Name what is here, for whoever presses Tab."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


class _Evidence(ModuleType):
    """The room of evidence, which as ``br.evidence(text)`` answers like every name of the front door."""

    def __call__(self, text: str | None = None) -> Any:
        """Return every number the program uses; see ``apps.api.evidence``."""
        return importlib.import_module(_API).evidence(text)


class _FrontDoor(ModuleType):
    """The package itself: Python hands it each room once it is imported, and one of them has the name of a verb."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "evidence" and isinstance(value, ModuleType):
            value.__class__ = _Evidence
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor
