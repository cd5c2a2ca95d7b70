"""What a programme wants from a session: its blocks, how they are done, and every limit on them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Evidence
from backward_running.plans._block import Block
from backward_running.plans._roles import PLAIN, Role


@dataclass(frozen=True, slots=True)
class Setting:
    """How the sessions of a programme's row are done, apart from their blocks."""

    supervised: bool = False  #: a trained person is beside for the whole session
    belt_only: bool = False  #: on a treadmill and nowhere else
    harness: bool = False  #: held by a harness over the belt
    held: bool = False  #: a rail or a person is held the whole time
    warm_up_gait: Gait = Gait.RUN
    forward_after_s: float = 0.0  #: easy forward running after the blocks, so that a session replaces an easy run
    replaces: bool = (
        False  #: the forward run after is what is left of a usual run, and the reasons say what is replaced
    )
    reasons: tuple[Reason, ...] = ()
    outdoors: tuple[Reason, ...] = ()  #: reasons that hold only where the session goes forward too
    advice: tuple[str, ...] = ()


#: Outdoors or on a belt, alone or with a spotter, warmed up by running.
USUAL = Setting()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a programme wants from a session, and every limit on it."""

    week: int  #: of the calendar
    stage: int  #: row of the programme
    on: date
    blocks: tuple[Block, ...]
    cap_mps: float
    cap_words: Reason
    growth_limit_s: float
    share_limit_s: float
    bout_limit_s: float | None
    warm_up_s: float
    cool_down_s: float
    uphill: bool
    dose_evidence: Evidence
    week_share_s: float = math.inf  #: its part of the week's share, whatever the seven days up to it have spent
    held: tuple[tuple[float, Reason], ...] = ()  #: further limits in seconds: a clinician's, one after a setback
    setting: Setting = USUAL
    role: Role = PLAIN
    bout_before_s: float | None = None  #: how long the bouts of the stage before were
    begins: bool = False  #: somebody of stage zero whose bouts are not a minute long yet: held on to, and walked

    @property
    def backward_s(self) -> float:
        """Backward seconds the programme wants."""
        return sum(block.backward_s for block in self.blocks)

    @property
    def limit_s(self) -> float:
        """Backward seconds the dose rules allow."""
        return min(self.growth_limit_s, self.share_limit_s, *(limit_s for limit_s, _ in self.held))
