"""Why the acute:chronic workload ratio is not leaned on."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="impellizzeri2020",
    citation="Impellizzeri 2020",
    who="nobody: a critique of methods",
    measured=False,
    n=None,
    read="abstract",
    doi="10.1007/s40279-020-01378-6",
    year=2020,
)

RATIO = Evidence(
    key="impellizzeri2020.ratio",
    says="The acute:chronic workload ratio is criticised as an artefact.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.READ,
)
