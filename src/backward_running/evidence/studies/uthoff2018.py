"""How fast boys run backward compared with forward."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="uthoff2018",
    citation="Uthoff 2018",
    who="34 boys over 20 m",
    n=34,
    read="abstract",
    year=2018,
)
