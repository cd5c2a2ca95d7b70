"""Backward walking and balance, eleven studies."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="balance_review",
    citation="Review of backward walking and balance",
    who="eleven studies, small trials",
    n=None,
    read="abstract",
)
