"""Backward walking and hamstring flexibility."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="whitley2011",
    citation="Whitley & Dufek 2011",
    who="10 women",
    n=10,
    read="abstract",
    year=2011,
)

HAMSTRING = Evidence(
    key="whitley2011.hamstring",
    says="Hamstring flexibility rose in 10 women after four weeks of backward walking.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
