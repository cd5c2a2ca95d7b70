"""Backward walking after stroke, seven studies pooled."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="stroke_review",
    citation="Review of backward walking after stroke",
    who="people after stroke, seven studies",
    n=None,
    read="abstract",
)

WALK = Evidence(
    key="stroke_review.walk",
    says=(
        "In seven studies of people after stroke, backward walking went with +0.11 m/s over 10 m and +4.38 on the "
        "Berg balance scale."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
