"""Session load: how hard the whole session felt, times its minutes."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="foster2001",
    citation="Foster 2001, J Strength Cond Res 15:109",
    who="people cycling and playing basketball; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2001,
)
