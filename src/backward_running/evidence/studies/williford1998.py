"""What backward walking and running cost at equal speed."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="williford1998",
    citation="Williford 1998, Med Sci Sports Exerc 30:1419",
    who="13 athletes, backward and forward at 4.83 km/h (walk) and 8.04 km/h (run), level",
    n=13,
    read="abstract",
    doi="10.1097/00005768-199809000-00011",
    year=1998,
)
