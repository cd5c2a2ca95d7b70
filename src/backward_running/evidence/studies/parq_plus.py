"""The PAR-Q+ screening questionnaire, used whole and unchanged."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="parq_plus",
    citation="PAR-Q+, eparmedx.com",
    who="nobody: a questionnaire",
    measured=False,
    n=None,
    read="memory",
)
