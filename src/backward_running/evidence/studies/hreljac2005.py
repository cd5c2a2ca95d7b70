"""Where backward walking turns into backward running."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="hreljac2005",
    citation="Hreljac 2005, J Sports Sci Med 4:446",
    who="12 people",
    n=12,
    read="abstract",
    year=2005,
)

TRANSITION = Evidence(
    key="hreljac2005.transition",
    says=(
        "People change from backward walking to backward running at 1.63±0.11 m/s; 1.85±0.09 m/s would cost least "
        "(12 people)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
