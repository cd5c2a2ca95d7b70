"""The effect as a mixture of Student t: generalised least squares at each point, weighted by restricted likelihood.

References
----------
.. [Lange1989] K. L. Lange, R. J. A. Little and J. M. G. Taylor, Robust statistical modeling using the t distribution,
   J. Am. Stat. Assoc. 84:881, 1989.
.. [Patterson1971] H. D. Patterson and R. Thompson, Recovery of inter-block information when block sizes are unequal,
   Biometrika 58:545, 1971.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.outcomes import _student
from backward_running.outcomes._cleaning import Readings
from backward_running.outcomes._design import Design
from backward_running.outcomes._parts import NOTHING, Parts, parts, usual_sizes
from backward_running.outcomes._wander import KINDS, Kind, covariance, whiten
from backward_running.outcomes.choices import FAR_OUT, JUMP_CHANCE, JUMP_USUAL

#: How often weights of far readings are worked out anew, with the wandering that was found at first.
PASSES = 2
#: A median of absolute values times this is the standard deviation of a normal distribution.
OF_NORMAL = 1.4826
#: Parts that weigh less than this share of the heaviest are left out of the mixture.
LIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Jumps:
    """Days from which on every reading may be another, and how likely each is; the rest is that there is none."""

    days: FloatArray  #: (k,)
    chances: FloatArray  #: (k,)

    @property
    def none(self) -> float:
        """Return the chance that there is none."""
        return float(1.0 - self.chances.sum())

    def likely(self) -> float | None:
        """Return the likeliest day, None where none is likelier than that there is one."""
        return float(self.days[int(np.argmax(self.chances))]) if self.chances.sum() > self.none else None


NO_JUMPS = Jumps(np.zeros(0), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Fit:
    """The effect by the last reading, in the unit of the readings."""

    centres: FloatArray  #: (parts,): a part is a shape of the ramp, a point of the grid, and a jump or none
    scales: FloatArray
    weights: FloatArray
    degrees: int
    spread: FloatArray  #: (n,): variance of the noise of each reading, over that of an ordinary one
    noise: float  #: standard deviation of ordinary noise at the heaviest part
    kind: Kind  #: of wandering, at the heaviest part
    shape: int  #: of the ramp, likewise
    design: Design
    usual: FloatArray  #: how large each coefficient is expected to be; infinite where nothing is

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

    @property
    def expecting(self) -> FloatArray:
        """Return what is added to the normal equations for what is expected: (columns, columns)."""
        return np.diag((self.noise / self.usual) ** 2)


def fit(readings: Readings, design: Design, important: float, jumps: Jumps = NO_JUMPS) -> Fit:
    """Return what backward minutes changed by the last reading.

    Parameters
    ----------
    readings : Readings
        In order; more of them than the design has columns.
    design : Design
        What explains them; with the likeliest jump, where there is one.
    important : float
        The smallest change that matters, above 0, in the unit of the readings: slopes and jumps are expected in it.
    jumps : Jumps
        Where every reading may jump. What the effect is with each is weighed by how likely it is.

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
    spread = _spread(readings, design, important)
    found, plain, jumping = _once(readings, design, spread, important, jumps.days)
    if jumping is None:
        return found
    weights = np.concatenate([jumps.none * _shares(plain.logs), jumps.chances * _shares(jumping.logs)], axis=1)
    centres = np.concatenate([plain.centres, jumping.centres], axis=1)
    return _mixture(found, centres, np.concatenate([plain.scales, jumping.scales], axis=1), weights)


def _mixture(found: Fit, centres: FloatArray, scales: FloatArray, weights: FloatArray) -> Fit:
    heavy = weights > LIGHT * weights.max()
    kept = weights[heavy]
    return replace(found, centres=centres[heavy], scales=scales[heavy], weights=kept / kept.sum())


def _shares(logs: FloatArray) -> FloatArray:
    """Return the weight of each part among those with the same jump."""
    weights = np.exp(logs - logs.max(axis=0))
    return np.asarray(weights / weights.sum(axis=0), dtype=float)


def jumps_of(readings: Readings, design: Design, important: float, at: FloatArray) -> Jumps:
    """Return how likely it is that every reading is another from each of some days on.

    Parameters
    ----------
    readings : Readings
        Of a device that may be exchanged or set anew.
    design : Design
        What else explains them.
    important : float
        As in :func:`fit`.
    at : array (k,)
        Days of readings; a jump lies anywhere between one and the reading before it, so longer gaps are likelier.

    Returns
    -------
    Jumps
        One at most.

    Valid for
    ---------
    As :func:`fit`.

    References
    ----------
    Bayes' rule over the days, each with the likelihood of [Patterson1971]_.
    """
    if not len(at):
        return NO_JUMPS
    before = readings.days[np.searchsorted(readings.days, at) - 1]
    gaps = at - before
    prior = JUMP_CHANCE.value * gaps / (readings.days[-1] - readings.days[0])
    spread = _spread(readings, design, important)
    found = NO_JUMPS
    for _ in range(2):  # a jump makes readings beside it look far out: weigh them again with the likeliest
        _, plain, jumping = _once(readings, design, spread, important, at)
        assert jumping is not None
        logs = np.concatenate([plain.logs, jumping.logs], axis=1)
        told = np.exp(logs - logs.max()).sum(axis=0) * np.concatenate([[1.0 - prior.sum()], prior])
        found = Jumps(at, told[1:] / told.sum())
        likely = found.likely()
        if likely is None:
            break
        spread = _spread(readings, design.with_jump(readings.days, likely), important)
    return found


def _spread(readings: Readings, design: Design, important: float) -> FloatArray:
    """Return the noise of each reading, wider where it lies far out."""
    found, _, _ = _once(readings, design, readings.spread, important)
    for _ in range(PASSES):
        wider = readings.spread * np.maximum(1.0, _far_out(readings, found))
        if np.array_equal(found.spread, wider):
            break
        found = replace(found, spread=wider)
    return found.spread


def _once(
    readings: Readings, design: Design, spread: FloatArray, important: float, at: FloatArray | None = None
) -> tuple[Fit, Parts, Parts | None]:
    steps = np.zeros((len(readings.days), 0)) if at is None else (readings.days[:, None] >= at).astype(float)
    columns = np.column_stack([readings.values, design.columns, design.ramps, steps])
    white = whiten(readings.days, columns, spread)
    usual = usual_sizes(design.names, important)
    plain, jumping = parts(white, design, usual, JUMP_USUAL.value * important)
    weights = _shares(plain.logs)[:, 0]
    best = int(np.argmax(weights))
    shape, point = divmod(best, len(KINDS))
    found = Fit(
        plain.centres[:, 0], plain.scales[:, 0], weights, plain.degrees, spread,
        float(plain.noises[best, 0]), KINDS[point], shape, design, usual,
    )  # fmt: skip
    return found, plain, jumping


def _far_out(readings: Readings, found: Fit) -> FloatArray:
    """Return by how much the noise of each reading is wider than the ordinary, 1 at the border of what lies far out."""
    explaining = found.explaining
    inverse = np.linalg.inv(covariance(readings.days, found.kind) + np.diag(found.spread))
    weighed = explaining.T @ inverse
    explained = np.linalg.solve(weighed @ explaining + found.expecting, weighed @ readings.values)
    noise = found.spread * (inverse @ (readings.values - explaining @ explained)) / np.sqrt(readings.spread)
    usual = max(OF_NORMAL * float(np.median(np.abs(noise))), NOTHING)
    return (np.abs(noise) / usual / FAR_OUT.value) ** 2
