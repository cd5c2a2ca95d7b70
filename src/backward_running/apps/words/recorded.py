"""Which of several recordings of one run gave what."""

from __future__ import annotations

from backward_running.core.keepsakes import RunSource
from backward_running.flows.same_run import column_words


def source_role(source: RunSource) -> str:
    """Say what a recording gives to the run.

    >>> source_role(RunSource("b.gpx", None, False, ("heart_rate_bpm", "cadence_spm")))
    'lends heart rate, cadence'
    """
    if source.leads:
        return "leads, with its times, its title and all it holds"
    return f"lends {', '.join(map(column_words, source.lent))}" if source.lent else "lends nothing more"
