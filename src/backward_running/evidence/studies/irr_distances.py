"""Distances that people race backward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="irr_distances",
    citation="International Retro Running, distances of the championships",
    who="nobody: a rule of a sport",
    measured=False,
    n=None,
    read="memory",
)

RACED = Evidence(
    key="irr_distances.raced",
    says=(
        "Backward races at the championships go over 100, 200, 400, 800, 1500, 3000, 5000 and 10,000 m, the half "
        "marathon and once the marathon: from memory, the organiser's own list decides."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
