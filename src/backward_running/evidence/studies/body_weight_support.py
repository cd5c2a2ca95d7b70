"""Cost of backward running with part of the body weight carried."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="body_weight_support",
    citation="Laboratory study of body-weight support (conference abstract)",
    who="13 people at equal speed, 0 to 50 % of the weight carried",
    n=13,
    read="abstract",
)
