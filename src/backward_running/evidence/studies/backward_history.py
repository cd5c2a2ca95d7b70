"""That backward running is mentioned as early as 1826."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="backward_history",
    citation="A mention of backward running in 1826",
    who="nobody: history",
    n=None,
    read="memory",
    year=1826,
)
