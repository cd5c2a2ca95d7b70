"""A single session far longer than the last month's longest goes with more injuries."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="frandsen2025",
    citation="Frandsen 2025, BJSM 59:1203",
    who="5,205 runners, forward",
    n=5205,
    read="abstract",
    doi="10.1136/bjsports-2024-109380",
    year=2025,
)

SPIKE = Evidence(
    key="frandsen2025.spike",
    says=(
        "After a session 10 to 30 % over the longest of the last 30 days the hazard of injury is 1.64 times as "
        "high, 30 to 100 % over 1.52, more than 100 % over 2.28 (5,205 runners, forward)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
