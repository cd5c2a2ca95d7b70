"""Ten weeks of backward running in trained men."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="ordway2016",
    citation="Ordway 2016, JSCR 30:763",
    who="8 trained men, no control group",
    n=8,
    read="abstract",
    doi="10.1519/JSC.0000000000001153",
    year=2016,
)
