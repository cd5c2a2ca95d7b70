"""What a screen gets of tissues and muscles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.core.direction import Gait
from backward_running.core.tissue import Change, ForwardSteps, TissueLoad


@dataclass(frozen=True, slots=True)
class MuscleView:
    """What is known of one muscle."""

    muscle: str
    where: str
    found: Mapping[Gait, tuple[Change, str, str | None]]  #: the change, what was found, and by whom


@dataclass(frozen=True, slots=True)
class TissuesView:
    """What the backward part did to each tissue, and which muscles work harder: a model, not a measurement."""

    loads: tuple[TissueLoad, ...]
    moving_s: float
    distance_m: float | None
    steps_count: float | None  #: backward steps
    forward: tuple[ForwardSteps, ...]  #: what they are set against, running first; empty where no own steps are known
    forward_steps_count: float | None  #: own forward steps over the same distance
    muscles: tuple[MuscleView, ...]
