"""Backward walking for knee osteoarthritis, thirteen trials pooled."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="knee_osteoarthritis_review",
    citation="Review of backward walking for knee osteoarthritis",
    who="people with knee osteoarthritis, 13 trials",
    n=None,
    read="abstract",
)

PAIN = Evidence(
    key="knee_osteoarthritis_review.pain",
    says="Thirteen trials of backward walking as an add-on: pain g −1.00 (−1.37 to −0.62), disability g −1.02.",
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
