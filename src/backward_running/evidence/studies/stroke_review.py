"""Backward walking after stroke, seven studies pooled."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="stroke_review",
    citation="Review of backward walking after stroke",
    who="people after stroke, seven studies",
    n=None,
    read="abstract",
)
