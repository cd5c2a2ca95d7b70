"""Patellofemoral force in backward and forward running at equal speed."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="roos2012",
    citation="Roos 2012, J Biomech 45:1656",
    who="20 runners at equal speed",
    n=20,
    read="abstract",
    doi="10.1016/j.jbiomech.2012.03.020",
    year=2012,
)

KNEE = Evidence(
    key="roos2012.knee",
    says=(
        "Patellofemoral force was 3.4 times body weight backward and 4.5 forward at equal speed (20 people), but not "
        "in every one of them."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

GROUND = Evidence(
    key="roos2012.ground",
    says=(
        "When the knee is loaded most, the ground pushes back with 2.4 times body weight backward and 2.3 forward at "
        "equal speed (20 people)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
