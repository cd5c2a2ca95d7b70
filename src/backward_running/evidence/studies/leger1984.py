"""Oxygen uptake of level forward running."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="leger1984",
    citation="Léger & Mercier 1984, Gross energy cost of horizontal treadmill and track running",
    who="130 people, trained and untrained, of ten treadmill studies",
    n=130,
    read="abstract",
    year=1984,
)
