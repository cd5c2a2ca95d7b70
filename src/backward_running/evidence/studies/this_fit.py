"""What this project fitted to the points of several studies: arithmetic on what they printed."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="this_fit",
    citation="Fit of this project to the published points, a random effect for each study",
    who="the people of the studies it names",
    n=None,
    read="worked out here; the script and its points are in the repository",
)
