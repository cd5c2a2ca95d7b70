"""Energy cost of walking and running at slopes from -45 to +45 %."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="minetti2002",
    citation="Minetti 2002, J Appl Physiol",
    who="runners and walkers on slopes of up to 45 %; how many is not stated in what was read",
    n=None,
    read="abstract; the running coefficients are widely reproduced, the walking ones are from memory",
    doi="10.1152/japplphysiol.01177.2001",
    year=2002,
)

RUN = Evidence(
    key="minetti2002.run",
    says=(
        "The cost of running on a slope i, for |i| up to 0.45, follows 155.4i⁵ − 30.4i⁴ − 43.3i³ + 46.3i² + 19.5i "
        "+ 3.6 J/kg/m."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

WALK = Evidence(
    key="minetti2002.walk",
    says="The cost of walking on a slope i follows 280.5i⁵ − 58.7i⁴ − 76.8i³ + 51.9i² + 19.6i + 2.5 J/kg/m.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
