"""The bounce of backward running: acceleration, flight time, stiffness, landing and push-off."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="cavagna2012",
    citation="Cavagna 2012, J Exp Biol 215:75",
    who="9 people running forward and backward at 3 to 17 km/h",
    n=9,
    read="abstract",
    doi="10.1242/jeb.057562",
    year=2012,
)

ACCELERATION = Evidence(
    key="cavagna2012.acceleration",
    says=(
        "The body's peak upward acceleration is 15.7 m/s² backward and 13.2 m/s² forward, mean of 3 to 17 km/h; "
        "over body weight that is (9.81 + 15.7)/9.81 = 2.60 against 2.35 (9 people)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.DERIVED,
)
