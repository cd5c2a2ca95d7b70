"""Backward walking uphill after knee surgery, as clinics use it."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="knee_surgery_practice",
    citation="Clinical practice after knee ligament surgery",
    who="nobody: common practice, no trial was read",
    measured=False,
    n=None,
    read="memory",
)

INCLINE = Evidence(
    key="knee_surgery_practice.incline",
    says="After knee ligament surgery clinics let people walk backward on an incline; that is practice, not a trial.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
