"""An axis that repeats one number while the others go on is broken for that long."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import proposed_number

STICKS_FOR = proposed_number(
    "axis_sticks_for_s", 2.0, "s", "An axis that reads the same for 2 s, in which others change, measures nothing."
)
OTHERS_CHANGE = 0.5  #: of the samples, at least, in one other axis: a whole sensor at rest may repeat itself


def stuck(rows: FloatArray, step_s: float) -> BoolArray | None:
    """Say at which samples an axis sticks.

    Parameters
    ----------
    rows : ndarray, shape (k, n)
        Axes of one device.
    step_s : float
        Usual time between two samples.

    Returns
    -------
    ndarray of bool, shape (n,), or None
        None where none does.

    Examples
    --------
    >>> rows = np.random.default_rng(1).normal(size=(6, 500))
    >>> stuck(rows, 0.01) is None
    True
    >>> rows[2, 100:400] = 7.0
    >>> np.flatnonzero(stuck(rows, 0.01))[[0, -1]].tolist()
    [100, 399]
    """
    longest = max(round(STICKS_FOR.value / step_s), 2)
    repeats = [row[1:] == row[:-1] for row in rows]
    suspected = [number for number, same in enumerate(repeats) if np.count_nonzero(same) >= longest - 1]
    if not suspected:
        return None
    found = np.zeros(rows.shape[1], dtype=bool)
    for number in suspected:
        edges = np.flatnonzero(np.diff(repeats[number], prepend=False, append=False)).reshape(-1, 2)
        for first, last in edges[edges[:, 1] - edges[:, 0] >= longest - 1].tolist():
            others = [same[first:last] for other, same in enumerate(repeats) if other != number]
            if any(np.count_nonzero(~same) >= OTHERS_CHANGE * (last - first) for same in others):
                found[first : last + 1] = True
    return found if found.any() else None
