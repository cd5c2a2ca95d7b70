"""The smallest change of pain that patients notice."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="salaffi2004",
    citation="Salaffi 2004, Eur J Pain, the smallest change of pain that matters",
    who="825 patients with chronic pain of muscles and joints",
    n=825,
    read="abstract",
    doi="10.1016/j.ejpain.2003.09.004",
    year=2004,
)

CHANGE = Evidence(
    key="salaffi2004.change",
    says=("A change of 1 point of 10 is felt as slightly better, of 2 points as much better (825 patients)."),
    study=STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
