"""Patellofemoral force in backward running at 1.0 m/s."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="sussman",
    citation="Sussman, Patellofemoral joint compressive forces during backward and forward running at the same speed",
    who="10 people at 1.0 m/s",
    n=10,
    read="abstract",
)

KNEE = Evidence(
    key="sussman.knee",
    says=(
        "No difference in patellofemoral force at 1.0 m/s: 3.51 times body weight backward, 3.41 forward (10 people)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
