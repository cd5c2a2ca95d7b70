"""A graded return to running for soldiers with overuse knee pain."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="trials2023",
    citation="Trials 2023, return-to-run programme for overuse knee pain in soldiers",
    who="soldiers with overuse knee pain; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2023,
)

PHASES = Evidence(
    key="trials2023.phases",
    says=(
        "Six phases of walking and running forward, minutes 2/3 over 1.0 mile, 2/3 over 1.5, 2/4 over 1.5, 2/4 over "
        "2.0, 1/4 over 2.0, then 2.0 run through; each at least twice, at least one rest day between, exertion 3, 3, "
        "4, 4, 5, 5."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
