"""Session load: how hard the whole session felt, times its minutes."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="foster2001",
    citation="Foster 2001, J Strength Cond Res 15:109",
    who="people cycling and playing basketball; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2001,
)

LOAD = Evidence(
    key="foster2001.load",
    says="Session load is how hard the whole session felt (CR-10) times its minutes.",
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
