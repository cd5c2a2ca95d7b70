"""Running on with a sore Achilles tendon, under a pain limit."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="silbernagel2007",
    citation="Silbernagel 2007",
    who="people with a painful Achilles tendon; how many is not stated in what was read",
    n=None,
    read="abstract",
    doi="10.1177/0363546506298279",
    year=2007,
)
