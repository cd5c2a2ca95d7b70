"""Backward walking on inclines after knee ligament surgery."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="shen2021",
    citation="Shen 2021, Physiother Theory Pract 37:1109",
    who=("52 people after knee ligament surgery, randomised, backward walking for 4 weeks at 0, 5, 10 or 15 degrees"),
    n=52,
    read="abstract",
    year=2021,
)

INCLINE = Evidence(
    key="shen2021.incline",
    says=(
        "Four weeks of backward walking after knee ligament surgery gave a better sense of the joint than the"
        " control, more so at 10 to 15 degrees (52 people, randomised)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
