"""Downhill backward walking as a laboratory model of calf damage."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="calf_damage",
    citation="Laboratory model of calf damage by downhill backward walking",
    who="people walking backward downhill; how many is not stated in what was read",
    n=None,
    read="abstract",
)
