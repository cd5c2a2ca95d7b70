"""The backward speed that is as hard as a forward one, and the heart rate to expect there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.core.session import Estimate, NotKnown
from backward_running.core.standing import Standing, Tag
from backward_running.effort.base import Numbers
from backward_running.effort.energy_oxygen_equivalent import RESTING_OXYGEN_UPTAKE
from backward_running.effort.heart_rate_reserve import HELD_DOWN
from backward_running.effort.interval_of_people import reach
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import INTERCEPT, PER_KMH, net_level_ml_per_kg_min
from backward_running.effort.personal_factor import HEART_RATE_DAY, NEWEST, beats_per_demand
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import williford1998

LEAST: Final = Number(
    "own_heart_rate_least_s",
    600.0,
    "s",
    own_proposal(
        "this_project.own_heart_rate_least",
        "Ten steady minutes forward are the least from which a runner's own heart rate at speed is read.",
    ),
)
HEART_RATE_RATIO: Final = Number(
    "backward_heart_rate_at_equal_speed_ratio",
    1.16,
    "1",
    Evidence(
        "williford1998.heart_rate",
        "At equal speed the heart beat 168/146 = 1.15 (running) and 132/113 = 1.17 (walking) times as fast backward.",
        williford1998.STUDY,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
    low=1.15,
    high=1.17,
)
NO_REST = "Your profile lacks your resting heart rate: with it, the heart rate to expect can be read off your own runs."
NO_RUNS = (
    "No heart rate of ten steady minutes forward is here yet: import a run with heart rate, and label it where the "
    "direction is unknown."
)
OVER_MAXIMUM = "This is above your stated maximal heart rate: you would not hold it."


@dataclass(frozen=True, slots=True)
class OwnHeart:
    """How a runner's heart answers forward running: beats a minute above rest for each ml/kg/min of demand."""

    resting_bpm: float
    maximal_bpm: float | None
    beats: float
    seconds_s: float  #: of steady forward running behind it

    @property
    def maximal_oxygen_uptake_ml_per_kg_min(self) -> float | None:
        """What the line says at the maximal heart rate; None where that is not known. An estimate, no test."""
        if self.maximal_bpm is None:
            return None
        return RESTING_OXYGEN_UPTAKE.value + (self.maximal_bpm - self.resting_bpm) / self.beats


def own_heart(pulses: Sequence[Pulse], athlete: Athlete) -> OwnHeart | NotKnown:
    """Read off a runner's own forward running how their heart answers.

    Parameters
    ----------
    pulses : sequence of Pulse
        Sums of steady running, one per recording, in any order; the newest twenty with forward running count.
    athlete : Athlete
        Resting heart rate, and the maximal one where known.

    Returns
    -------
    OwnHeart or NotKnown
        NotKnown says which field or recording is missing.
    """
    if athlete.beta_blocker:
        return NotKnown("heart_rate_bpm", HELD_DOWN)
    if athlete.resting_heart_rate_bpm is None:
        return NotKnown("heart_rate_bpm", NO_REST)
    newest = sorted((pulse for pulse in pulses if pulse.forward.seconds_s > 0.0), key=lambda pulse: pulse.started_at)
    whole = sum((pulse.forward for pulse in newest[-round(NEWEST.value) :]), Heartbeats())
    beats = beats_per_demand(whole, athlete.resting_heart_rate_bpm)
    if whole.seconds_s < LEAST.value or beats is None:
        return NotKnown("heart_rate_bpm", NO_RUNS)
    return OwnHeart(athlete.resting_heart_rate_bpm, athlete.maximal_heart_rate_bpm, beats, whole.seconds_s)


def expected_heart_rate(heart: OwnHeart, low: float, best: float, high: float) -> Estimate:
    """Return the heart rate to expect at a gross oxygen uptake.

    Parameters
    ----------
    heart : OwnHeart
        The runner's own line.
    low, best, high : float
        Oxygen uptake that the models state for the speed, grade and direction, ml kg⁻¹ min⁻¹.

    Returns
    -------
    Estimate
        ``heart_rate_bpm``, with the interval of the uptake widened by 5 % from day to day, as a standard deviation. One
        above the maximal heart rate carries a caveat.

    References
    ----------
    Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410, doi:10.1097/00005768-199703000-00018
    """

    def bpm(uptake: float) -> float:
        return heart.resting_bpm + heart.beats * max(uptake - RESTING_OXYGEN_UPTAKE.value, 0.0)

    middle = bpm(best)
    day = float(reach(HEART_RATE_DAY.value * middle))
    over = heart.maximal_bpm is not None and middle > heart.maximal_bpm
    minutes = round(heart.seconds_s / 60.0)
    return Estimate(
        "heart_rate_bpm",
        middle,
        middle - math.hypot(middle - bpm(low), day),
        middle + math.hypot(bpm(high) - middle, day),
        "oxygen_uptake_heart_rate_swain_1998",
        Standing.SINGLE_STUDY,
        (
            f"Read off {minutes} steady minutes of your own forward running.",
            *((OVER_MAXIMUM,) if over else ()),
        ),
    )


def equal_effort_speed_mps(forward_speed_mps: Numbers, factor_ratio: Numbers) -> Any:
    """Return the backward running speed that takes as much oxygen per minute as a forward one, same slope.

    Parameters
    ----------
    forward_speed_mps : float or ndarray
        Forward running speed, m s⁻¹.
    factor_ratio : float or ndarray
        How many times dearer backward running is, rest left out.

    Returns
    -------
    float or ndarray
        Backward speed, m s⁻¹. Near ``forward_speed_mps / factor_ratio``: the forward line does not start at nothing,
        and that is kept, so that both speeds cost exactly the same.

    Examples
    --------
    >>> round(float(equal_effort_speed_mps(3.0, 1.30)), 2), round(3.0 / 1.30, 2)
    (2.33, 2.31)
    """
    return _speed_of(net_level_ml_per_kg_min(forward_speed_mps) / factor_ratio)


def equal_effort_forward_speed_mps(backward_speed_mps: Numbers, factor_ratio: Numbers) -> Any:
    """Return the forward running speed that is as hard as a backward one; see :func:`equal_effort_speed_mps`.

    Examples
    --------
    >>> round(float(equal_effort_forward_speed_mps(equal_effort_speed_mps(3.0, 1.3), 1.3)), 6)
    3.0
    """
    return _speed_of(net_level_ml_per_kg_min(backward_speed_mps) * factor_ratio)


def _speed_of(net_level: Numbers) -> Any:
    """Undo the forward line: the speed whose part above rest is this."""
    return (
        (np.asarray(net_level, dtype=float) + RESTING_OXYGEN_UPTAKE.value - INTERCEPT.value)
        / PER_KMH.value
        / KMH_PER_MPS
    )
