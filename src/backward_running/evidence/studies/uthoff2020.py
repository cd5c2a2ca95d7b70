"""Eight weeks of backward against forward running training in boys."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="uthoff2020",
    citation="Uthoff 2020, JSCR 34:1113",
    who="boys of 13 to 15 years, groups of 26, 17 and 24",
    n=67,
    read="abstract",
    doi="10.1519/JSC.0000000000002914",
    year=2020,
)
