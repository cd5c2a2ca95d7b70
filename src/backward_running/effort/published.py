"""What was measured and printed: the points that the models are held against, and drawn beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.evidence import Number
from backward_running.evidence.studies import (
    body_weight_support,
    flynn1994,
    heath2001,
    hooper2004,
    rasica2020,
    williford1998,
    wright2001,
)

_UPTAKE = "ml kg⁻¹ min⁻¹"
WALK_KMH: Final = Number("williford_walk_kmh", 4.83, "km h⁻¹", williford1998.WALK)
RUN_KMH: Final = Number("williford_run_kmh", 8.04, "km h⁻¹", williford1998.RUN)
FORWARD_WALK: Final = Number("williford_forward_walk_uptake", 12.42, _UPTAKE, williford1998.WALK)
FORWARD_WALK_SD: Final = Number("williford_forward_walk_uptake_sd", 2.29, _UPTAKE, williford1998.WALK)
BACKWARD_WALK: Final = Number("williford_backward_walk_uptake", 15.95, _UPTAKE, williford1998.WALK)
BACKWARD_WALK_SD: Final = Number("williford_backward_walk_uptake_sd", 2.45, _UPTAKE, williford1998.WALK)
FORWARD_RUN: Final = Number("williford_forward_run_uptake", 27.15, _UPTAKE, williford1998.RUN)
FORWARD_RUN_SD: Final = Number("williford_forward_run_uptake_sd", 2.51, _UPTAKE, williford1998.RUN)
BACKWARD_RUN: Final = Number("williford_backward_run_uptake", 31.33, _UPTAKE, williford1998.RUN)
BACKWARD_RUN_SD: Final = Number("williford_backward_run_uptake_sd", 5.77, _UPTAKE, williford1998.RUN)
WALK_HEART_RATES: Final = (
    Number("williford_forward_walk_heart_rate_bpm", 113.0, "min⁻¹", williford1998.WALK),
    Number("williford_backward_walk_heart_rate_bpm", 132.0, "min⁻¹", williford1998.WALK),
)
RUN_HEART_RATES: Final = (
    Number("williford_forward_run_heart_rate_bpm", 146.0, "min⁻¹", williford1998.RUN),
    Number("williford_backward_run_heart_rate_bpm", 168.0, "min⁻¹", williford1998.RUN),
)
WRIGHT_MPS: Final = Number("wright_mps", 3.0, "m s⁻¹", wright2001.COST)
WRIGHT_RATIO: Final = Number("wright_ratio", 1.35, "1", wright2001.COST, low=1.29, high=1.41)
RASICA_RATIO: Final = Number("rasica_ratio", 1.35, "1", rasica2020.GRADE)
HOOPER_RATIO: Final = Number("hooper_ratio", 1.185, "1", hooper2004.UPHILL, low=1.17, high=1.20)
HOOPER_M_PER_MIN: Final = Number("hooper_m_per_min", 67.0, "m min⁻¹", hooper2004.UPHILL)
SUPPORT_FORWARD: Final = Number(
    "support_forward_j_per_kg_m", 4.5, "J kg⁻¹ m⁻¹", body_weight_support.COST, low=3.4, high=5.6
)
SUPPORT_BACKWARD: Final = Number(
    "support_backward_j_per_kg_m", 5.8, "J kg⁻¹ m⁻¹", body_weight_support.COST, low=4.4, high=7.2
)
FLYNN_KMH: Final = Number("flynn_kmh", 9.65, "km h⁻¹", flynn1994.OXYGEN)
FLYNN_SHARE: Final = Number("flynn_share", 0.84, "1", flynn1994.OXYGEN)
HEATH_BEFORE: Final = Number("heath_before_l_per_min", 2.05, "l min⁻¹", heath2001.PRACTICE)
HEATH_AFTER: Final = Number("heath_after_l_per_min", 1.66, "l min⁻¹", heath2001.PRACTICE)


@dataclass(frozen=True, slots=True)
class Point:
    """One published mean on the plane of speed and oxygen uptake, with one standard deviation between people."""

    words: str
    direction: Direction
    gait: Gait
    speed_mps: float
    uptake_ml_per_kg_min: float
    spread_ml_per_kg_min: float


#: The level measurements that state an oxygen uptake; other studies state ratios only.
POINTS: Final = (
    Point(
        "Williford 1998",
        Direction.FORWARD,
        Gait.WALK,
        WALK_KMH.value / KMH_PER_MPS,
        FORWARD_WALK.value,
        FORWARD_WALK_SD.value,
    ),
    Point(
        "Williford 1998",
        Direction.BACKWARD,
        Gait.WALK,
        WALK_KMH.value / KMH_PER_MPS,
        BACKWARD_WALK.value,
        BACKWARD_WALK_SD.value,
    ),
    Point(
        "Williford 1998",
        Direction.FORWARD,
        Gait.RUN,
        RUN_KMH.value / KMH_PER_MPS,
        FORWARD_RUN.value,
        FORWARD_RUN_SD.value,
    ),
    Point(
        "Williford 1998",
        Direction.BACKWARD,
        Gait.RUN,
        RUN_KMH.value / KMH_PER_MPS,
        BACKWARD_RUN.value,
        BACKWARD_RUN_SD.value,
    ),
)
