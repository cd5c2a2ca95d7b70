"""How well the 3-metre backward walk test foretells falls in nursing homes."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="kapan2025",
    citation="Kapan 2025, J Am Med Dir Assoc, the 3-m backward walk test and fall risk",
    who="217 nursing-home residents, 80 years in the median",
    n=217,
    read="abstract",
    doi="10.1016/j.jamda.2025.105580",
    year=2025,
)
