"""Records over distances run backward against those run forward."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="backward_records",
    citation="Backward against forward running records",
    who="record holders",
    n=None,
    read="memory",
)
