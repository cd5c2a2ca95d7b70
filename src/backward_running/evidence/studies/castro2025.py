"""Gait retraining for knee osteoarthritis, five of eight studies of walking backward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="castro2025",
    citation="Castro 2025, Disabil Rehabil, review of gait retraining for knee osteoarthritis",
    who="people with knee osteoarthritis, 8 studies, 5 of them of backward walking",
    n=None,
    read="abstract",
    doi="10.1080/09638288.2025.2502586",
    year=2025,
)

PAIN = Evidence(
    key="castro2025.pain",
    says=(
        "Gait retraining, in five of eight studies backward walking, took 1.12 off the pain (0.62 to 1.61; a "
        "scale of 0 to 10 is assumed) with low certainty, and studies differed much (I² 78 %); function was "
        "better by 0.80 standard deviations, with high certainty."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
