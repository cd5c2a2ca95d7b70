"""What forward walking takes, from slow to very brisk and on slopes."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="looney2019",
    citation="Looney 2019, Med Sci Sports Exerc 51:1954",
    who="95 people of 11 studies, walking forward to 1.96 m/s, level and from -40 to +45 %",
    n=95,
    read="abstract; the coefficients from equal copies",
    doi="10.1249/MSS.0000000000002002",
    year=2019,
)

LEVEL = Evidence(
    key="looney2019.level",
    says=(
        "On the level walking takes 1.44 + 1.94·v^0.43 + 0.24·v⁴ W/kg, off by 0.20 W/kg, to 1.96 m/s (95 "
        "people); the level part is the same in all copies found."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.MEMORY,
)

GRADE = Evidence(
    key="looney2019.grade",
    says=(
        "On a slope of G % walking takes 0.34·v·G·(1 − 1.05^(1 − 1.11^(G + 32))) W/kg more, off by 0.42 W/kg "
        "from −40 to +45 %; two copies print 1.1 where four and the press text print 1.11, up to 0.9 "
        "ml/kg/min apart to +10 %."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.MEMORY,
)

RANGE = Evidence(
    key="looney2019.range",
    says=("The equation was made on walking up to 1.96 m/s and from −40 to +45 %."),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
