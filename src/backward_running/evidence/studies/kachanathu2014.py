"""Backward training and body composition."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="kachanathu2014",
    citation="Kachanathu 2014",
    who="30 people",
    n=30,
    read="abstract",
    year=2014,
)

BODY = Evidence(
    key="kachanathu2014.body",
    says="No change in body composition in 30 people.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
