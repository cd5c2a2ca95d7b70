"""Six weeks of backward sprints in youth football."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="bouguezzi2024",
    citation="Bouguezzi 2024, JSCR 38:e587",
    who="30 youth football players",
    n=30,
    read="abstract",
    year=2024,
)

SPRINTS = Evidence(
    key="bouguezzi2024.sprints",
    says=(
        "Six weeks of repeated backward sprints, 1 to 2 sets of 7 × 20 m: two days a week went with 4.9 % better "
        "change of direction, one day with 0.04 % (30 youth football players)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
