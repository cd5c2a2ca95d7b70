"""What backward running costs trained runners at 3.0 m/s."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="wright2001",
    citation="Wright & Weyand 2001, J Exp Biol 204:1805",
    who="4 trained runners at eight speeds from 1.75 to 3.50 m/s",
    n=4,
    read="abstract",
    doi="10.1242/jeb.204.10.1805",
    year=2001,
)

COST = Evidence(
    key="wright2001.cost",
    says="Four trained runners spent 35±6 % more backward than forward at 3.0 m/s.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

SPEEDS = Evidence(
    key="wright2001.speeds",
    says="Backward cost more at all of eight speeds from 1.75 to 3.50 m/s (4 trained runners).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
