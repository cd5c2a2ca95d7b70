"""When a running foot is on the ground, from a sensor on it."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="falbriard2018",
    citation="Falbriard et al. 2018, Frontiers in Physiology 9:610",
    who="41 healthy adults running forward on an instrumented treadmill, a sensor on each foot",
    n=41,
    read="abstract",
    doi="10.3389/fphys.2018.00610",
    year=2018,
)
