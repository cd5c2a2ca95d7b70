"""Backward walking and hamstring flexibility."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="whitley2011",
    citation="Whitley & Dufek 2011",
    who="10 women",
    n=10,
    read="abstract",
    year=2011,
)
