"""Backward walking and balance, eleven studies."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="balance_review",
    citation="Review of backward walking and balance",
    who="eleven studies, small trials",
    n=None,
    read="abstract",
)

BALANCE = Evidence(
    key="balance_review.balance",
    says="Eleven studies of backward walking speak for better balance; their trials are small.",
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
