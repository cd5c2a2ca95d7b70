"""The project's own proposals: engineering and coaching defaults, never evidence."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="this_project",
    citation="This project's own proposal: an engineering or coaching default, not evidence",
    who="nobody: a proposal",
    measured=False,
    n=None,
    read="written here",
)

CHOICE = Evidence(
    key="this_project.choice",
    says="A choice of this project, made so that the arithmetic is complete and cautious.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)

EXTRA_WEIGHT = Evidence(
    key="this_project.extra_weight",
    says=(
        "18 sessions of 45 min, 30 % dearer than 20 ml/kg/min above rest: 810 · 0.30 · 20 ml/kg · 5 kcal/l = 24 "
        "kcal/kg; at about 7,700 kcal per kg of fat that is 3 g per kg, or 0.3 % of body weight."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.DERIVED,
)
