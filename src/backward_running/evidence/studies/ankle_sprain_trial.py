"""Backward walking after an ankle sprain: a trial that was registered."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="ankle_sprain_trial",
    citation="A registered trial of backward walking after an ankle sprain",
    who="nobody yet: its results were not seen",
    measured=False,
    n=None,
    read="memory",
)

REGISTERED = Evidence(
    key="ankle_sprain_trial.registered",
    says="A trial of backward walking after an ankle sprain was registered; its results were not seen.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
