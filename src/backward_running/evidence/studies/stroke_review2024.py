"""Backward training after stroke: instead of forward training, or added to it."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="stroke_review2024",
    citation="Review of backward training after stroke, 2024",
    who="people after stroke; how many is not stated in what was read",
    n=None,
    read="abstract",
    doi="10.1080/10749357.2024.2420547",
    year=2024,
)

INSTEAD = Evidence(
    key="stroke_review2024.instead",
    says=(
        "Instead of forward training, backward training gave 0.16 m/s more (0.06 to 0.27); added to forward "
        "training only 0.03 (0.01 to 0.04), which nobody would notice; whether it lasts is uncertain."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
