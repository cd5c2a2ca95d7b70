"""Backward or forward running training in young handball players."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="sammoud2023",
    citation="Sammoud 2023, Front Sports Act Living 5:1244369",
    who="29 girls of handball in three groups, randomised, 8 weeks",
    n=29,
    read="abstract",
    doi="10.3389/fspor.2023.1244369",
    year=2023,
)

ALIKE = Evidence(
    key="sammoud2023.alike",
    says=(
        "Backward and forward running training improved girls alike over 8 weeks: there was no difference "
        "between them (29 in three groups, randomised)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
