"""Which joints work in backward running."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="devita1991",
    citation="DeVita 1991, Med Sci Sports Exerc, joint kinetics of backward running",
    who="5 runners",
    n=5,
    read="memory",
    year=1991,
)

ANKLE = Evidence(
    key="devita1991.ankle",
    says="Backward, the ankle absorbs early in stance (−6.77 W/kg) and the knee drives (5 runners).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
