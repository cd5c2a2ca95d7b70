"""Moving mean and minimum over evenly spaced samples, at linear cost."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray


def moving_mean(values: FloatArray, width: int) -> FloatArray:
    """Return the mean over `width` samples about each; at the ends the edge is held.

    Parameters
    ----------
    values : ndarray, shape (..., n)
        Known throughout. The mean is taken along the last axis.
    width : int
        Samples of the window; an even one reaches one further back.

    Returns
    -------
    ndarray, shape (..., n)

    Examples
    --------
    >>> moving_mean(np.array([0.0, 3.0, 6.0, 3.0]), 3).tolist()
    [1.0, 3.0, 4.0, 4.0]
    """
    if width <= 1 or values.shape[-1] == 0:
        return values
    before, after = width // 2, width - 1 - width // 2
    edges = [(0, 0)] * (values.ndim - 1)
    total = np.cumsum(np.pad(values, [*edges, (before + 1, after)], mode="edge"), axis=-1)
    return np.asarray((total[..., width:] - total[..., :-width]) / width)


def moving_minimum(values: FloatArray, reach: int) -> FloatArray:
    """Return the least value within `reach` samples on either side.

    Examples
    --------
    >>> moving_minimum(np.array([5.0, 1.0, 4.0, 6.0, 7.0]), 1).tolist()
    [1.0, 1.0, 1.0, 4.0, 6.0]
    """
    width = 2 * reach + 1
    least = np.pad(values, (reach, reach), constant_values=np.inf)
    held = 1
    while 2 * held <= width:  # windows double until two of them, overlapping, cover the whole
        least = np.minimum(least[:-held], least[held:])
        held *= 2
    rest = width - held
    return np.minimum(least[: len(least) - rest], least[rest:]) if rest else least
