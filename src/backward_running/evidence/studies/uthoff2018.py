"""How fast boys run backward compared with forward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="uthoff2018",
    citation="Uthoff 2018",
    who="34 boys over 20 m",
    n=34,
    read="abstract",
    year=2018,
)

SPEED = Evidence(
    key="uthoff2018.speed",
    says="34 boys reached 0.72 to 0.79 of their forward speed backward over 20 m.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
