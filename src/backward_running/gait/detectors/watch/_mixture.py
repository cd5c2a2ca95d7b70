"""A mixture of forward and backward moments, fitted to one recording by expectation–maximisation from several starts.

A watch sees two clouds of moments where somebody ran both ways: at equal speed some step more often than others. Where
it sees one cloud, it is forward or backward, and only what is known of people, or of this runner, can say which. So the
parameters (lines, ratios, share of backward time) are fitted from several starts: a little of the recording backward,
much of it, all of it. The E-step gives each moment, of moments ten seconds apart, a probability of being backward; the
M-step moves lines, ratios and share by them, with the runner's prior in the place of no knowledge, so that each fit is
a maximum a posteriori one ([Dempster1977]_). Each fit is then one component of the answer, weighed by how well it
explains the whole and by how probable its parameters were before.

References
----------
.. [Dempster1977] Dempster A. P., Laird N. M., Rubin D. B. 1977. Maximum likelihood from incomplete data via the EM
   algorithm. Journal of the Royal Statistical Society B 39(1): 1–38. doi:10.1111/j.2517-6161.1977.tb01600.x
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.watch._likelihoods import densities_nat, log_odds_running
from backward_running.gait.person.prior import RunnerModel
from backward_running.gait.person.recording_fit import ABOVE_USUAL, FLAT, USUAL, fitted_to_recording
from backward_running.gait.person.regression import FIRM, MEMORY, Line, Numbers, parts_of_trend, row, spread_of
from backward_running.gait.person.watch_samples import WatchSamples

APART = proposed_number(
    "reading_moments_apart_s", 10.0, "s", "A recording is read by moments 10 s apart: the mean of 9 s."
)
START_SHARES = (0.0, 0.4, 0.75, 1.0)  #: shares of backward time from which a fit starts, beside the cautious one
ROUNDS = 4  #: of expectation and maximisation; the responsibilities hardly move after three
MOST_MOMENTS = 360  #: so many fit a recording as well as ten times as many
SETTLED = 0.002  #: responsibilities that move by less on average have settled
SAME = 0.05  #: two fits whose moments differ by less than this on average are one
LEAST_BELIEVED = 0.01  #: a component that is less probable than this is not worked out
PART = proposed_number(
    "reading_in_part_ratio",
    2.0,
    "1",
    "Where one second in twenty is backward, one recording in ten is so in part; any part is as likely as any other.",
)
WHOLE = proposed_number(
    "reading_throughout_ratio",
    0.4,
    "1",
    "Where one second in twenty is backward, one recording in fifty is throughout.",
)
LEAST_SHARE = 0.002  #: neither none nor all of a recording is ever certain
NEAR_AN_END = 0.03  #: a share as near to none or all as this is taken for it
RATIO_OF = {
    "run_cadence": "cadence_ratio",
    "heart_rate": "heart_rate_ratio",
    "contact_time": "contact_time_ratio",
    "vertical_oscillation": "vertical_oscillation_ratio",
}
FALLING = proposed_number(
    "reading_falling_cadence_nat_per_mps",
    0.01,
    "nat s m⁻¹",
    "Running forward, people step more often the faster they go: a cadence that falls by 1 % per m/s is as odd as one "
    "standard deviation, and what looks so is rather two directions.",
)
PEOPLE_SPEED = (math.log(2.8), 0.22)  #: of the usual forward speed of people who run, expected and its spread
OWN_SPEED_SPREAD = proposed_number(
    "reading_own_speed_spread_nat", 0.12, "nat", "From day to day a person's usual forward speed strays by about 12 %."
)
SPEED_SEEN_SPREAD = proposed_number(
    "reading_speed_seen_spread_nat", 0.05, "nat", "The usual speed is read off one recording to about 5 %."
)


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One fit of the mixture to a recording."""

    model: RunnerModel  #: with lines as this fit has them
    backward_share: float  #: of the moving time
    probability_share: float  #: of this component among all


def mixture_of(cells: WatchSamples, prior: RunnerModel) -> list[Component]:
    """Fit the mixture from every start.

    Return the components, the most probable first; their probabilities sum to one.

    Parameters
    ----------
    cells : WatchSamples
        What the watch wrote.
    prior : RunnerModel
        What is believed of who runs, from studies and their habits.

    Returns
    -------
    list of Component
        At least one. Where nobody runs it is the prior alone.

    Valid for
    ---------
    Running on the flat; walking is not fitted.

    References
    ----------
    [Dempster1977]_
    """
    cautious = fitted_to_recording(cells, prior)
    thinned = _thinned(cells)
    if len(thinned.log_speed) == 0:
        return [Component(cautious, prior.backward_share, 1.0)]
    fits = _fitted_by_em(thinned, prior, _em_starts(thinned, cautious, prior.backward_share))
    return _weighed(fits, cautious)


def _em_starts(thinned: _Thinned, cautious: RunnerModel, usual_share: float) -> FloatArray:
    """Return how probably each moment is backward in each fit, to start with, shape (fits, moments)."""
    log_odds = log_odds_running(thinned.cells, cautious)
    rank = np.empty(len(log_odds))
    rank[np.argsort(-log_odds, kind="stable")] = (np.arange(len(log_odds)) + 0.5) / len(log_odds)
    return np.vstack(
        [_logistic(log_odds + _odds_nat(usual_share)), np.where(rank < np.array(START_SHARES)[:, None], 0.9, 0.1)]
    )


class _Thinned(NamedTuple):
    """The moments to which the mixture is fitted: where somebody runs on the flat."""

    cells: WatchSamples
    moments: dict[str, _Moments]
    by_speed: IntArray  #: their order
    log_speed: FloatArray  #: in that order

    @property
    def step_s(self) -> float:
        """So many seconds each of them stands for."""
        return self.cells.step_s


def _thinned(cells: WatchSamples) -> _Thinned:
    stride = max(round(APART.value / cells.step_s), len(cells.speed) // MOST_MOMENTS, 1)
    thinned = cells.of(slice(stride // 2, None, stride), cells.step_s * stride)
    thinned = thinned.of(thinned.runs & (thinned.uphill < FLAT.value), thinned.step_s)
    moments = {}
    for name, speed, logarithm in (
        ("run_cadence", thinned.speed, thinned.cadence_nat),
        ("heart_rate", thinned.lagged_speed, thinned.heart_rate_nat),
        ("contact_time", thinned.speed, thinned.contact_time_nat),
        ("vertical_oscillation", thinned.speed, thinned.vertical_oscillation_nat),
    ):
        known = np.isfinite(logarithm) & np.isfinite(speed)
        x, y = speed[known], logarithm[known]
        if len(x):
            parts = parts_of_trend(x, y)
            moments[name] = _Moments(
                slice(None) if known.all() else known, x, y, parts, parts.sum(axis=1), thinned.step_s
            )
    order = np.argsort(thinned.speed)
    return _Thinned(thinned, moments, order, np.log(thinned.speed[order]))


class _Fits(NamedTuple):
    """The fits from all starts at once, one a row."""

    model: RunnerModel  #: of columns
    backward_share: FloatArray  #: shape (k, 1)
    responsibilities: FloatArray  #: shape (k, moments): how probably each is backward
    evidence_nat: FloatArray  #: shape (k,)


def _weighed(fits: _Fits, cautious: RunnerModel) -> list[Component]:
    kept: list[int] = []
    for number, responsibilities in enumerate(fits.responsibilities):
        if (np.abs(fits.responsibilities[kept] - responsibilities).mean(axis=1) >= SAME).all():
            kept.append(number)
    weights = np.exp(fits.evidence_nat[kept] - fits.evidence_nat[kept].max())
    weights[weights < LEAST_BELIEVED * weights.sum()] = 0.0
    weights /= weights.sum()
    components = [
        Component(
            replace(_row_of(fits.model, number), walk_cadence=cautious.walk_cadence),
            float(fits.backward_share[number, 0]),
            float(weight),
        )
        for number, weight in zip(kept, weights, strict=True)
        if weight > 0.0
    ]
    return sorted(components, key=lambda component: -component.probability_share)


def _row_of(model: RunnerModel, number: int) -> RunnerModel:
    """Return one row of a model made of columns."""
    lines = {name: getattr(model, name).row(number) for name in RATIO_OF}
    ratios = {
        name: tuple(row(column, number) for column in getattr(model, name))
        for name in (*RATIO_OF.values(), "speed_ratio")
    }
    usual_nat = None if model.speed_nat is None else row(model.speed_nat, number)
    return replace(model, **lines, **ratios, speed_nat=usual_nat)  # type: ignore[arg-type]


def _fitted_by_em(thinned: _Thinned, prior: RunnerModel, starts: FloatArray) -> _Fits:
    """Fit lines and share to one another, from how probable it is of each moment that it is backward."""
    believed = starts
    for number in range(ROUNDS):
        model, share = _maximised(thinned, prior, believed), _share(thinned, prior, believed)
        responsibilities = _logistic(log_odds_running(thinned.cells, model) + _odds_nat(share))  # the E-step
        unsettled = np.abs(responsibilities - believed).mean(axis=1, keepdims=True) >= SETTLED
        if number == ROUNDS - 1 or not unsettled.any():
            break
        believed = np.where(unsettled, responsibilities, believed)  # what has settled stays as it is
    evidence_nat = _seen_nat(thinned, model, responsibilities) + _prior_nat(prior, model, share)
    return _Fits(model, share, responsibilities, np.broadcast_to(evidence_nat, share.shape)[:, 0])


def _logistic(odds_nat: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-odds_nat)))


def _odds_nat(share: Numbers) -> FloatArray:
    return np.asarray(np.log(share / (1.0 - share)))


def _seen_nat(thinned: _Thinned, model: RunnerModel, responsibilities: FloatArray) -> FloatArray:
    """Return how likely all that was seen is, if the runner is just so: what is not known of them is in the prior."""
    share = np.clip(responsibilities.mean(axis=1, keepdims=True), LEAST_SHARE, 1.0 - LEAST_SHARE)
    sure = {name: getattr(model, name).as_if_sure() for name in RATIO_OF}
    forward, backward = densities_nat(thinned.cells, replace(model, **sure))
    mixed = np.logaddexp(np.log1p(-share) + forward, np.log(share) + backward)
    return np.asarray(thinned.step_s / MEMORY.value * mixed.sum(axis=1, keepdims=True))


def _share(thinned: _Thinned, prior: RunnerModel, responsibilities: FloatArray) -> FloatArray:
    """Return the share of backward moments, kept off its ends; what is usual counts as one look."""
    looks = thinned.step_s / MEMORY.value
    share = (prior.backward_share + looks * responsibilities.sum(axis=1, keepdims=True)) / (
        1.0 + looks * responsibilities.shape[1]
    )
    return np.asarray(np.clip(share, LEAST_SHARE, 1.0 - LEAST_SHARE))


def _maximised(thinned: _Thinned, prior: RunnerModel, responsibilities: FloatArray) -> RunnerModel:
    """The M-step: return the prior with lines and ratios moved by every moment for what it probably is."""
    moved: dict[str, object] = {}
    for name, seen in thinned.moments.items():
        moved[name], moved[RATIO_OF[name]] = seen.fitted(
            getattr(prior, name), getattr(prior, RATIO_OF[name]), responsibilities[:, seen.known]
        )
    usual_nat, ratio = _usual_speed(thinned, prior, responsibilities)
    return replace(prior, **moved, speed_nat=usual_nat, speed_ratio=ratio)  # type: ignore[arg-type]


class _Moments(NamedTuple):
    """One quantity at the moments at which it is known."""

    known: BoolArray | slice
    speed: FloatArray
    logarithm: FloatArray
    parts: FloatArray  #: what its trend is made of
    sums: FloatArray  #: of the parts
    step_s: float

    def fitted(
        self, line: Line, ratio: tuple[Numbers, Numbers], back: FloatArray
    ) -> tuple[Line, tuple[Numbers, Numbers]]:
        """Return line and ratio as these moments move them, of which each is backward by so much.

        Backward moments teach the forward line too, less their ratio; but the less, the less sure that is.
        """
        sure = line.spread**2 / (line.spread**2 + ratio[1] ** 2)
        backward = back @ self.parts.T
        moved = line.moved(*self._taught(backward, sure, ratio[0]))
        strays = self.logarithm - moved.at(self.speed)
        count, strayed = backward[:, :1], (strays * back).sum(axis=1, keepdims=True)
        own_ratio = self._ratio(ratio, moved, count, strayed)
        # The mean of the squares, from the line forward and from line and ratio backward.
        own_variance = np.square(strays).sum(axis=1, keepdims=True) - own_ratio[0] * (
            2.0 * strayed - own_ratio[0] * count
        )
        seconds_s = len(self.speed) * self.step_s
        weight = seconds_s / (seconds_s + FIRM.value)
        own_variance = np.maximum(own_variance / len(self.speed), 0.0)
        return replace(
            moved, spread=spread_of(line, own_variance, weight), seconds_s=line.seconds_s + seconds_s
        ), own_ratio

    def _taught(self, backward: FloatArray, sure: Numbers, less_nat: Numbers) -> Iterator[FloatArray]:
        """Return what the line is moved by, in columns: all forward, and what is backward less its ratio."""
        backward = backward * (self.step_s * sure)
        forward = self.sums * self.step_s - backward / sure
        seconds_s, x, y, xx, xy, yy = backward.T[:, :, None]
        less_y = y - less_nat * seconds_s
        less = seconds_s, x, less_y, xx, xy - less_nat * x, yy - less_nat * (y + less_y)
        return (sums + more for sums, more in zip(forward.T[:, :, None], less, strict=True))

    def _ratio(
        self, expected: tuple[Numbers, Numbers], line: Line, count: FloatArray, strayed: FloatArray
    ) -> tuple[Numbers, Numbers]:
        """Return how much more or less it is backward than the line says, as expected and as seen here."""
        looks = self.step_s / MEMORY.value * count
        seen_at = looks >= 1.0
        mean, spread = expected
        before = 1.0 / spread**2
        seen = np.where(seen_at, 1.0 / (line.spread**2 / np.maximum(looks, 1.0) + line.level_variance), 0.0)
        there = strayed / np.where(seen_at, count, 1.0)
        return (before * mean + seen * there) / (before + seen), np.sqrt(1.0 / (before + seen))


def _usual_speed(
    thinned: _Thinned, prior: RunnerModel, responsibilities: FloatArray
) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    """Return the usual forward speed and how much slower backward is: as believed, and the faster part of each."""
    usual, spread = _believed_speed(prior)
    less, unsure = prior.speed_ratio
    responsibilities, log_speed = responsibilities[:, thinned.by_speed], thinned.log_speed
    looks = thinned.step_s / MEMORY.value
    sums = (1.0 - responsibilities).cumsum(axis=1), responsibilities.cumsum(axis=1)
    forward, backward = (looks * running[:, -1:] for running in sums)
    fast, slow = (_quantile(log_speed, running, USUAL.value) - ABOVE_USUAL for running in sums)
    seen = SPEED_SEEN_SPREAD.value**2
    precision = np.where(forward >= 1.0, 1.0 / (seen + 0.02 / np.maximum(forward, 1.0)), 0.0)
    weight = 1.0 / spread**2 + precision
    mean = (usual / spread**2 + precision * fast) / weight
    whole = 1.0 / weight + unsure**2 + seen + 0.02 / np.maximum(backward, 1.0)
    odd = np.where(backward >= 1.0, (slow - mean - less) / whole, 0.0)
    left = np.where(backward >= 1.0, (whole - unsure**2) / whole, 1.0)
    return mean + odd / weight, (less + odd * unsure**2, unsure * np.sqrt(left))


def _believed_speed(prior: RunnerModel) -> tuple[Numbers, float]:
    return PEOPLE_SPEED if prior.speed_nat is None else (prior.speed_nat, OWN_SPEED_SPREAD.value)


def _quantile(sorted_values: FloatArray, sums: FloatArray, share: float) -> FloatArray:
    """Return a weighted quantile by each row of running sums of weights, as a column."""
    at = (sums < share * sums[:, -1:]).sum(axis=1, keepdims=True)
    return np.asarray(sorted_values[np.minimum(at, len(sorted_values) - 1)])


def _prior_nat(prior: RunnerModel, model: RunnerModel, share: FloatArray) -> Numbers:
    """Return how likely lines, ratios and share were, before the recording was looked at."""
    total: Numbers = np.log(_share_density(prior.backward_share, share))
    for name, ratio in RATIO_OF.items():
        total = total + getattr(prior, name).prior_nat(getattr(model, name))
        total = total - _squared(getattr(model, ratio)[0], getattr(prior, ratio)) / 2.0
    total = total - _squared(model.speed_ratio[0], prior.speed_ratio) / 2.0
    total = total - _squared(np.minimum(model.run_cadence.slope, 0.0), (0.0, FALLING.value)) / 2.0
    return total if model.speed_nat is None else total - _squared(model.speed_nat, _believed_speed(prior)) / 2.0


def _squared(value: Numbers, expected: tuple[Numbers, Numbers]) -> Numbers:
    return ((value - expected[0]) / expected[1]) ** 2


def _share_density(usual: float, share: FloatArray) -> FloatArray:
    """Most recordings have nothing backward in them, some a part, and a few are backward throughout."""
    whole, part = WHOLE.value * usual, PART.value * usual
    none = max(1.0 - whole - part, 0.05)
    near_none, near_all = (np.exp(-0.5 * ((share - end) / NEAR_AN_END) ** 2) for end in (0.0, 1.0))
    return np.asarray(none * near_none + 0.1 * part + whole * near_all)
