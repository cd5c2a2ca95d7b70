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
    would_change="Its values at five walking and five running speeds: its full text is open.",
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

SPEEDS = Evidence(
    key="hreljac2005.speeds",
    says=(
        "Backward, 12 people walked at 1.14 to 1.79 m/s and ran at 0.98 to 1.96 m/s while their oxygen was "
        "measured; at "
        "1.63 m/s running took more. The values are not at hand."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
