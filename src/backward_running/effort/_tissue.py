"""What a tissue file declares, and what all of them share: the speeds at which anybody ran backward in a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from backward_running.core.standing import Standing, Tag
from backward_running.core.tissue import Confidence
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies import this_project

_SPEEDS = Evidence(
    "this_project.tissue_speeds",
    "The factors of calf, forefoot, quadriceps and hamstring are proposed for 1.7 to 3.5 m/s, the speeds at which most "
    "studies of backward running were done; outside they are kept, and said to be outside.",
    this_project.STUDY,
    Standing.OPINION,
    Tag.PROPOSED,
)
SLOWEST: Final = Number("tissue_slowest_mps", 1.7, "m s⁻¹", _SPEEDS)
FASTEST: Final = Number("tissue_fastest_mps", 3.5, "m s⁻¹", _SPEEDS)
VALID: Final = {"speed_mps": (SLOWEST.value, FASTEST.value)}


@dataclass(frozen=True, slots=True)
class Tissue:
    """A tissue, the model of its factor, and how sure that is."""

    key: str  #: "knee"
    title: str
    means: str  #: what is multiplied, in a few words
    model: Model
    confidence: Confidence
    ordinal: int  #: where it stands in a table
    downhill: str | None = None  #: why nothing is said downhill; None where the factor is kept, with a caveat


def proposed(key: str, says: str) -> Evidence:
    """Return the evidence of a factor that this project proposes."""
    return Evidence(f"this_project.{key}", says, this_project.STUDY, Standing.OPINION, Tag.PROPOSED)


def steady(factor: Number, speed_mps: Numbers) -> Any:
    """Return a factor that does not depend on speed; a missing speed (NaN) stays missing."""
    speed = np.asarray(speed_mps, dtype=float)
    return np.where(np.isnan(speed), np.nan, factor.value)
