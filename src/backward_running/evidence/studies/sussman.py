"""Patellofemoral force in backward running at 1.0 m/s."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="sussman",
    citation="Sussman",
    who="10 people at 1.0 m/s",
    n=10,
    read="abstract",
)
