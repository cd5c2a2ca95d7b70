"""Backward walking for knee osteoarthritis, thirteen trials pooled."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="knee_osteoarthritis_review",
    citation="Review of backward walking for knee osteoarthritis",
    who="people with knee osteoarthritis, 13 trials",
    n=None,
    read="abstract",
)
