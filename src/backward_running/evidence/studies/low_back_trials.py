"""Backward walking for low back and posture, small short-term trials."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="low_back_trials",
    citation="Small short-term trials of backward walking for low back and posture",
    who="small groups; how many is not stated in what was read",
    n=None,
    read="abstract",
)

BACK = Evidence(
    key="low_back_trials.back",
    says=(
        "Small, short trials of backward walking for low back and posture; their sizes do not carry more than a hint."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
