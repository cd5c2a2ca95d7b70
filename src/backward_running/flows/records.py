"""Records of running backward, ready for a screen."""

from __future__ import annotations

from backward_running.evidence.records import RECORDS, Record


def record_rows() -> tuple[Record, ...]:
    """Return all reported marks, in the order of their events; those that contradict each other stand side by side."""
    return RECORDS
