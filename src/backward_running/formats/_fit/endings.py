"""What stands behind the end of a recording: samples that say nothing, written when the watch was put away."""

from __future__ import annotations

import numpy as np

from backward_running.evidence import proposed_number
from backward_running.formats._fit.records import Records, take

FAR = proposed_number(
    "fit_empty_end_gap_s", 60.0, "s",
    "Last samples that say nothing but how far it was, more than a minute after all others and after the end of the "
    "session, were written when the watch was put away: they do not make the run longer.",
)  # fmt: skip


def without_empty_end(records: Records, ended: float) -> Records:
    """Leave out the last samples that say nothing, where they lie far behind the rest and the session's end.

    Parameters
    ----------
    records : Records
        In order of time.
    ended : float
        When the session ended, by the device's own word; FIT seconds.
    """
    says = np.zeros(len(records), bool)
    for name, values in records.columns.items():
        if name != "distance_m" or len(records.columns) == 1:
            says |= ~np.isnan(values)
    if not says.any() or says[-1]:
        return records
    last = int(np.flatnonzero(says)[-1])
    before = np.maximum(records.seconds[last:-1], ended)
    far = np.flatnonzero(records.seconds[last + 1 :] - before > FAR.value)
    return take(records, np.arange(last + 1 + far[0])) if len(far) else records
