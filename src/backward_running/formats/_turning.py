"""Gravity must turn in a sensor as the gyroscope says: a wrong unit, or axes that do not belong together, show there.

Where nothing but gravity acts, the specific force f changes by the turning alone: ``df/dt = −ω × f``. So over calm
windows the change of f is regressed on the integral of ``−ω × f``: the slope is 1, 57.3 where rad/s were read as
degrees, and 1/57.3 the other way round. While a body part swings this does not hold, for there the force of the swing
turns along with it: over whole recordings of people who walk and run the slope lies anywhere from −3 to 3. Hence the
calm windows, and no answer where they show too little turning; what moves is judged by ``_physics``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray
from backward_running.evidence import proposed_number

WINDOW = proposed_number(
    "turning_window_s", 0.3, "s", "Over 0.3 s a turning by hand shows beside the noise of a phone.",
)  # fmt: skip
CALM = proposed_number(
    "turning_calm_ratio", 0.05, "1",
    "A window is calm where every sample lies within 5 % of gravity: nothing else acts worth speaking of.",
)  # fmt: skip
SEEN = proposed_number(
    "turning_seen_mps2", 0.5, "m s⁻²",
    "Gravity has to move by 0.5 m/s² (3 degrees) in the calm windows, or their noise is what is compared.",
)  # fmt: skip
AGREES = proposed_number(
    "turning_correlation", 0.9, "1",
    "Changes of the force that go along with the gyroscope by less than 0.9 (correlation) come from something else.",
)  # fmt: skip
WINDOWS = proposed_number("turning_windows_count", 10.0, "1", "Fewer than ten calm windows are chance.")
TOLERANCE = proposed_number(
    "turning_tolerance_ratio", 0.2, "1",
    "A slope of 1 ± 0.2 is what cheap sensors and windows of 0.3 s leave of the truth.",
)  # fmt: skip
ODD = proposed_number(
    "turning_odd_ratio", 1.6, "1",
    "A slope that is off by less than 1.6 times may be a shoe that rolls; more, and no unit's factor, are axes that do "
    "not belong together.",
)  # fmt: skip
LONGEST_S = 1200.0  #: of a recording is looked at: units do not change on the way
DEGREES_PER_RADIAN = 180.0 / np.pi


class Turning(NamedTuple):
    """How gravity turns for what the gyroscope says."""

    slope: float
    correlation: float
    windows: int
    moved_mps2: float  #: by how much the force changes in a window, root mean square


def turning_of(
    time_s: FloatArray, acc_mps2: FloatArray, gyr_time_s: FloatArray, gyr_radps: FloatArray
) -> Turning | None:
    """Regress the turning of the force on ω × f over calm windows.

    Parameters
    ----------
    time_s, acc_mps2 : ndarray, shape (n,) and (n, 3)
        Specific force on its rising clock.
    gyr_time_s, gyr_radps : ndarray, shape (m,) and (m, 3)
        Angular rate on its own rising clock, of the same origin.

    Returns
    -------
    Turning or None
        None where there are fewer than :data:`WINDOWS` calm windows. **Valid for** a sensor that nothing but gravity
        acts on: at rest, turned by hand, in a quiet stance.
    """
    force, rate, step_s = _on_one_grid(time_s, acc_mps2, gyr_time_s, gyr_radps)
    length = max(round(WINDOW.value / step_s), 2)
    if len(force) <= 2 * length:
        return None
    off = np.abs(np.linalg.norm(force, axis=1) / STANDARD_GRAVITY_MPS2 - 1.0) > CALM.value
    counts = np.concatenate([[0], np.cumsum(off)])
    starts = np.arange(0, len(force) - length, max(length // 2, 1))
    starts = starts[counts[starts + length] == counts[starts]]
    if len(starts) < WINDOWS.value:
        return None
    turned = np.vstack([np.zeros((1, 3)), np.cumsum(-np.cross(rate, force), axis=0)]) * step_s
    ends = starts + length
    # The mean of the first and of the last third: single samples are noisy.
    third = max(length // 3, 1)
    force_sums, turned_sums = (
        np.vstack([np.zeros((1, 3)), np.cumsum(rows, axis=0)]) for rows in (force, 0.5 * (turned[1:] + turned[:-1]))
    )
    changed, expected = (
        (sums[ends] - sums[ends - third] - sums[starts + third] + sums[starts]) / third
        for sums in (force_sums, turned_sums)
    )
    square, both, own = float((expected**2).sum()), float((expected * changed).sum()), float((changed**2).sum())
    if square <= 0.0 or own <= 0.0:
        return None
    return Turning(both / square, both / np.sqrt(square * own), len(starts), float(np.sqrt(own / len(starts))))


def turning_problem(
    time_s: FloatArray, acc_mps2: FloatArray, gyr_time_s: FloatArray, gyr_radps: FloatArray
) -> str | None:
    """Return what the turning of gravity says against a gyroscope, in words; None where it agrees or cannot be seen.

    Parameters
    ----------
    time_s, acc_mps2, gyr_time_s, gyr_radps : ndarray
        As of :func:`turning_of`.
    """
    seen = turning_of(time_s, acc_mps2, gyr_time_s, gyr_radps)
    if seen is None or abs(seen.correlation) < AGREES.value or seen.moved_mps2 < SEEN.value:
        return None
    slope = seen.slope
    if abs(slope - 1.0) <= TOLERANCE.value:
        return None
    expected = "gravity should turn in the sensor just as the gyroscope says, and turns"
    for factor, words in (
        (DEGREES_PER_RADIAN, "the numbers look like rad/s read as degrees"),
        (1.0 / DEGREES_PER_RADIAN, "the numbers look like degrees per second"),
    ):
        if abs(slope / factor - 1.0) <= TOLERANCE.value:
            return f"{expected} {slope:.3g} times as far; {words}"
    if slope < 0.0:
        return f"{expected} the other way; its axes and those of the accelerometer differ in sign or order"
    if 1.0 / ODD.value <= slope <= ODD.value:
        return None
    return f"{expected} {slope:.3g} times as far; state the unit of its columns, and whether its axes belong there"


def _on_one_grid(
    time_s: FloatArray, acc_mps2: FloatArray, gyr_time_s: FloatArray, gyr_radps: FloatArray
) -> tuple[FloatArray, FloatArray, float]:
    """Return force and rate at even moments, holes as NaN turned to zero force: nothing calm is seen in a hole."""
    first_s = max(time_s[0], gyr_time_s[0])
    last_s = min(time_s[-1], gyr_time_s[-1], first_s + LONGEST_S)
    step_s = max(float(np.median(np.diff(time_s))), 0.01)
    if last_s - first_s < step_s:
        return np.empty((0, 3)), np.empty((0, 3)), step_s
    grid_s = np.arange(first_s, last_s, step_s)
    both = []
    for at_s, axes in ((time_s, acc_mps2), (gyr_time_s, gyr_radps)):
        both.append(np.column_stack([np.interp(grid_s, at_s, column) for column in axes.T]))
    force, rate = both
    unknown = ~(np.isfinite(force).all(axis=1) & np.isfinite(rate).all(axis=1))
    for at_s in (time_s, gyr_time_s):
        after = np.clip(np.searchsorted(at_s, grid_s), 1, len(at_s) - 1)
        unknown |= at_s[after] - at_s[after - 1] > WINDOW.value
    force[unknown], rate[unknown] = 0.0, 0.0
    return force, rate, step_s
