"""Two directions in the same gait → which of them to ask about: by speed, by cadence; and what nobody runs backward."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, proposed_number
from backward_running.evidence.studies.backward_records import STUDY as BACKWARD_RECORDS
from backward_running.gait.person.prior import CADENCE_RATIO
from backward_running.signals.window import moving_mean

SPEED_RATIO = Number(
    "backward_speed_ratio",
    0.75,
    "1",
    Evidence(
        "gait.backward_speed_ratio",
        "At equal effort people run backward at 0.70 to 0.80 of their forward speed; records and sprints of boys over "
        "20 m give 0.60 to 0.83.",
        BACKWARD_RECORDS,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
    low=0.60,
    high=0.83,
)
SPEED_SPREAD = proposed_number(
    "backward_speed_spread_nat",
    0.30,
    "nat",
    "The logarithm of the speed ratio of two stretches in the same gait varies by 0.3 with effort and ground.",
)
CADENCE_SPREAD = proposed_number(
    "backward_cadence_spread_nat", 0.10, "nat", "The logarithm of the cadence at equal speed varies by 0.1."
)
CADENCE_EXPONENT = proposed_number(
    "cadence_speed_exponent", 0.3, "1", "Cadence grows with about the third root of speed, walking and running."
)
WALK_RUN = 1.8  #: m/s: between the backward (1.63) and the forward (2.0) change from walking to running
FASTEST_BACKWARD = proposed_number(
    "yaw_fastest_backward_mps", 4.5, "m s⁻¹", "Hardly anybody runs backward faster than 4.5 m/s."
)
TOO_FAST = proposed_number(
    "yaw_too_fast_nat", 3.0, "nat", "A direction that is run faster than that for half of its time is forward, 20 to 1."
)
CHANGING = proposed_number(
    "direction_changing_s",
    5.0,
    "s",
    "Within 5 s of a change of direction people brake and start, and a course over some seconds is smeared: their "
    "speed there says nothing of either direction.",
)
LEAST_COMPARED = proposed_number(
    "same_gait_least_s", 20.0, "s", "Less than 20 s of a gait in one of two directions are not compared."
)
LEAST_PART = proposed_number(
    "same_gait_least_share",
    0.15,
    "1",
    "A direction with less than 15 % of the time in a gait is gone in that gait by accident: it is not compared.",
)
FULL_AFTER = proposed_number(
    "same_gait_full_after_s", 60.0, "s", "A minute of a gait in each direction counts in full, less in proportion."
)
SAME_UNREST = proposed_number(
    "same_gait_unrest_ratio",
    2.0,
    "1",
    "Running shakes a sensor 2.7 to 4 times as much as walking, one direction 1.1 to 1.75 times as much as the other "
    "(virtual sensors of one man): what is shaken twice as much is another gait, whatever the speed.",
)
ONE_GAIT = proposed_number(
    "one_gait_share", 0.75, "1", "A direction of which three quarters are walked, or run, is gone in that gait."
)


class Pace(NamedTuple):
    """How each cell is gone; NaN where not known."""

    speed_mps: FloatArray
    cadence_spm: FloatArray
    unrest_mps2: FloatArray  #: of the sensor's acceleration

    def of(self, cells: IntArray | BoolArray) -> Pace:
        """Return some of the cells."""
        return Pace(self.speed_mps[cells], self.cadence_spm[cells], self.unrest_mps2[cells])


class Compared(NamedTuple):
    """What the comparison of two directions says."""

    nat: float  #: log-odds that the first is forward
    first_runs: bool | None  #: where one is run and the other walked: whether it is the first; else None
    too_fast_nat: float  #: log-odds that the first is forward, because nobody goes backward so fast


def compared(first: BoolArray, pace: Pace, step_s: float) -> Compared:
    """Compare two directions, each gait with itself; what is walked says nothing of what is run.

    Parameters
    ----------
    first : ndarray of bool, shape (n,)
        Which of the two directions each cell of a chain is.
    pace : Pace
        Of the same cells.
    step_s : float
        Length of a cell.

    Returns
    -------
    Compared
    """
    steady = ~near_changes(first, step_s)
    first_pace, second_pace = pace.of(steady & first), pace.of(steady & ~first)
    nat = 0.0
    for mine, theirs, weight in _in_the_same_gait(first_pace, second_pace, step_s):
        nat += weight * (_by_speed(mine, theirs) + _by_cadence(mine, theirs, step_s))
    return Compared(nat, _runs_one_way(first_pace, second_pace, step_s), _by_too_fast(first_pace, second_pace, step_s))


def near_changes(first: BoolArray, step_s: float) -> BoolArray:
    """Say which cells lie so near a change of direction that their speed and cadence say nothing.

    Parameters
    ----------
    first : ndarray of bool, shape (n,)
        Which of the two directions each cell is.
    step_s : float
        Length of a cell.

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    changes = np.zeros(len(first))
    changes[1:] = np.diff(first)
    width = 2 * round(CHANGING.value / step_s) + 1
    return np.asarray(moving_mean(changes, width) > 0.5 / width)


def _in_the_same_gait(first_pace: Pace, second_pace: Pace, step_s: float) -> Iterator[tuple[Pace, Pace, float]]:
    """Yield walking and running of both directions where there is enough of both, and how much that weighs."""
    for runs in (False, True):
        mine, theirs = (part.of((part.speed_mps >= WALK_RUN) == runs) for part in (first_pace, second_pace))
        lasts_s = [len(part.speed_mps) * step_s for part in (mine, theirs)]
        least_s = min(lasts_s)
        if least_s < max(LEAST_COMPARED.value, LEAST_PART.value * sum(lasts_s)) or not _equally_shaken(mine, theirs):
            continue
        yield mine, theirs, min(least_s / FULL_AFTER.value, 1.0)


def _equally_shaken(first_pace: Pace, second_pace: Pace) -> bool:
    """Say whether two stretches may be of one gait: what is not known may be."""
    known = [part.unrest_mps2[part.unrest_mps2 > 0.0] for part in (first_pace, second_pace)]
    if not len(known[0]) or not len(known[1]):
        return True
    return bool(abs(np.log(np.median(known[0]) / np.median(known[1]))) <= np.log(SAME_UNREST.value))


def _runs_one_way(first_pace: Pace, second_pace: Pace, step_s: float) -> bool | None:
    """Say whether the first direction is run and the second walked, or the other way round; None where neither."""
    if min(len(first_pace.speed_mps), len(second_pace.speed_mps)) * step_s < LEAST_COMPARED.value:
        return None
    first_share, second_share = (float((part.speed_mps >= WALK_RUN).mean()) for part in (first_pace, second_pace))
    if max(first_share, second_share) >= ONE_GAIT.value and min(first_share, second_share) <= 1.0 - ONE_GAIT.value:
        return first_share > second_share
    if _equally_shaken(first_pace, second_pace) or abs(first_share - second_share) > 1.0 - ONE_GAIT.value:
        return None
    return float(np.nanmedian(first_pace.unrest_mps2)) > float(np.nanmedian(second_pace.unrest_mps2))


def _by_speed(first_pace: Pace, second_pace: Pace) -> float:
    """In the same gait the faster direction is forward."""
    slower = -np.log(SPEED_RATIO.value)
    ratio = float(np.log(np.quantile(first_pace.speed_mps, 0.75) / np.quantile(second_pace.speed_mps, 0.75)))
    return float(np.clip(2.0 * slower * ratio / SPEED_SPREAD.value**2, -2.0, 2.0))


def _by_too_fast(first_pace: Pace, second_pace: Pace, step_s: float) -> float:
    """Nobody runs backward very fast. Fixes that wander make odd seconds fast: half of a direction has to be so."""
    fast = [
        len(part.speed_mps) * step_s >= LEAST_COMPARED.value
        and float(np.median(part.speed_mps)) > FASTEST_BACKWARD.value
        for part in (first_pace, second_pace)
    ]
    return TOO_FAST.value * (float(fast[0]) - float(fast[1]))


def _by_cadence(first_pace: Pace, second_pace: Pace, step_s: float) -> float:
    """At equal speed the direction with the higher cadence is backward."""
    levels = []
    for part in (first_pace, second_pace):
        stepping = part.of(part.cadence_spm > 0.0)
        if len(stepping.speed_mps) * step_s < LEAST_COMPARED.value:
            return 0.0
        levels.append(
            float(np.median(np.log(stepping.cadence_spm) - CADENCE_EXPONENT.value * np.log(stepping.speed_mps)))
        )
    quicker = np.log(CADENCE_RATIO.value)
    return -float(np.clip(2.0 * quicker * (levels[0] - levels[1]) / CADENCE_SPREAD.value**2, -1.0, 1.0))
