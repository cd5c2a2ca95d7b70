"""Backward training and body composition."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="kachanathu2014",
    citation="Kachanathu 2014",
    who="30 people",
    n=30,
    read="abstract",
    year=2014,
)
