"""Stretches of which the runner gave both ends: however short, they are answered as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.gait.base import Opinion


def as_stated(path: IntArray, log_likelihood: FloatArray, opinions: Sequence[Opinion]) -> IntArray:
    """Give each stated stretch the state that is most likely for the whole of it.

    The chain expects a direction to last a minute, and smooths two seconds away. Two marks two seconds apart are what
    the runner said: there the duration is not guessed, it is known. All that was sensed in the stretch still counts.

    Parameters
    ----------
    path : ndarray of int, shape (n,)
        States, as the chain found them.
    log_likelihood : ndarray, shape (n, k)
        Summed over the detectors.
    opinions : sequence of Opinion
        Those with a statement say where.

    Returns
    -------
    ndarray of int, shape (n,)
    """
    for opinion in opinions:
        if opinion.statement is None:
            continue
        stretch = opinion.statement.stretch
        path = path.copy()
        for number in np.unique(stretch[stretch >= 0]):
            inside = np.flatnonzero(stretch == number)
            path[inside] = log_likelihood[inside].sum(axis=0).argmax()
    return path
