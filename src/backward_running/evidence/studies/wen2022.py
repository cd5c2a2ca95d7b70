"""Backward walking after stroke, seven studies pooled."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="wen2022",
    citation="Wen & Wang 2022, Int J Environ Res Public Health 19:3370",
    who="people after stroke, 7 studies",
    n=None,
    read="abstract",
    doi="10.3390/ijerph19063370",
    year=2022,
)

WALK = Evidence(
    key="wen2022.walk",
    says=(
        "In seven studies of people after stroke, supervised backward walking went with 0.11 m/s more over 10"
        " m (0.01 to 0.21) and 4.38 more on the Berg balance scale."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
