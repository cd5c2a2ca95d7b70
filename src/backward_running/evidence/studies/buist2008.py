"""The "10 % a week" rule, put to the test."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="buist2008",
    citation="Buist 2008",
    who="new runners, forward; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2008,
)
