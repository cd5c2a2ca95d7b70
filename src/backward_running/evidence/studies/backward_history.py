"""That backward running is mentioned as early as 1826."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="backward_history",
    citation="A mention of backward running in 1826",
    who="nobody: history",
    measured=False,
    n=None,
    read="memory",
    year=1826,
)

HISTORY = Evidence(
    key="backward_history.history",
    says="Backward running is mentioned in 1826.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
