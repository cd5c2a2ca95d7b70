"""Backward walking for knee osteoarthritis."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="alghadir2019",
    citation="Alghadir 2019",
    who="68 people with knee osteoarthritis, supervised",
    n=68,
    read="abstract",
    year=2019,
)

PAIN = Evidence(
    key="alghadir2019.pain",
    says=(
        "With knee osteoarthritis, 10 min of supervised backward walking three times a week for six weeks went with "
        "1.8 less pain, against 1.0 less without it (68 people)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
