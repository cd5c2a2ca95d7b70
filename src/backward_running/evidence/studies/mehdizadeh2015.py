"""Backward running is coordinated much like forward running played in reverse."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="mehdizadeh2015",
    citation="Mehdizadeh 2015, Gait Posture 42:172",
    who="runners; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2015,
)
