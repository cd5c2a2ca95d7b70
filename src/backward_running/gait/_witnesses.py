"""What each quantity of a watch says of every moment: forward by the person's own line, or backward by the ratio.

A witness is a pair of densities: how likely the moment is forward, and how much more likely it would be backward. None
of them has a sign; all compare with what is believed of the person (:class:`Person`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.recording import FloatArray
from backward_running.gait._habits import Person
from backward_running.gait._lines import Line
from backward_running.gait._proposal import proposal
from backward_running.gait._watch_cells import Cells

LEAST_OWN = proposal(
    "watch_least_own_s",
    300.0,
    "s",
    "With less than five minutes of a person's own steps behind it, a line is too poor to judge anybody by.",
)
ON_A_SLOPE = {
    "cadence": proposal(
        "watch_grade_cadence_nat", 0.5, "nat", "Uphill, people slow down more than they step less: 5 % at 10 % grade."
    ),
    "heart_rate": proposal(
        "watch_grade_heart_rate_nat", 2.0, "nat", "Uphill, at equal speed the heart goes 20 % faster at 10 % grade."
    ),
    "speed": proposal("watch_grade_speed_nat", 3.0, "nat", "Uphill, people go 30 % slower at 10 % grade."),
}
MOST = {
    "cadence": proposal("watch_most_cadence_nat", 4.0, "nat", "Cadence alone speaks at most 55 to 1."),
    "heart_rate": proposal("watch_most_heart_rate_nat", 0.7, "nat", "Heart rate alone speaks at most 2 to 1."),
    "contact_time": proposal("watch_most_contact_time_nat", 1.5, "nat", "Contact time alone speaks at most 4.5 to 1."),
    "vertical_oscillation": proposal(
        "watch_most_vertical_oscillation_nat",
        0.7,
        "nat",
        "Vertical oscillation alone speaks at most 2 to 1: its ratio is derived, nobody measured it.",
    ),
    "speed": proposal("watch_most_speed_nat", 2.0, "nat", "Speed alone speaks at most 7.4 to 1."),
}
WALK_SHARE = proposal(
    "watch_walk_weight_ratio", 0.3, "1", "Walking, cadence strays more with mood and shoes: it weighs a third."
)
FORWARD_SPEED_SPREAD = proposal(
    "watch_forward_speed_spread_nat", 0.13, "nat", "Running forward, people stray by about 13 % from their usual speed."
)
SLOW_SHARE = proposal(
    "watch_slow_share", 0.10, "1", "One second in ten forward is at any other speed: warming up, waiting, climbing."
)
SPEED_EVIDENCE = proposal(
    "watch_speed_evidence_ratio",
    0.3,
    "1",
    "Two speeds in one recording are rather intervals than two directions: for how a recording is to be read, speed "
    "counts for a third.",
)
FARTHEST = 3.0  #: spreads; what lies farther off is as odd as this and no odder: sensors fail in ways of their own

Mask = npt.NDArray[np.bool_]


class Witness(NamedTuple):
    """What one quantity says, cell by cell; to be heard only `where` it is."""

    where: Mask
    lean_nat: FloatArray  #: logarithm of backward to forward
    forward_nat: FloatArray  #: logarithm of how likely it is forward, and backward; up to one constant for both
    backward_nat: FloatArray


def witnesses(cells: Cells, here: Person) -> Iterator[Witness]:
    """Yield what cadence, speed, heart rate, contact time and vertical oscillation say, where they are known."""
    runs, up = cells.runs, cells.uphill
    if here.run_cadence.seconds_s >= LEAST_OWN.value:
        strays = cells.cadence_nat - here.run_cadence.at(cells.speed) - ON_A_SLOPE["cadence"].value * up
        variance = here.run_cadence.variance_at(cells.speed) + (0.3 * up) ** 2
        yield _witness(runs, strays, variance, here.cadence_ratio, MOST["cadence"].value)
        if here.speed_nat is not None:
            yield _witness_of_speed(cells, runs, here.speed_nat, here.speed_ratio)
    if here.heart_rate.seconds_s >= LEAST_OWN.value:
        strays = cells.heart_rate_nat - here.heart_rate.at(cells.lagged_speed) - ON_A_SLOPE["heart_rate"].value * up
        variance = here.heart_rate.variance_at(cells.lagged_speed) + up**2
        yield _witness(runs & np.isfinite(strays), strays, variance, here.heart_rate_ratio, MOST["heart_rate"].value)
    yield from _of_running_dynamics(cells, here, runs)


def _of_running_dynamics(cells: Cells, here: Person, runs: Mask) -> Iterator[Witness]:
    each = (
        ("contact_time", cells.contact_time_nat, here.contact_time, here.contact_time_ratio),
        (
            "vertical_oscillation",
            cells.vertical_oscillation_nat,
            here.vertical_oscillation,
            here.vertical_oscillation_ratio,
        ),
    )
    for name, logarithm, line, ratio in each:
        if line.seconds_s >= LEAST_OWN.value:
            strays = logarithm - line.at(cells.speed)
            yield _witness(runs & np.isfinite(strays), strays, line.variance_at(cells.speed), ratio, MOST[name].value)


def walking(cells: Cells, here: Person) -> Witness | None:
    """Return what cadence says of walking; None where too little of it was seen."""
    line: Line = here.walk_cadence
    walks = cells.walks
    if line.seconds_s < LEAST_OWN.value or not walks.any():
        return None
    strays = cells.cadence_nat - line.at(cells.speed)
    said = _witness(walks, strays, line.variance_at(cells.speed), here.cadence_ratio, MOST["cadence"].value)
    return said._replace(lean_nat=WALK_SHARE.value * said.lean_nat)


def _witness(where: Mask, strays: FloatArray, variance: FloatArray, ratio: tuple[float, float], most: float) -> Witness:
    """Two normals of one variance, about 0 and about the ratio."""
    mean, spread = ratio
    lean = mean * (strays - mean / 2) / (variance + spread**2)
    return Witness(
        where, np.clip(lean, -most, most), _density_nat(strays, variance), _density_nat(strays - mean, variance)
    )


def _density_nat(strays: FloatArray, variance: FloatArray) -> FloatArray:
    return np.asarray(-0.5 * (np.minimum(strays * strays / variance, FARTHEST**2) + np.log(variance)))


def _witness_of_speed(cells: Cells, runs: Mask, usual_nat: float, ratio: tuple[float, float]) -> Witness:
    """Take the speed alone: backward is slower, but forward is slow at times too."""
    with np.errstate(invalid="ignore", divide="ignore"):
        slower = np.log(cells.speed) - usual_nat + ON_A_SLOPE["speed"].value * cells.uphill
    forward = (1.0 - SLOW_SHARE.value) * _normal(slower, 0.0, FORWARD_SPEED_SPREAD.value) + SLOW_SHARE.value
    backward = 0.98 * _normal(slower, ratio[0], ratio[1]) + 0.02
    lean = np.clip(np.log(backward / forward), -MOST["speed"].value, MOST["speed"].value)
    there = (1.0 - SLOW_SHARE.value) * _normal(slower, ratio[0], FORWARD_SPEED_SPREAD.value) + SLOW_SHARE.value
    share = SPEED_EVIDENCE.value
    return Witness(runs, lean, share * np.log(forward), share * np.log(there))


def _normal(values: FloatArray, mean: float, spread: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((values - mean) / spread) ** 2) / (spread * math.sqrt(2 * math.pi)))
