"""A single session far longer than the last month's longest goes with more injuries."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="frandsen2025",
    citation="Frandsen 2025, BJSM 59:1203",
    who="5,205 runners, forward",
    n=5205,
    read="abstract",
    doi="10.1136/bjsports-2024-109380",
    year=2025,
)
