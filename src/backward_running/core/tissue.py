"""What running backward does to a tissue, in multiples of the runner's own forward running. Never newtons."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.core.direction import Gait
from backward_running.core.session import Estimate, NotKnown


class Basis(enum.Enum):
    """What one amount of load is set against."""

    STEP = "per_step"  #: one step backward against one step forward, at equal speed
    MINUTE = "per_minute"  #: against a minute of own forward running
    KILOMETRE = "per_kilometre"  #: against a kilometre of own forward running
    SESSION = "session"  #: the whole backward part, counted in own forward steps

    @property
    def words(self) -> str:
        """Say it.

        >>> Basis.STEP.words
        'per step'
        """
        return self.value.replace("_", " ")


class Change(enum.Enum):
    """What an interval says of a multiple."""

    MORE = "more"  #: the whole interval is above 1
    PROBABLY_MORE = "probably more"
    SAME = "about the same"
    PROBABLY_LESS = "probably less"
    LESS = "less"  #: the whole interval is below 1
    NOT_KNOWN = "not known"


class Confidence(enum.Enum):
    """How sure this project is of a factor that it proposes."""

    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


class KnownFrom(enum.Enum):
    """Where the forward steps come from that backward steps are set against."""

    THIS_RUN = "this run"
    OTHER_RUNS = "your other runs"
    STUDIES = "studies"


@dataclass(frozen=True, slots=True)
class ForwardSteps:
    """How this runner steps forward: what backward steps are set against. The interval is one of 80 %."""

    gait: Gait
    speed_mps: float
    cadence_spm: float
    cadence_low_spm: float
    cadence_high_spm: float
    known_from: KnownFrom

    def steps_in(self, distance_m: float) -> float:
        """Return how many steps forward a distance takes."""
        return self.cadence_spm / 60.0 * distance_m / self.speed_mps


@dataclass(frozen=True, slots=True)
class TissueLoad:
    """What the backward part of a session did to one tissue."""

    key: str  #: of the tissue: "knee"
    title: str
    means: str  #: what is multiplied, in a few words
    confidence: Confidence
    said: Mapping[Basis, Estimate | NotKnown]
    same_speed: Estimate | NotKnown  #: per minute or kilometre, against own forward running at the same speed
    changes: Mapping[Basis, Change]
