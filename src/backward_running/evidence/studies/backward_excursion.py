"""How far hip and knee travel in backward running."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="backward_excursion",
    citation="Laboratory studies of hip and knee travel in backward running",
    who="runners in laboratories; how many is not stated in what was read",
    n=None,
    read="abstract",
)

EXCURSION = Evidence(
    key="backward_excursion.excursion",
    says="Hip and knee travel less far in a backward stride than in a forward one, so the hamstring is stretched less.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
