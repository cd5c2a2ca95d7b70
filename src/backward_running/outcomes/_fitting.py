"""The effect as a mixture of Student t: generalised least squares at each point, weighted by restricted likelihood.

References
----------
.. [Lange1989] K. L. Lange, R. J. A. Little and J. M. G. Taylor, Robust statistical modeling using the t distribution,
   J. Am. Stat. Assoc. 84:881, 1989.
.. [Patterson1971] H. D. Patterson and R. Thompson, Recovery of inter-block information when block sizes are unequal,
   Biometrika 58:545, 1971.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes import _student
from backward_running.outcomes._cleaning import Readings
from backward_running.outcomes._design import Design
from backward_running.outcomes._wander import KINDS, Kind, Whitened, covariance, whiten, whiten_at
from backward_running.outcomes.choices import FAR_OUT, JUMP_SURELY, JUMP_WITHIN, LEAST_READINGS

#: How often weights of far readings are worked out anew.
PASSES = 3
#: A median of absolute values times this is the standard deviation of a normal distribution.
OF_NORMAL = 1.4826
#: No residual, where readings are all alike.
NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """The effect by the last reading, in the unit of the readings."""

    centres: FloatArray  #: (parts,): a part is a shape of the ramp and a point of the grid
    scales: FloatArray
    weights: FloatArray
    degrees: int
    spread: FloatArray  #: (n,): variance of the noise of each reading, over that of an ordinary one
    noise: float  #: standard deviation of ordinary noise at the heaviest part
    kind: Kind  #: of wandering, at the heaviest part
    shape: int  #: of the ramp, likewise
    design: Design

    def quantiles(self, *chances: float) -> tuple[float, ...]:
        """Return the effects below which it lies with some chances."""
        return _student.mixture_quantiles(chances, self.centres, self.scales, self.weights, self.degrees)

    def chance_above(self, effect: float) -> float:
        """Return the chance that the effect is more than that."""
        return 1.0 - _student.mixture_cdf(effect, self.centres, self.scales, self.weights, self.degrees)

    @property
    def explaining(self) -> FloatArray:
        """Return the columns at the heaviest part, the ramp last: (n, columns)."""
        return np.column_stack([self.design.columns, self.design.ramps[:, self.shape]])


def fit(readings: Readings, design: Design) -> Fit:
    """Return what backward minutes changed by the last reading.

    Parameters
    ----------
    readings : Readings
        In order; more of them than the design has columns.
    design : Design
        What explains them.

    Returns
    -------
    Fit
        The mixture; readings that lie far out weigh less [Lange1989]_.

    Valid for
    ---------
    At least three readings more than columns.

    References
    ----------
    [Patterson1971]_ for the weights of the parts.
    """
    spread = readings.spread
    found = _once(readings, design, spread)
    for _ in range(PASSES - 1):
        spread = readings.spread * np.maximum(1.0, _far_out(readings, found))
        if np.array_equal(spread, found.spread):
            break
        found = _once(readings, design, spread)
    return found


def jump(readings: Readings, found: Fit) -> float | None:
    """Return the day from which on every reading is another by as much as no wandering explains; None without one.

    Parameters
    ----------
    readings : Readings
        Of a device that may be exchanged or set anew.
    found : Fit
        Without a jump.

    Returns
    -------
    float or None
        A day of a reading. Over a gap of more than a week none is looked for.

    Valid for
    ---------
    As :func:`fit`.

    References
    ----------
    Each jump is a column more at the heaviest point of [Patterson1971]_.
    """
    days, least = readings.days, int(LEAST_READINGS.value)
    at = [i for i in range(least, len(days) - least + 1) if days[i] - days[i - 1] <= JUMP_WITHIN.value]
    if not at or found.degrees <= least:
        return None
    steps = (days[:, None] >= days[at][None, :]).astype(float)
    explaining = found.explaining
    width = explaining.shape[1]
    white = whiten_at(days, np.column_stack([readings.values, explaining, steps]), found.spread, found.kind)
    base = np.linalg.qr(white[:, 1 : 1 + width])[0]
    left = white - base @ (base.T @ white)
    values, steps = left[:, 0], left[:, 1 + width :]
    size = np.maximum((steps * steps).sum(axis=0), NOTHING)
    along = steps.T @ values
    rest = np.maximum(values @ values - along**2 / size, NOTHING) / (found.degrees - 1)
    ratio = np.abs(along) / np.sqrt(size * rest)
    best = int(np.argmax(ratio))
    return float(days[at[best]]) if ratio[best] > JUMP_SURELY.value else None


def _once(readings: Readings, design: Design, spread: FloatArray) -> Fit:
    white = whiten(readings.days, np.column_stack([readings.values, design.columns, design.ramps]), spread)
    width, shapes = design.columns.shape[1], design.ramps.shape[1]
    degrees = len(readings.days) - width - 1
    parts = [_least_squares(white, width, shape, degrees) for shape in range(shapes)]
    centres, scales, logs, noises = (np.concatenate(each) for each in zip(*parts, strict=True))
    weights = np.exp(logs - logs.max())
    best = int(np.argmax(weights))
    shape, point = divmod(best, len(KINDS))
    return Fit(
        centres, scales, weights / weights.sum(), degrees, spread, float(noises[best]), KINDS[point], shape, design
    )  # fmt: skip


def _least_squares(
    white: Whitened, width: int, shape: int, degrees: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return effect, its error, the restricted log likelihood and the noise at each point, for one ramp."""
    values = white.columns[:, :, 0]
    ramp = 1 + width + shape
    explaining = np.concatenate([white.columns[:, :, 1 : 1 + width], white.columns[:, :, ramp : ramp + 1]], axis=2)
    transposed = explaining.transpose(0, 2, 1)
    normal = transposed @ explaining
    along = (transposed @ values[:, :, None])[:, :, 0]
    inverse = np.linalg.inv(normal)
    found = (inverse @ along[:, :, None])[:, :, 0]
    rest = np.maximum((values * values).sum(axis=1) - (along * found).sum(axis=1), NOTHING)
    log = -0.5 * (white.log_det + np.linalg.slogdet(normal)[1] + degrees * np.log(rest))
    noise = np.sqrt(rest / degrees)
    return found[:, -1], noise * np.sqrt(inverse[:, -1, -1]), log, noise


def _far_out(readings: Readings, found: Fit) -> FloatArray:
    """Return by how much the noise of each reading is wider than the ordinary, 1 at the border of what lies far out."""
    explaining = found.explaining
    inverse = np.linalg.inv(covariance(readings.days, found.kind) + np.diag(found.spread))
    weighed = explaining.T @ inverse
    explained = np.linalg.solve(weighed @ explaining, weighed @ readings.values)
    noise = found.spread * (inverse @ (readings.values - explaining @ explained)) / np.sqrt(readings.spread)
    usual = max(OF_NORMAL * float(np.median(np.abs(noise))), NOTHING)
    return (np.abs(noise) / usual / FAR_OUT.value) ** 2
