"""The Open Motion Project: motion capture of one man, the only public backward running in three dimensions."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="accad",
    citation="ACCAD Open Motion Project, The Ohio State University: motion capture of walking and running, CC BY 3.0",
    who="one man, walking and running forward and backward, turning, side-stepping",
    n=1,
    read="the motion capture itself; inertial sensors were computed from it, with a bandwidth of about 12 Hz",
)
