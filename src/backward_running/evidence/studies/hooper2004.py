"""How hard backward walking uphill is."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="hooper2004",
    citation="Hooper 2004, JOSPT 34:65",
    who="27 people walking at 67 m/min on grades of +5 to +10 %",
    n=27,
    read="abstract",
    year=2004,
)

UPHILL = Evidence(
    key="hooper2004.uphill",
    says="Walking at 67 m/min on +5 to +10 %, backward took 17 to 20 % more of VO2max than forward (27 people).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
