"""What a list of activities says of walking backward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="compendium",
    citation="Compendium of Physical Activities 2011, codes 17320 and 17325",
    who="nobody: a list that gathers studies",
    measured=False,
    n=None,
    read="secondary copies, nine of them equal",
    year=2011,
)

WALK = Evidence(
    key="compendium.walk",
    says=(
        "Walking backward at 3.5 mph takes 6.0 MET on the level and 8.0 MET on +5 %; that it rests on "
        "Chaloupka 1997 is assumed."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
