"""The project's own proposals: engineering and coaching defaults, never evidence."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="this_project",
    citation="This project's own proposal: an engineering or coaching default, not evidence",
    who="nobody: a proposal",
    n=None,
    read="written here",
)

BACKWARD_FACTOR = Evidence(
    key="this_project.backward_factor",
    says=(
        "Backward running is priced at 1.30 times the net forward cost, 1.10 to 1.45 across people, falling from "
        "1.40 to 1.18 with practice: a proposal laid through the studies, not measured as such."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)

CHOICE = Evidence(
    key="this_project.choice",
    says="A choice of this project, made so that the arithmetic is complete and cautious.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
