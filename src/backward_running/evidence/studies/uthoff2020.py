"""Eight weeks of backward against forward running training in boys."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="uthoff2020",
    citation="Uthoff 2020, JSCR 34:1113",
    who="boys of 13 to 15 years, groups of 26, 17 and 24",
    n=67,
    read="abstract",
    doi="10.1519/JSC.0000000000002914",
    year=2020,
)

BANDS = Evidence(
    key="uthoff2020.bands",
    says=(
        "Eight weeks, two sessions a week, in bands of 40 to 55, 60 to 75 and over 90 % effort: against forward "
        "training the effect was −0.47 on 10 m, −0.26 on 20 m and 0.51 on the jump (boys of 13 to 15)."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
