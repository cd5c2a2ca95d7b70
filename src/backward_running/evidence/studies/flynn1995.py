"""Patellofemoral force in backward and forward running at self-chosen speeds."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="flynn1995",
    citation="Flynn 1995",
    who="5 runners at self-chosen speeds",
    n=5,
    read="abstract",
    year=1995,
)

KNEE = Evidence(
    key="flynn1995.knee",
    says=("Patellofemoral force was 3.0 times body weight backward and 5.6 forward at self-chosen speeds (5 runners)."),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
