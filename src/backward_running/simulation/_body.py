"""The simulated body: how fast it gets going, how often it steps, what its heart does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies.acsm import WALK as ACSM_WALK
from backward_running.evidence.studies.leg_muscles_lab import STUDY as LEG_MUSCLES_LAB
from backward_running.evidence.studies.leger1984 import LEVEL as LEGER_LEVEL
from backward_running.evidence.studies.wright2001 import COST as WRIGHT_COST
from backward_running.simulation._script import Piece

PROPOSED = own_proposal(
    "simulation.body",
    "Chosen so that simulated recordings look like those of a beginner; nobody was measured.",
)

SPEED_LAG = Number("simulated_speed_lag_s", 2.5, "s", PROPOSED)
HEART_LAG = Number("simulated_heart_rate_lag_s", 32.0, "s", PROPOSED)
HEART_DRIFT = Number("simulated_heart_rate_drift_bpm_per_min", 0.12, "min⁻²", PROPOSED)
FORWARD_RUN_CADENCE = Number("simulated_forward_run_cadence_spm", 168.0, "min⁻¹", PROPOSED)
RUN_CADENCE_SLOPE = Number("simulated_run_cadence_per_speed_spm_per_mps", 9.0, "min⁻¹ per m s⁻¹", PROPOSED)
FORWARD_WALK_CADENCE = Number("simulated_forward_walk_cadence_spm", 112.0, "min⁻¹", PROPOSED)
WALK_CADENCE_SLOPE = Number("simulated_walk_cadence_per_speed_spm_per_mps", 32.0, "min⁻¹ per m s⁻¹", PROPOSED)
BACKWARD_CADENCE_RATIO = Number(
    "backward_cadence_ratio",
    1.11,
    "1",
    Evidence(
        "leg_muscles_lab.cadence",
        "At equal speed the steps of backward running came 1.11 times as often as those of forward running.",
        LEG_MUSCLES_LAB,
        Standing.SINGLE_STUDY,
        Tag.READ,
    ),
    low=1.08,
    high=1.11,
)
BACKWARD_COST_RATIO = Number(
    "simulated_backward_cost_ratio",
    1.35,
    "1",
    WRIGHT_COST,
    low=1.29,
    high=1.41,
)
FORWARD_RUN_UPTAKE = Number(
    "forward_run_uptake_per_speed_ml_per_kg_min",
    3.163,
    "ml kg⁻¹ min⁻¹ per km/h",
    LEGER_LEVEL,
)
FORWARD_WALK_UPTAKE = Number(
    "forward_walk_uptake_per_speed_ml_per_kg_min",
    6.0,
    "ml kg⁻¹ min⁻¹ per m/s",
    ACSM_WALK,
)
RESTING_UPTAKE_ML_PER_KG_MIN = 3.5  # one MET: the intercept of the ACSM equations
UPHILL_FACTOR = 4.5  # share of the level cost that one unit of grade adds; near Minetti's slope at 0 (19.5 / 3.6)


@dataclass(frozen=True, slots=True)
class Body:
    """The constants of one simulated person."""

    resting_heart_rate_bpm: float
    maximal_heart_rate_bpm: float
    maximal_uptake_ml_per_kg_min: float
    mass_kg: float
    height_m: float


def speed_of(
    wanted_mps: FloatArray, changes: FloatArray, timer_moves: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Follow a wanted speed with a lag, slow down for every change of direction, and waver a little.

    All arrays have shape (n,), one per second; ``changes`` is 1 where the body turns round.
    """
    waver = correlated_noise(len(wanted_mps), 0.045, 12.0, rng)
    speed_mps = np.empty(len(wanted_mps))
    now_mps = 0.0
    for second, (wanted, turning) in enumerate(zip(wanted_mps.tolist(), changes.tolist(), strict=True)):
        target = min(wanted, 0.7) if turning else wanted
        now_mps += (target - now_mps) / SPEED_LAG.value
        speed_mps[second] = now_mps
    speed_mps = speed_mps * (1.0 + waver) * timer_moves
    return np.where(speed_mps < 0.08, 0.0, speed_mps)


def cadence_of(pieces_at: list[Piece], speed_mps: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return steps per minute, 0 while standing."""
    run = np.array([piece.gait is Gait.RUN for piece in pieces_at])
    back = np.array([piece.direction is Direction.BACKWARD for piece in pieces_at])
    running = FORWARD_RUN_CADENCE.value + RUN_CADENCE_SLOPE.value * (speed_mps - 3.0)
    walking = FORWARD_WALK_CADENCE.value + WALK_CADENCE_SLOPE.value * (speed_mps - 1.35)
    cadence = np.where(run, running, walking) * np.where(back, BACKWARD_CADENCE_RATIO.value, 1.0)
    cadence = cadence + rng.normal(0.0, 1.4, len(speed_mps))
    return np.where(speed_mps < 0.3, 0.0, np.round(cadence))


def uptake_of(pieces_at: list[Piece], speed_mps: FloatArray, grade_ratio: FloatArray) -> FloatArray:
    """Return the oxygen uptake the simulated body needs at each second."""
    run = np.array([piece.gait is Gait.RUN for piece in pieces_at])
    back = np.array([piece.direction is Direction.BACKWARD for piece in pieces_at])
    net = np.where(run, FORWARD_RUN_UPTAKE.value * KMH_PER_MPS, FORWARD_WALK_UPTAKE.value) * speed_mps
    net = net * np.where(back, BACKWARD_COST_RATIO.value, 1.0) * np.clip(1.0 + UPHILL_FACTOR * grade_ratio, 0.6, 2.0)
    return RESTING_UPTAKE_ML_PER_KG_MIN + net


def heart_rate_of(uptake_ml_per_kg_min: FloatArray, body: Body, rng: np.random.Generator) -> FloatArray:
    """Return the heart rate: its share of the reserve follows that of the uptake, with a lag and a drift."""
    reserve = body.maximal_uptake_ml_per_kg_min - RESTING_UPTAKE_ML_PER_KG_MIN
    share = np.clip((uptake_ml_per_kg_min - RESTING_UPTAKE_ML_PER_KG_MIN) / reserve, 0.0, 1.0)
    heart_reserve = body.maximal_heart_rate_bpm - body.resting_heart_rate_bpm
    target = body.resting_heart_rate_bpm + 12.0 + share * (heart_reserve - 12.0)
    rate = np.empty(len(target))
    now = body.resting_heart_rate_bpm + 22.0
    for second, wanted in enumerate(target.tolist()):
        now += (wanted - now) / HEART_LAG.value
        rate[second] = now
    minutes = np.arange(len(target)) / 60.0
    rate = rate + HEART_DRIFT.value * minutes + correlated_noise(len(target), 1.2, 15.0, rng)
    return np.clip(np.round(rate), 40.0, body.maximal_heart_rate_bpm)


def correlated_noise(n: int, spread: float, memory_s: float, rng: np.random.Generator) -> FloatArray:
    """Return noise of shape (n,) and standard deviation `spread` that forgets itself over `memory_s`."""
    keep = float(np.exp(-1.0 / memory_s))
    kicks = rng.normal(0.0, spread * np.sqrt(1.0 - keep**2), n)
    noise = np.empty(n)
    now = rng.normal(0.0, spread)
    for second, kick in enumerate(kicks.tolist()):
        now = keep * now + kick
        noise[second] = now
    return noise
