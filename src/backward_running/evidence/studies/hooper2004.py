"""How hard backward walking uphill is."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="hooper2004",
    citation="Hooper 2004, JOSPT 34:65",
    who="27 people walking at 67 m/min on grades of +5 to +10 %",
    n=27,
    read="abstract",
    year=2004,
)
