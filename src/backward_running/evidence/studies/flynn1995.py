"""Patellofemoral force in backward and forward running at self-chosen speeds."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="flynn1995",
    citation="Flynn 1995",
    who="5 runners at self-chosen speeds",
    n=5,
    read="abstract",
    year=1995,
)
