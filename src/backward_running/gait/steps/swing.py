"""Features of a swing that are odd under time reversal: they change their sign when time runs backward.

Going backward is close to going forward played in reverse. Played in reverse, accelerations and angles stay what they
are and rates change their sign; so every mean of an odd number of rates with any number of accelerations and angles
changes its sign too. Such features, and only such, are taken here. A weighted sum of them without a constant (a
logistic regression through the origin) has no side of its own: it cannot prefer forward, and what separates the
directions is the order in which things happen in a stride.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, proposed_number
from backward_running.evidence.studies.accad import STUDY as ACCAD
from backward_running.gait.segment.time_base import cell_means
from backward_running.signals.six_axis import SixAxis, coarser
from backward_running.signals.window import moving_mean, window_sums, windows

WINDOW = proposed_number(
    "swing_window_s", 2.0, "s", "The swing is judged over 2 s: two strides of a walk, three of a run."
)
RATE_HZ = 25.0  #: all that is looked at lies below some 6 Hz
LEAST_PITCH_RATE = proposed_number(
    "swing_least_radps", 0.5, "rad s⁻¹", "A leg that pitches by less than 0.5 rad/s (root mean square) does not walk."
)
LEAST_UNREST = proposed_number(
    "swing_least_unrest_mps2", 0.6, "m s⁻²", "A leg whose force stays within 0.6 m/s² of gravity does not walk."
)
PITCH_SHARE = proposed_number(
    "swing_pitch_share",
    0.55,
    "1",
    "Of pitch and roll, pitch is the greater part in a leg that walks; in noise it is half.",
)
SLOW_SHARE = proposed_number(
    "swing_slow_share",
    0.6,
    "1",
    "At least 0.6 of the pitch is slower than some 4 Hz: legs swing once or twice a second, noise does not.",
)
MOST_PIECES = 12  #: of more the whole is computed
MOST_FEATURE = 2.0  #: a feature beyond it is one odd sample

#: The features, in the order of :func:`features`. "of" is a normalised mean of products over the window.
FEATURES = (
    "pitch rate cubed",
    "pitch rate of forward force",
    "pitch rate of horizontal force",
    "pitch rate of pitch and axial force",
    "pitch rate of pitch and forward force",
    "pitch rate of squared angular acceleration",
    "pitch rate of squared total force",
    "pitch rate of total force",
    "forward force of change of axial force",
    "horizontal force of change of vertical force",
)


class Weights(NamedTuple):
    """What each feature weighs for one place on the leg, walking and running; and where walking becomes running."""

    walks: tuple[Number, ...]
    runs: tuple[Number, ...]
    walks_below_mps2: Number  #: root mean square of the total force beyond gravity
    runs_above_mps2: Number
    least_walking_nat: Number  #: a weaker sum says nothing
    least_running_nat: Number


class Swing(NamedTuple):
    """Log-odds of the swing of one leg, cell by cell of a time base; zero where it says nothing."""

    forward_nat: FloatArray
    runs_nat: FloatArray


def fitted(place: str, gait: str, values: Mapping[str, float]) -> tuple[Number, ...]:
    """Return the weights of the features as numbers with their source.

    Parameters
    ----------
    place : str
        On the leg.
    gait : str
        Walking or running.
    values : mapping of feature to float
        As ``validation/fit_swing.py`` prints them; a feature that is not used weighs zero.

    Returns
    -------
    tuple of Number
        In the order of :data:`FEATURES`.
    """
    says = (
        f"How the features of a {place} weigh when {gait}: a logistic fit without a constant, every gait and direction "
        "counted equally, to the even-numbered clips of one motion-captured man; the odd-numbered ones were kept for "
        "testing."
    )
    source = Evidence(f"swing.{place}.{gait}", says, ACCAD, Standing.SINGLE_STUDY, Tag.DERIVED)
    return tuple(
        Number(f"swing_{place}_{gait}_{number}_nat", values.get(feature, 0.0), "nat", source)
        for number, feature in enumerate(FEATURES)
    )


def swing(axes: SixAxis, weights: Weights, time_s: FloatArray, where: BoolArray | None = None) -> Swing:
    """Weigh the features of a sensor whose mount is known, and lay the sum onto a time base.

    Parameters
    ----------
    axes : SixAxis
        In the body frame, x right, y forward, z up along the segment.
    weights : Weights
        Of the place on the leg.
    time_s : ndarray, shape (n,)
        A time base.
    where : ndarray of bool, shape (n,), optional
        The cells that are asked for; everywhere else nothing is said, and nothing computed.

    Returns
    -------
    Swing
    """
    if where is None:
        return _swing(coarser(axes, RATE_HZ), weights, time_s)
    forward_nat, runs_nat = np.zeros((2, len(time_s)))
    edges = np.flatnonzero(np.diff(where, prepend=False, append=False)).reshape(-1, 2)
    if len(edges) > MOST_PIECES:  # each takes as long as a minute of a long one
        whole = _swing(coarser(axes, RATE_HZ), weights, time_s)
        return Swing(np.where(where, whole.forward_nat, 0.0), np.where(where, whole.runs_nat, 0.0))
    for first, last in edges.tolist():
        cells = slice(first, last)
        piece = axes.between(float(time_s[first]) - WINDOW.value, float(time_s[last - 1]) + WINDOW.value + 1.0)
        if len(piece.known) > 1:
            # A cell of a time base knows its place by its number: the piece is laid onto the clock of the first cell.
            moved = coarser(piece._replace(start_s=piece.start_s - float(time_s[first])), RATE_HZ)
            forward_nat[cells], runs_nat[cells] = _swing(moved, weights, time_s[cells] - time_s[first])
    return Swing(forward_nat, runs_nat)


def _swing(axes: SixAxis, weights: Weights, time_s: FloatArray) -> Swing:
    found, unrest, is_gait = features(axes)
    gait = (unrest - weights.walks_below_mps2.value) / (weights.runs_above_mps2.value - weights.walks_below_mps2.value)
    run_share = np.clip(gait, 0.0, 1.0)
    nat = (_values(weights.walks) @ found) * (1.0 - run_share) + (_values(weights.runs) @ found) * run_share
    least = weights.least_walking_nat.value * (1.0 - run_share) + weights.least_running_nat.value * run_share
    nat = np.where(is_gait & (np.abs(nat) >= least), nat, 0.0)
    runs_nat = np.clip(6.0 * (gait - 0.5), -3.0, 3.0)
    laid = (cell_means(axes.time_s, np.where(axes.known, row, np.nan), time_s) for row in (nat, runs_nat))
    return Swing(*(np.nan_to_num(row, nan=0.0) for row in laid))


def _values(numbers: tuple[Number, ...]) -> FloatArray:
    return np.array([number.value for number in numbers])


def features(axes: SixAxis) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return the features, the unrest and whether the segment swings as legs do, sample by sample.

    Parameters
    ----------
    axes : SixAxis
        In the body frame.

    Returns
    -------
    features : ndarray, shape (10, n)
        In the order of :data:`FEATURES`; each changes its sign when the recording is played in reverse.
    unrest_mps2 : ndarray, shape (n,)
        Root mean square of the total force beyond gravity; the same in reverse.
    is_gait : ndarray of bool, shape (n,)
    """
    mean = _Windowed(axes)
    rate = axes.rate_radps[0] - mean(axes.rate_radps[0])
    pitch = (np.cumsum(rate) - rate / 2) * axes.step_s  # halfway: in reverse it is the same
    pitch -= mean(pitch)
    forward, axial = axes.force_mps2[1], axes.force_mps2[2]
    total = np.sqrt(np.einsum("ij,ij->j", axes.force_mps2, axes.force_mps2))
    lean = pitch + np.arctan2(mean(forward), mean(axial))
    vertical = axial * np.cos(lean) + forward * np.sin(lean)
    horizontal = forward * np.cos(lean) - axial * np.sin(lean)
    unit = mean.unit

    def change(values: FloatArray) -> FloatArray:
        return np.asarray(np.gradient(values, axes.step_s))

    w, y, z, p, f = unit(rate), unit(forward), unit(axial), unit(pitch), unit(total)
    products = (
        w**3,
        w * y,
        w * unit(horizontal),
        w * unit(p * z),
        w * unit(p * y),
        w * unit(unit(change(rate)) ** 2),
        w * unit(f**2),
        w * f,
        y * unit(change(axial)),
        unit(horizontal) * unit(change(vertical)),
    )
    found = np.clip(np.stack([mean(product) for product in products]), -MOST_FEATURE, MOST_FEATURE)
    unrest = np.sqrt(mean((total - STANDARD_GRAVITY_MPS2) ** 2))
    return found, unrest, _is_gait(axes, rate, unrest, mean)


def _is_gait(axes: SixAxis, rate: FloatArray, unrest: FloatArray, mean: _Windowed) -> BoolArray:
    power = mean(rate**2)
    whole = mean(axes.rate_radps[0] ** 2 + axes.rate_radps[1] ** 2)
    slow = mean(moving_mean(rate, max(round(0.12 / axes.step_s), 1)) ** 2)
    return np.asarray(
        (power > LEAST_PITCH_RATE.value**2)
        & (unrest > LEAST_UNREST.value)
        & (power >= PITCH_SHARE.value * whole)
        & (slow >= SLOW_SHARE.value * power)
    )


class _Windowed:
    """The mean of what is known within a window about each sample; at the ends, of what is there."""

    def __init__(self, axes: SixAxis) -> None:
        reach = max(round(WINDOW.value / 2 / axes.step_s), 1)
        self.known = axes.known
        self.windows = windows(len(axes.known), reach, reach)
        self.held = np.maximum(self._sum(np.ones(len(axes.known))), 1.0)

    def _sum(self, values: FloatArray) -> FloatArray:
        return window_sums(np.where(self.known, values, 0.0), *self.windows)

    def __call__(self, values: FloatArray) -> FloatArray:
        return self._sum(values) / self.held

    def unit(self, values: FloatArray) -> FloatArray:
        """Return the values about their mean, in units of their spread."""
        values = values - self(values)
        return np.asarray(values / np.sqrt(np.maximum(self(values**2), 1e-12)))
