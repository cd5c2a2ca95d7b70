"""How four weeks of practice lower the cost of backward walking."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="heath2001",
    citation="Heath 2001, Phys Ther Sport 2:171",
    who="8 men, backward walking 15 min, three times a week for four weeks",
    n=8,
    read="abstract",
    year=2001,
)
