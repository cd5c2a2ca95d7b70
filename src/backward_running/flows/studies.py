"""A source, ready for a screen."""

from __future__ import annotations

from backward_running.evidence import Study
from backward_running.flows.views import StudyView


def study_view(study: Study) -> StudyView:
    """Say who was measured, how many, and what was read of it."""
    return StudyView(
        study.key, study.citation, study.doi, study.who, study.n, study.read, study.searched_on, study.changed_by
    )
