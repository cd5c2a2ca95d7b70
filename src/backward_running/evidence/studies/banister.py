"""The training impulse (TRIMP) from heart-rate reserve, and what is remembered of it."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="banister",
    citation="Banister, training impulse (TRIMP)",
    who="nobody: an equation in wide use",
    measured=False,
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

MEMORY = Evidence(
    key="banister.memory",
    says=(
        "Fitness is the load remembered over 42 days, fatigue over 7, form the first less the second: time constants "
        "in wide use, from memory; how well they foretell anything backward nobody has measured."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
