"""Heavy calf work as the care of a painful Achilles tendon."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="tendon_loading",
    citation="Heavy calf loading for a painful Achilles tendon",
    who="nobody named: from memory",
    measured=False,
    n=None,
    read="memory",
)

CARE = Evidence(
    key="tendon_loading.care",
    says="The care of a painful Achilles tendon is heavy calf loading.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
