"""A runner's own factor over time: a level that moves, with what practice, drift and an offset of the heart add to it.

Every recording shows the factor of its day, and more: the heart drifts upward within a session, so whichever direction
came later looks dearer; practice lowers the factor, so older recordings show a higher one; and a heart that beats some
beats more or less than its oxygen asks shows every ratio too small or too large. Each of these is a number that is not
known. All are normal, so the belief of the factor now is worked out exactly; only how far one day strays from the next
is tried on a grid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import LEARNT, PRACTICE
from backward_running.evidence import Number, own_proposal

_DRIFT = own_proposal(
    "this_project.own_factor_drift",
    "Within a session the heart drifts upward by 4 beats a minute in 20 minutes, 2 to 6: 0.0033±0.0012 bpm/s.",
)
DRIFT: Final = Number("own_factor_drift_bpm_per_s", 0.0033, "bpm s⁻¹", _DRIFT)
DRIFT_SD: Final = Number("own_factor_drift_sd_bpm_per_s", 0.0012, "bpm s⁻¹", _DRIFT)
OFFSET_SD: Final = Number(
    "own_factor_offset_sd_bpm",
    5.0,
    "min⁻¹",
    own_proposal(
        "this_project.own_factor_offset",
        "At every effort the heart of a person beats up to about 5 beats more or less than its oxygen asks, a resting "
        "heart rate that is a little wrong included.",
    ),
)
LEARNT_SD: Final = Number(
    "own_factor_learnt_sd_nat",
    0.06,
    "nat",
    own_proposal(
        "this_project.own_factor_learnt",
        "How much practice takes off the factor of running was not measured: its prior is wide.",
    ),
)
STEP: Final = Number(
    "own_factor_step_nat",
    0.02,
    "nat",
    own_proposal(
        "this_project.own_factor_step",
        "Besides, the factor moves by 2 % from one recording to the next: the newest recordings count most.",
    ),
)
_SCALE = own_proposal(
    "this_project.own_factor_scale",
    "How far days stray is itself uncertain: half to twice as far, a standard deviation of 0.4 in its logarithm.",
)
SCALE_SD: Final = Number("own_factor_scale_sd_nat", 0.4, "nat", _SCALE)
SCALES: Final = np.exp2(np.linspace(-1.0, 1.0, 5))
UNKNOWN_ORDER_S: Final = Number(
    "own_factor_unknown_order_s",
    600.0,
    "s",
    own_proposal(
        "this_project.own_factor_unknown_order",
        "Where a recording does not say when its directions came, they may lie ten minutes apart either way.",
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one recording shows, and what bears on it."""

    log_ratio: float  #: logarithm of the factor as it counts
    spread_nat: float  #: how far it strays by itself
    practised_min: float  #: backward minutes before it
    drift_s_per_bpm: float | None  #: what one bpm/s of drift adds to the logarithm; None where the order is not known
    offset_per_bpm: float  #: what one beat of offset adds to the logarithm
    unknown_order_per_bpm: float  #: 1 over the beats above rest: what ten minutes of drift would be divided by


def factor_now(
    mean_nat: float, spread_nat: float, translation_nat: float, shown: Sequence[Shown], believed_at_min: float = 0.0
) -> tuple[float, float]:
    """Return mean and standard deviation of the logarithm of the factor after the last recording.

    Parameters
    ----------
    mean_nat, spread_nat : float
        The belief before any recording.
    translation_nat : float
        Error of turning heart rate into oxygen, the same in all recordings of a person.
    shown : sequence of Shown
        Oldest first.
    believed_at_min : float
        After how many of the recorded backward minutes the belief holds: 0 where it is of people as they begin. What
        was practised between there and the last recording moves the factor, and what is not known of it widens it.

    Returns
    -------
    tuple of float
        Mean and standard deviation, in nat.

    Examples
    --------
    >>> seen = [Shown(0.10, 0.07, 10.0 * n, 2.0, -0.002, 0.01) for n in range(6)]
    >>> mean, spread = factor_now(0.25, 0.125, 0.05, seen)
    >>> 0.1 < mean < 0.25, 0.05 < spread < 0.125
    (True, True)
    """
    if not shown:
        return mean_nat, spread_nat
    practice = np.exp(-np.array([mark.practised_min for mark in shown]) / PRACTICE.value)
    learnt = math.exp(-believed_at_min / PRACTICE.value) - practice
    known = np.array([mark.drift_s_per_bpm is not None for mark in shown])
    drift = np.array([mark.drift_s_per_bpm or 0.0 for mark in shown])
    offset = np.array([mark.offset_per_bpm for mark in shown])
    later = np.arange(len(shown) - 1, -1, -1)
    shared = (
        spread_nat**2
        + translation_nat**2
        + LEARNT_SD.value**2 * np.outer(learnt, learnt)
        + DRIFT_SD.value**2 * np.outer(drift, drift)
        + OFFSET_SD.value**2 * np.outer(offset, offset)
        + STEP.value**2 * np.minimum.outer(later, later)
    )
    lost = np.array([mark.unknown_order_per_bpm for mark in shown]) * UNKNOWN_ORDER_S.value * DRIFT.value
    own = np.array([mark.spread_nat for mark in shown]) ** 2
    off = np.array([mark.log_ratio for mark in shown]) - (mean_nat - LEARNT.value * learnt + DRIFT.value * drift)
    to_level = spread_nat**2 + LEARNT_SD.value**2 * learnt * learnt[-1]
    covariance = shared + np.eye(len(shown)) * (own * SCALES[:, None, None] ** 2 + np.where(known, 0.0, lost**2))
    asked = np.column_stack([off, to_level])
    solved = np.linalg.solve(covariance, np.broadcast_to(asked, (len(SCALES), *asked.shape)))
    _, log_determinant = np.linalg.slogdet(covariance)
    log = -0.5 * (solved[:, :, 0] @ off + log_determinant + (np.log(SCALES) / SCALE_SD.value) ** 2)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    means = mean_nat - LEARNT.value * learnt[-1] + solved[:, :, 0] @ to_level
    variances = to_level[-1] - solved[:, :, 1] @ to_level
    mean = float(weight @ means)
    return mean, math.sqrt(float(weight @ (variances + (means - mean) ** 2)))
