"""What the calf and the forefoot do when landing backward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="landing_from_memory",
    citation="Descriptions of how the foot lands in backward running",
    who="nobody named: from memory",
    measured=False,
    n=None,
    read="memory",
)

CALF = Evidence(
    key="landing_from_memory.calf",
    says="Backward, the muscles of the calf become the main shock absorbers.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)

FOREFOOT = Evidence(
    key="landing_from_memory.forefoot",
    says="Backward, the foot lands on its front part, and the heel comes down late or not at all.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
