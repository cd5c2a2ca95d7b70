"""Patellofemoral force in backward and forward running at equal speed."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="roos2012",
    citation="Roos 2012",
    who="20 runners at equal speed",
    n=20,
    read="abstract",
    year=2012,
)

KNEE = Evidence(
    key="roos2012.knee",
    says="Patellofemoral force was 3.4 times body weight backward and 4.5 forward at equal speed (20 runners).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
