"""Patellofemoral force in backward and forward running at equal speed."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="roos2012",
    citation="Roos 2012",
    who="20 runners at equal speed",
    n=20,
    read="abstract",
    year=2012,
)
