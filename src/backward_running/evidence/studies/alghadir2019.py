"""Backward walking for knee osteoarthritis."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="alghadir2019",
    citation="Alghadir 2019",
    who="68 people with knee osteoarthritis, supervised",
    n=68,
    read="abstract",
    year=2019,
)
