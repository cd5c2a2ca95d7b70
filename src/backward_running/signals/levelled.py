"""A sensor whose mount is known → its accelerations and rates in axes that are level and face as the body faces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.recording import Stream
from backward_running.signals.quaternions import inverse, product, rotate, twist
from backward_running.signals.strapdown import RATE_NEEDED, blocks_of, samples_of


class Levelled(NamedTuple):
    """Rows are right, ahead, up. `piece` rises at every hole; where the average is no gravity, all is NaN."""

    time_s: FloatArray
    force_mps2: FloatArray  #: (3, n), gravity included
    rate_radps: FloatArray  #: (3, n)
    piece: IntArray


def levelled(stream: Stream, needed_hz: float = RATE_NEEDED.value) -> Levelled | None:
    """Take the tilt out of a sensor that sits on the body with x right, y ahead and z up.

    Parameters
    ----------
    stream : Stream
        With three axes of acceleration and of angular rate in the frame of the body part it sits on.
    needed_hz : float
        Faster streams are averaged down to no less than this.

    Returns
    -------
    Levelled or None
        At `needed_hz` or up to twice that; None where an axis is missing or constant or the rate is below 10 Hz.

    Notes
    -----
    The plumb line comes from the mean acceleration of blocks of 4 s after the rotation within the block is taken out,
    so that neither the lean of the trunk nor its swing lets gravity leak into the level axes. **Valid for** trunks
    within some 60° of upright.

    Examples
    --------
    A trunk that leans 30° and stands still feels nothing ahead:

    >>> from backward_running.core.names import ACCELERATION, ANGULAR_RATE
    >>> shake = 0.01 * np.sin(np.arange(500.0))
    >>> axes = (shake, 9.81 * 0.5 + shake, 9.81 * 3**0.5 / 2 + shake, shake, shake, shake)
    >>> time_s = np.arange(500) / 50
    >>> columns = dict(zip(ACCELERATION + ANGULAR_RATE, axes, strict=True))
    >>> found = levelled(Stream("waist", "body", time_s, columns, True))
    >>> abs(found.force_mps2.mean(axis=1).round(1)).tolist()
    [0.0, 0.0, 9.8]
    """
    samples = samples_of(stream, needed_hz)
    if samples is None:
        return None
    count = len(samples.time_s)
    blocks = blocks_of(samples, to_usual=False)
    attitude = product(blocks.plumb, blocks.inside)
    half = 0.5 * twist(attitude)
    nothing = np.zeros_like(half)
    level = product(inverse((np.cos(half), nothing, nothing, np.sin(half))), attitude)
    # The rates between samples are angles; over their step they are rates again.
    axes = [*rotate(level, blocks.force), *rotate(level, blocks.rate)]
    rows = np.array([np.where(blocks.upside, part, np.nan).T.reshape(-1)[:count] for part in axes])
    with np.errstate(invalid="ignore", divide="ignore"):
        rows[3:] /= samples.steps_s
    return Levelled(samples.time_s, rows[:3], rows[3:], samples.piece)
