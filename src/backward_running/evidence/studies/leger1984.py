"""Oxygen uptake of level forward running."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="leger1984",
    citation="Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running",
    who="130 people, trained and untrained, of ten treadmill studies",
    n=130,
    read="abstract",
    year=1984,
)

LEVEL = Evidence(
    key="leger1984.level",
    says=(
        "Level treadmill running takes 2.209 + 3.163 · speed (km/h) ml/kg/min: an average equation over 130 people "
        "and ten studies."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
