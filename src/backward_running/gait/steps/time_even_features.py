"""How something moves, in measures that stay as they are when time runs backward: they tell who, and never which way.

Odd marks tell the direction of somebody who goes on foot. Whether it is somebody who goes on foot they cannot tell: a
pedal that turns round has odd marks too. So what is even in time is asked as well: how often it swings, how one-sided
its force is, whether it comes to rest between its swings. Attitudes and forces stay in reverse, squares of rates too;
nothing here changes its sign, and nothing here prefers a direction. Like the odd marks it needs no mounting.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2

#: The measures, in the order of the rows of :func:`manner`; logarithms of sizes and ratios, and correlations.
MEASURES = (
    "swings a second",
    "shaking",
    "swinging",
    "peaks of turning",
    "peaks of force",
    "quickness of force",
    "quickness of turning",
    "one-sidedness of force",
    "level against upward force",
    "force with swinging",
    "upward force with tilt",
    "swinging with tilt",
    "rest between swings",
    "turning about the plumb line",
    "swinging out of its plane",
)
REST_PERCENTILE = 10.0  #: what turns less than nine tenths of the samples do is the rest between two swings
#: What is added to a size before its logarithm: below, a difference is noise of the sensor.
LEAST_SHAKING_MPS2, LEAST_SWINGING_RADPS, LEAST_SHARE, LEAST_OUT_OF_PLANE = 0.1, 0.05, 0.02, 0.003
LITTLE = 1e-9


def manner(force: FloatArray, rate: FloatArray, tilt: FloatArray, step_s: float) -> FloatArray:
    """Measure windows of a sensor.

    Parameters
    ----------
    force, rate : ndarray, shape (3, samples, windows)
        Levelled: the third axis is up. In m/s² and rad/s, some 25 Hz; the rate about its mean.
    tilt : ndarray, shape (2, samples, windows)
        The integral of the level rates, about its mean.
    step_s : float
        From sample to sample.

    Returns
    -------
    ndarray, shape (15, windows)
        In the order of :data:`MEASURES`.
    """
    pull = np.sqrt((force**2).sum(axis=0))
    level, whole = rate[0] ** 2 + rate[1] ** 2, (rate**2).sum(axis=0)
    leans = tilt[0] ** 2 + tilt[1] ** 2
    spread, swings = pull - pull.mean(axis=0), np.sqrt(level.mean(axis=0)) + LITTLE
    square = spread**2
    size = np.sqrt(square.mean(axis=0)) + LITTLE
    up = force[2] - force[2].mean(axis=0)
    aside = force[:2] - force[:2].mean(axis=1, keepdims=True)
    return np.stack(
        [
            np.log(swings / (2.0 * np.pi * (np.sqrt(leans.mean(axis=0)) + LITTLE))),
            np.log(np.sqrt(((pull - STANDARD_GRAVITY_MPS2) ** 2).mean(axis=0)) + LEAST_SHAKING_MPS2),
            np.log(swings + LEAST_SWINGING_RADPS),
            np.log((whole**2).mean(axis=0) / (whole.mean(axis=0) ** 2 + LITTLE) + LITTLE),
            np.log((square**2).mean(axis=0) / size**4 + LITTLE),
            np.log(_size(np.gradient(pull, step_s, axis=0)[None]) / size),
            np.log(_size(np.gradient(rate[:2], step_s, axis=1)) / swings),
            (square * spread).mean(axis=0) / size**3,
            np.log(_size(aside) / _size(up[None])),
            _alike(level, spread),
            _alike(leans, up),
            _alike(leans, level),
            np.log(_rest(np.sqrt(whole)) / (np.sqrt(whole.mean(axis=0)) + LITTLE) + LEAST_SHARE),
            np.log(_size(rate[2:]) / swings + LEAST_SWINGING_RADPS),
            np.log(np.maximum(_out_of_plane(rate), LEAST_OUT_OF_PLANE)),
        ]
    )


def _size(rows: FloatArray) -> FloatArray:
    return np.asarray(np.sqrt((rows**2).sum(axis=0).mean(axis=0)) + LITTLE)


def _rest(turning: FloatArray) -> FloatArray:
    """Return how fast it turns where it turns least, over three samples."""
    three = (turning[:-2] + turning[1:-1] + turning[2:]) / 3.0
    return np.asarray(np.percentile(three, REST_PERCENTILE, axis=0))


def _out_of_plane(rate: FloatArray) -> FloatArray:
    """Return the share of the level swing across the axis that it swings about most."""
    one, other = (rate[0] ** 2).mean(axis=0), (rate[1] ** 2).mean(axis=0)
    both = (rate[0] * rate[1]).mean(axis=0)
    most = 0.5 * (one + other + np.sqrt((one - other) ** 2 + 4.0 * both**2))
    return np.asarray(1.0 - most / np.maximum(one + other, LITTLE))


def _alike(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return the correlation of two rows of each window."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    sizes = np.sqrt((one**2).mean(axis=0) * (other**2).mean(axis=0))
    return np.asarray((one * other).mean(axis=0) / np.maximum(sizes, LITTLE))
