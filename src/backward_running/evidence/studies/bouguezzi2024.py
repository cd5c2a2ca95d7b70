"""Six weeks of backward sprints in youth football."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="bouguezzi2024",
    citation="Bouguezzi 2024, JSCR 38:e587",
    who="30 youth football players",
    n=30,
    read="abstract",
    year=2024,
)
