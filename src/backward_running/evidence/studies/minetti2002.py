"""Energy cost of walking and running at slopes from -45 to +45 %."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="minetti2002",
    citation="Minetti 2002, J Appl Physiol",
    who="runners and walkers on slopes of up to 45 %; how many is not stated in what was read",
    n=None,
    read="abstract; the running coefficients are widely reproduced, the walking ones are from memory",
    doi="10.1152/japplphysiol.01177.2001",
    year=2002,
)
