"""The training impulse (TRIMP) from heart-rate reserve."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="banister",
    citation="Banister, training impulse (TRIMP)",
    who="nobody: an equation in wide use",
    n=None,
    read="memory",
)

TRIMP = Evidence(
    key="banister.trimp",
    says="Each minute counts HRr · a · e^(b·HRr): a 0.64, b 1.92 for men; a 0.86, b 1.67 for women.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
