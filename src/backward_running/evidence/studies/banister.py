"""The training impulse (TRIMP) from heart-rate reserve."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="banister",
    citation="Banister, training impulse (TRIMP)",
    who="nobody: an equation in wide use",
    n=None,
    read="memory",
)
