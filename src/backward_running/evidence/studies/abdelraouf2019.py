"""Muscles of the thigh in backward walking, with and without pain behind the kneecap."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="abdelraouf2019",
    citation="Abdelraouf 2019, Turk J Phys Med Rehabil",
    who="20 women with and 20 without patellofemoral pain, walking at 3 km/h",
    n=40,
    read="abstract",
    doi="10.5606/tftrd.2019.2445",
    year=2019,
)

VASTI = Evidence(
    key="abdelraouf2019.vasti",
    says=(
        "At 3 km/h both vasti worked harder walking backward, and the inner one gained on the outer one (20 "
        "women with pain behind the kneecap and 20 without)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
