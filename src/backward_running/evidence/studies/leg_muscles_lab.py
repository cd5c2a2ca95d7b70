"""Muscle activity and step frequency of backward running at equal speed."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="leg_muscles_lab",
    citation="Laboratory comparison of backward and forward running at equal speed (muscle activity, step frequency)",
    who="13 people",
    n=13,
    read="abstract",
)
