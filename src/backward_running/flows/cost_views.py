"""What the screens of cost get: everything computed, nothing formatted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Estimate, NotKnown
from backward_running.effort.interval_of_people import SAID as INTERVAL_SAID
from backward_running.flows.views import EvidenceBadge


@dataclass(frozen=True, slots=True)
class Asked:
    """What the calculator is asked."""

    speed_mps: float
    grade_ratio: float
    direction: Direction
    mass_kg: float | None

    @property
    def is_whole(self) -> bool:
        """Whether neither speed nor grade is missing."""
        return not (math.isnan(self.speed_mps) or math.isnan(self.grade_ratio))


@dataclass(frozen=True, slots=True)
class Way:
    """One direction at the asked speed and slope."""

    direction: Direction
    gait: Gait | None
    oxygen_uptake: Estimate | NotKnown
    cost: Estimate | NotKnown  #: per metre
    power: Estimate | NotKnown
    heart_rate: Estimate | NotKnown
    grade_adjusted_speed: Estimate | NotKnown


@dataclass(frozen=True, slots=True)
class Curve:
    """One direction over speed or grade. None marks what is not known."""

    direction: Direction
    at: tuple[float, ...]  #: m/s, or rise over run
    low: tuple[float | None, ...]  #: gross oxygen uptake
    best: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One published measurement: level, gross oxygen uptake, with where 80 % of its people lie."""

    words: str
    direction: Direction
    speed_mps: float
    oxygen_uptake_ml_per_kg_min: float
    low_ml_per_kg_min: float
    high_ml_per_kg_min: float


@dataclass(frozen=True, slots=True)
class Calculation:
    """All that the calculator shows."""

    asked: Asked
    forward: Way
    backward: Way
    ratio: Estimate | NotKnown  #: backward over forward at the same speed
    heart_rate_ratio: Estimate  #: backward over forward at the same speed, as it was measured
    equal_effort_speed: Estimate | NotKnown  #: in the other direction
    over_speed: tuple[Curve, ...]
    over_grade: tuple[Curve, ...]
    dots: tuple[Dot, ...]
    badges: Mapping[str, EvidenceBadge]
    factor: Estimate  #: of running, rest left out: what it is priced with, whatever the gait at this speed
    own_recordings: int  #: of the runner's own factor, 0 where the population's is used
    simulated: bool  #: what is known of the runner comes from the demo runner's recordings
    interval: str = INTERVAL_SAID  #: whose spread every interval here holds


@dataclass(frozen=True, slots=True)
class FactorSeen:
    """What one recording shows of the runner's own factor."""

    activity_id: str
    title: str
    forward_s: float
    backward_s: float
    ratio: float
    low: float
    high: float
    counted_ratio: float


@dataclass(frozen=True, slots=True)
class Density:
    """A belief as it is drawn: how likely each ratio is."""

    ratio: tuple[float, ...]
    prior: tuple[float, ...]
    posterior: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class YourFactor:
    """Prior, data and posterior of the runner's own factor."""

    prior: Estimate
    posterior: Estimate
    seen: tuple[FactorSeen, ...]  #: oldest first
    density: Density
    enough: bool
    wanted: int  #: how many recordings are enough
    why_none: str | None
    simulated: bool
    maximal_oxygen_uptake: Estimate | NotKnown  #: read off the runner's own forward heart rate
    badges: Mapping[str, EvidenceBadge]

    @property
    def in_use(self) -> Estimate:
        """The factor that running backward is priced with."""
        return self.posterior if self.enough else self.prior
