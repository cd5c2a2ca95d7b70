"""Trunk-extensor activity in backward walking."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="trunk_muscles",
    citation="Study of trunk-extensor activity in backward walking",
    who="42 people",
    n=42,
    read="abstract",
)

TRUNK = Evidence(
    key="trunk_muscles.trunk",
    says="The back extensors are more active in backward walking than in forward walking (42 people).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
