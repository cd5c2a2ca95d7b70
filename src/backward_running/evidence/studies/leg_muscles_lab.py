"""Muscle activity and step frequency of backward running at equal speed."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="leg_muscles_lab",
    citation="Laboratory comparison of backward and forward running at equal speed (muscle activity, step frequency)",
    who="13 people",
    n=13,
    read="abstract",
)

MUSCLES = Evidence(
    key="leg_muscles_lab.muscles",
    says="Activity of the rectus femoris rose by 113.5 % at equal speed (13 people).",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

STEPS = Evidence(
    key="leg_muscles_lab.steps",
    says=(
        "At equal speed the steps of backward running come 1.11 times as often as those of forward running (13 "
        "people); the stiffness of the bounce makes it 1.08. The middle is taken, with the two as its ends."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.DERIVED,
)
