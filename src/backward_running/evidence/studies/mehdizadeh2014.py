"""Short-term stability of backward running worsens with speed."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="mehdizadeh2014",
    citation="Mehdizadeh 2014",
    who="runners; how many is not stated in what was read",
    n=None,
    read="abstract",
    year=2014,
)
