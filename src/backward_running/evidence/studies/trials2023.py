"""A graded return to running for soldiers with overuse knee pain."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="trials2023",
    citation="Trials 2023, return-to-run programme for overuse knee pain in soldiers",
    who="soldiers with overuse knee pain; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2023,
)
