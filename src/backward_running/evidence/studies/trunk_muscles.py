"""Trunk-extensor activity in backward walking."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="trunk_muscles",
    citation="Study of trunk-extensor activity in backward walking",
    who="42 people",
    n=42,
    read="abstract",
)
