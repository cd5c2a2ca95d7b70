"""Cost of backward running with part of the body weight carried."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="body_weight_support",
    citation="Laboratory study of body-weight support (conference abstract)",
    who="13 people at equal speed, 0 to 50 % of the weight carried",
    n=13,
    read="abstract",
)

COST = Evidence(
    key="body_weight_support.cost",
    says=(
        "At equal speed running cost 4.5±1.1 J/kg/m forward and 5.8±1.4 backward; with 20 to 50 % of the weight "
        "carried the two cost the same."
    ),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
