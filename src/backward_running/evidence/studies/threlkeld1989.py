"""Forces under the foot in backward running, before and after training."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="threlkeld1989",
    citation="Threlkeld 1989, JOSPT 11:56",
    who="runners; how many is not stated in what was read",
    n=None,
    read="memory",
    doi="10.2519/jospt.1989.11.2.56",
    year=1989,
)

FORCE = Evidence(
    key="threlkeld1989.force",
    says="Peak and impact force under the foot were lower backward than forward.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.MEMORY,
)
