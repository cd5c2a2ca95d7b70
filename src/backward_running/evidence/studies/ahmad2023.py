"""Backward walking for low back pain, a small randomised trial."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="ahmad2023",
    citation="Ahmad 2023, Physiother Quart 31(3):86",
    who="31 people with low back pain, randomised, 3 × 15 min a week for 3 weeks added",
    n=31,
    read="an excerpt; the result on pain was not in it",
    year=2023,
)

BACK = Evidence(
    key="ahmad2023.back",
    says=(
        "Three weeks of backward walking added to treatment of low back pain went with better sleep (31 "
        "people, randomised); what it did to pain was not in the part that was read."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
