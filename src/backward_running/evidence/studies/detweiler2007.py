"""Muscle activity of backward walking at 4 km/h."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="detweiler2007",
    citation="Detweiler & Twaddle 2007, poster at the student research conference of Truman State University",
    who="19 students walking at 2.5 mph on a level treadmill",
    n=19,
    read="abstract",
    year=2007,
)

MUSCLES = Evidence(
    key="detweiler2007.muscles",
    says=(
        "Walking backward, rectus femoris and tibialis anterior were more active and the medial gastrocnemius less "
        "than walking forward at the same speed; no difference is stated for the biceps femoris (19 people, a"
        " poster)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
