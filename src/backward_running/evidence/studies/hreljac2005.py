"""Where backward walking turns into backward running."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="hreljac2005",
    citation="Hreljac 2005, J Sports Sci Med 4:446",
    who="12 people",
    n=12,
    read="abstract",
    year=2005,
)
