"""Downhill backward walking as a laboratory model of calf damage."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="calf_damage",
    citation="Laboratory model of calf damage by downhill backward walking",
    who="people walking backward downhill; how many is not stated in what was read",
    n=None,
    read="abstract",
)

CALF = Evidence(
    key="calf_damage.calf",
    says=(
        "Downhill backward walking is used to damage calves on purpose: strength fell by 20 % and soreness peaked "
        "at 48 h."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
