"""Backward sprints instead of drills in young football players."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="negra2022",
    citation="Negra 2022, J Sports Sci 40:2688",
    who="36 young football players, 8 weeks, 20 with backward sprints and 16 without",
    n=36,
    read="abstract",
    doi="10.1080/02640414.2023.2184770",
    year=2022,
)

SPRINTS = Evidence(
    key="negra2022.sprints",
    says=(
        "Backward sprints instead of drills, twice a week for 8 weeks, did better than football alone (20 "
        "against 16 players)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
