"""Yaw minus course, followed through its drift: which moments share a direction.

The difference is one constant while the body travels forward and the constant half a turn away while it travels
backward. Doubled, the two are one angle ([Mardia2000]_, axial data), that drifts slowly with the gyroscope: the drift
is the mean turn over a lag, taken over longer and longer lags, and what is left is a moving mean.

References
----------
.. [Mardia2000] Mardia K. V., Jupp P. E. 2000. Directional Statistics. Wiley.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, ComplexArray, FloatArray, IntArray
from backward_running.evidence import proposed_number
from backward_running.signals.window import window_sums, windows

DRIFT_WINDOW = proposed_number(
    "yaw_drift_window_s", 241.0, "s", "The drift of a gyroscope is steady enough to be averaged over four minutes."
)
DRIFT_LAGS_S = (4.0, 16.0, 48.0)  #: each finer than the one before, short enough not to lose count of the turns
OFFSET_WINDOW = proposed_number(
    "yaw_offset_window_s", 61.0, "s", "Yaw minus course, its drift taken off, is averaged over a minute."
)
LEAST_COHERENCE = proposed_number(
    "yaw_least_coherence_ratio",
    0.4,
    "1",
    "Where the doubled angle between yaw and course agrees with itself by less than 0.4 (a spread of more than 39°), "
    "the two are noise to each other and nothing is said.",
)
LONGEST_SILENCE = proposed_number(
    "yaw_longest_silence_s",
    300.0,
    "s",
    "After five minutes without a course the drift of a gyroscope may have reached a quarter turn: a new chain begins.",
)
LEAST_CELLS_S = proposed_number(
    "yaw_least_chain_s", 8.0, "s", "A chain of less than 8 s cannot tell agreement from chance."
)


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Stretches within which it is known which moments share a direction.

    ``number`` is −1 where nothing is known. ``gap_rad`` is zero in one direction and π in the other, from chain to
    chain in no order; ``first`` says which of the two is nearer.
    """

    number: IntArray
    gap_rad: FloatArray

    @property
    def first(self) -> BoolArray:
        """Where the first of the two directions is the nearer one."""
        return np.asarray(np.cos(self.gap_rad) > 0.0)


def chains_of(
    gap_rad: FloatArray,
    weight: FloatArray,
    known: BoolArray,
    piece: FloatArray,
    step_s: float,
    *,
    longest_silence_s: float = LONGEST_SILENCE.value,
) -> Chains:
    """Follow yaw minus course through its drift.

    Parameters
    ----------
    gap_rad : ndarray, shape (n,)
        Yaw minus course; it drifts.
    weight : ndarray, shape (n,)
        Its concentration (one over the square of its spread).
    known : ndarray of bool, shape (n,)
        Where it can be used.
    piece : ndarray, shape (n,)
        Rises where the yaw was lost.
    step_s : float
        Length of a cell.
    longest_silence_s : float
        After so long without a course a new chain begins.

    Returns
    -------
    Chains

    Valid for
    ---------
    A gyroscope whose drift is steady over some minutes; a chain ends where its angle no longer agrees with itself.

    References
    ----------
    [Mardia2000]_
    """
    number = np.full(len(gap_rad), -1)
    straight = np.zeros(len(gap_rad))
    at = np.flatnonzero(known)
    if len(at) == 0:
        return Chains(number, straight)
    longest = longest_silence_s / step_s
    breaks = np.flatnonzero((np.diff(at) > longest) | (np.diff(piece[at]) > 0)) + 1
    next_number = 0
    for cells in np.split(at, breaks):
        if len(cells) * step_s < LEAST_CELLS_S.value:
            continue
        inside, held, offset_rad = _followed(gap_rad[cells], weight[cells], cells, step_s)
        part = next_number + np.cumsum(inside)
        number[cells[held]] = part[held]
        straight[cells[held]] = (gap_rad[cells] - offset_rad)[held]
        next_number = int(part[-1]) + 1
    return Chains(number, straight)


def _followed(
    gap_rad: FloatArray, weight: FloatArray, cells: IntArray, step_s: float
) -> tuple[BoolArray, BoolArray, FloatArray]:
    """Return where a new chain begins, where the offset is to be believed, and the offset."""
    first, length = int(cells[0]), int(cells[-1] - cells[0]) + 1
    doubled = np.zeros(length, dtype=np.complex128)
    heavy = np.zeros(length)
    heavy[cells - first] = np.minimum(weight, 1.0 / np.radians(20.0) ** 2)
    doubled[cells - first] = heavy[cells - first] * np.exp(2j * gap_rad)
    drift_rad = _drift_rad(doubled, step_s)
    steady = doubled * np.exp(-1j * drift_rad)
    width = max(round(OFFSET_WINDOW.value / step_s), 3)
    mean, total = _sums(steady, width), np.maximum(_sums(heavy.astype(complex), width).real, 1e-9)
    coherent = (np.abs(mean) >= LEAST_COHERENCE.value * total)[cells - first]
    phase = np.angle(mean)[cells - first]
    jump = np.zeros(len(cells), dtype=bool)
    held = np.flatnonzero(coherent)
    phase[held] = np.unwrap(phase[held])
    if len(held) > 1:
        far = np.abs(np.diff(phase[held])) > np.pi / 2
        noisy = np.diff(held) > OFFSET_WINDOW.value / step_s / 2
        jump[held[1:]] = far | noisy
    return jump, coherent, (phase + drift_rad[cells - first]) / 2.0


def _drift_rad(doubled: ComplexArray, step_s: float) -> FloatArray:
    """Return the drift of a doubled angle since the start: the turn over a lag, averaged; then over a longer lag."""
    drift = np.zeros(len(doubled))
    width = max(round(DRIFT_WINDOW.value / step_s), 3)
    for lag_s in DRIFT_LAGS_S:
        lag = max(round(lag_s / step_s), 1)
        if len(doubled) < 3 * lag:
            break
        steady = doubled * np.exp(-1j * drift)
        turned = np.zeros_like(steady)
        turned[lag // 2 : len(steady) - lag + lag // 2] = np.conj(steady[:-lag]) * steady[lag:]
        drift += np.cumsum(np.angle(_sums(turned, width)) / lag)
    return drift


def _sums(values: ComplexArray, width: int) -> ComplexArray:
    """Return the sum over `width` cells about each, fewer at the ends."""
    return window_sums(values, *windows(len(values), width // 2, width // 2))
