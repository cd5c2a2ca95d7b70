"""The parts of the mixture: at each kind of wandering and each shape of the ramp, least squares and its likelihood.

Some columns are expected to be small before a reading is seen: a slope of one's own, a peak one
began at, a jump of a device. Each such
expectation counts as one more reading, of nothing, as wide as what is expected [Theil1961]_. A jump may lie on any of
many days: what each would change is known from the part without it, by one step of elimination.

References
----------
.. [Theil1961] H. Theil and A. S. Goldberger, On pure and mixed statistical estimation in economics, Int. Econ. Rev.
   2:65, 1961.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes._design import JUMP, PEAK, SLOPE, Design
from backward_running.outcomes._wander import Whitened
from backward_running.outcomes.choices import JUMP_USUAL, PEAK_USUAL, SLOPE_USUAL

#: No residual, where readings are all alike.
NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Parts:
    """Parts of a mixture; their first axis is shapes of the ramp times points of the grid, the second jumps."""

    centres: FloatArray
    scales: FloatArray
    logs: FloatArray  #: restricted log likelihood
    noises: FloatArray  #: standard deviation of ordinary noise
    degrees: int


def usual_sizes(names: tuple[str, ...], important: float) -> FloatArray:
    """Return how large each coefficient is expected to be, in the unit of the readings; infinite where nothing is."""
    usual = {SLOPE: SLOPE_USUAL.value, PEAK: PEAK_USUAL.value, JUMP: JUMP_USUAL.value}
    return np.array([important * usual.get(name, np.inf) for name in (*names, "ramp")])


def parts(white: Whitened, design: Design, usual: FloatArray, jump_usual: float) -> tuple[Parts, Parts | None]:
    """Return the parts without a jump, and those with one.

    Parameters
    ----------
    white : Whitened
        Readings, columns and ramps of the design, then a step for each day on which there may be a jump.
    design : Design
        What explains the readings.
    usual : array (columns + 1,)
        How large each coefficient is expected to be, that of the ramp last; infinite where nothing is expected.
    jump_usual : float
        How large a jump is expected to be, in the unit of the readings.

    Returns
    -------
    tuple of Parts and (Parts or None)
        Without a jump, shape (shapes × points, 1); with one at each day, None where no step was given.

    Valid for
    ---------
    At least three readings more than columns.

    References
    ----------
    [Theil1961]_
    """
    found = [_of_shape(white, design, shape, usual, jump_usual) for shape in range(design.ramps.shape[1])]
    without = _joined([each for each, _ in found])
    jumping = [each for _, each in found if each is not None]
    return without, _joined(jumping) if jumping else None


def _joined(some: list[Parts]) -> Parts:
    def along(name: str) -> FloatArray:
        return np.concatenate([getattr(each, name) for each in some])

    return Parts(along("centres"), along("scales"), along("logs"), along("noises"), some[0].degrees)


def _of_shape(
    white: Whitened, design: Design, shape: int, usual: FloatArray, jump_usual: float
) -> tuple[Parts, Parts | None]:
    """Return the parts for one shape of the ramp."""
    width, shapes = design.columns.shape[1], design.ramps.shape[1]
    n = white.columns.shape[1]
    values, steps = white.columns[:, :, :1], white.columns[:, :, 1 + width + shapes :]
    explaining = white.columns[:, :, [*range(1, 1 + width), 1 + width + shape]]
    expected = np.isfinite(usual)
    across = explaining.transpose(0, 2, 1)
    normal, along = across @ explaining, across @ values
    whole = (values * values).sum(axis=1)[:, 0]
    noise = _noise(normal, along, whole, n - width - 1)
    tight = np.where(expected, (noise[:, None] / np.where(expected, usual, 1.0)) ** 2, 0.0)
    normal = normal + tight[:, :, None] * np.eye(width + 1)
    degrees = n - width - 1 + int(expected.sum())
    inverse = np.linalg.inv(normal)
    found = inverse @ along
    rest = np.maximum(whole - (along * found).sum(axis=1)[:, 0], NOTHING)
    log = -0.5 * (white.log_det + np.linalg.slogdet(normal)[1]) + 0.5 * np.log(tight[:, expected]).sum(axis=1)
    error = np.asarray(inverse[:, -1, -1], dtype=float)
    without = _part(np.asarray(found[:, -1], dtype=float), error[:, None], log[:, None], rest[:, None], degrees)
    if not steps.shape[2]:
        return without, None
    carried = inverse @ (across @ steps)
    jump_tight = (noise / jump_usual)[:, None] ** 2
    size = (steps * steps).sum(axis=1) + jump_tight - (carried * (normal @ carried)).sum(axis=1)
    left = (steps * values).sum(axis=1) - (carried * along).sum(axis=1)
    size = np.maximum(size, NOTHING * jump_tight)
    jump = left / size
    return without, _part(
        found[:, -1] - carried[:, -1] * jump,
        error[:, None] + carried[:, -1] ** 2 / size,
        log[:, None] + 0.5 * np.log(jump_tight / size),
        np.maximum(rest[:, None] - left * jump, NOTHING),
        degrees,
    )


def _noise(normal: FloatArray, along: FloatArray, whole: FloatArray, degrees: int) -> FloatArray:
    """Return the standard deviation of ordinary noise at each point, before anything is expected."""
    rest = whole - (along * np.linalg.solve(normal, along)).sum(axis=1)[:, 0]
    return np.asarray(np.sqrt(np.maximum(rest, NOTHING) / degrees), dtype=float)


def _part(centres: FloatArray, errors: FloatArray, logs: FloatArray, rest: FloatArray, degrees: int) -> Parts:
    noise = np.sqrt(rest / degrees)
    return Parts(centres, noise * np.sqrt(errors), logs - 0.5 * degrees * np.log(rest), noise, degrees)
