"""The bounce of backward running: acceleration, flight time, stiffness, landing and push-off."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="cavagna2012",
    citation="Cavagna 2012, J Exp Biol 215:75",
    who="9 people running forward and backward at 3 to 17 km/h",
    n=9,
    read="abstract",
    doi="10.1242/jeb.057562",
    year=2012,
)
