"""Ten weeks of backward running in trained men."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="ordway2016",
    citation="Ordway 2016, JSCR 30:763",
    who="8 trained men, no control group",
    n=8,
    read="abstract",
    doi="10.1519/JSC.0000000000001153",
    year=2016,
)

BODY = Evidence(
    key="ordway2016.body",
    says=(
        "No change in body composition in 8 trained men; forward running economy improved by 2.54 %, without a "
        "control group."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

HARNESS = Evidence(
    key="ordway2016.harness",
    says="Trained men ran backward on a treadmill in a harness.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

SPEEDS = Evidence(
    key="ordway2016.speeds",
    says="Five weeks at 8.0 km/h, then five weeks at 9.7 km/h, backward on a treadmill.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)

TWICE = Evidence(
    key="ordway2016.twice",
    says="Two sessions a week: from memory, to be checked in the paper.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
