"""The project's own proposals: engineering and coaching defaults, never evidence."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="this_project",
    citation="This project's own proposal: an engineering or coaching default, not evidence",
    who="nobody: a proposal",
    n=None,
    read="written here",
)
