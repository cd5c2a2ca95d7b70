"""The walking and running equations of the American College of Sports Medicine."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="acsm",
    citation="American College of Sports Medicine, metabolic equations for walking and running",
    who="a rule built on several groups; how many is not stated in what was read",
    n=None,
    read="official page",
)
