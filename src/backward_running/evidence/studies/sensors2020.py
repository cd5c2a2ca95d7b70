"""How well a motion sensor times the steps of backward walking."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="sensors2020",
    citation="Sensors 2020, 20:6331",
    who="10 people walking backward and forward",
    n=10,
    read="abstract",
    year=2020,
)
