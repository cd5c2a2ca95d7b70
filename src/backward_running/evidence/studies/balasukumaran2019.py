"""Backward walking for all conditions, twenty-one studies."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="balasukumaran2019",
    citation="Balasukumaran 2019, Clin Rehabil 33:171",
    who="635 people in 21 studies of backward walking, mean quality 5.4 of 10",
    n=635,
    read="abstract",
    doi="10.1177/0269215518801430",
    year=2019,
)

ALL = Evidence(
    key="balasukumaran2019.all",
    says=(
        "Over 21 studies backward walking eased pain (−0.87) and disability (−1.19) of knee osteoarthritis "
        "and strengthened the quadriceps (+1.22), and helped after knee ligament surgery and in juvenile "
        "arthritis; nothing significant was found elsewhere."
    ),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
