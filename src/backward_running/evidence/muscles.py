"""Which muscles work harder backward, and which do not: what was found of each, and where nothing was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backward_running.core.direction import Gait
from backward_running.core.tissue import Change
from backward_running.evidence.base import Evidence
from backward_running.evidence.studies import (
    backward_excursion,
    detweiler2007,
    landing_from_memory,
    leg_muscles_lab,
    sterzing2016,
    trunk_muscles,
)


@dataclass(frozen=True, slots=True)
class MuscleFinding:
    """What is known of how hard one muscle works backward, against forward at the same speed."""

    muscle: str
    where: str  #: in plain words
    gait: Gait
    change: Change
    says: str  #: for the runner
    evidence: Evidence | None  #: None where nobody was found who measured it

    @property
    def key(self) -> str:
        """The muscle and the gait."""
        return f"{self.muscle.lower().replace(' ', '_')}.{self.gait.value}"


FRONT_OF_THIGH: Final = ("Rectus femoris", "front of the thigh")
REST_OF_FRONT: Final = ("Vasti", "front of the thigh, beneath")
BACK_OF_THIGH: Final = ("Hamstrings", "back of the thigh")
CALF: Final = ("Calf", "gastrocnemius and soleus")
SHIN: Final = ("Tibialis anterior", "front of the shin")
BUTTOCK: Final = ("Gluteus maximus", "buttock")
BACK: Final = ("Back extensors", "along the spine")
UNREAD: Final = "A study of nine leg muscles in 19 runners exists; what it found was not in the part that was read."
NOBODY: Final = "Nothing was found in what was read."

MUSCLES: Final = (
    MuscleFinding(
        *FRONT_OF_THIGH,
        Gait.RUN,
        Change.MORE,
        "Its activity about doubles at the same speed: 113.5 % more, in 13 people.",
        leg_muscles_lab.MUSCLES,
    ),
    MuscleFinding(
        *FRONT_OF_THIGH,
        Gait.WALK,
        Change.MORE,
        "More active at the same speed, in 19 people.",
        detweiler2007.MUSCLES,
    ),
    MuscleFinding(*REST_OF_FRONT, Gait.RUN, Change.NOT_KNOWN, UNREAD, sterzing2016.MEASURED),
    MuscleFinding(*REST_OF_FRONT, Gait.WALK, Change.NOT_KNOWN, NOBODY, None),
    MuscleFinding(
        *BACK_OF_THIGH,
        Gait.RUN,
        Change.NOT_KNOWN,
        "They are stretched less far; how hard they work was not in what was read.",
        backward_excursion.EXCURSION,
    ),
    MuscleFinding(
        *BACK_OF_THIGH,
        Gait.WALK,
        Change.NOT_KNOWN,
        "The biceps femoris was measured in 19 people, and no difference is stated: that is not the same as none.",
        detweiler2007.MUSCLES,
    ),
    MuscleFinding(
        *CALF,
        Gait.RUN,
        Change.NOT_KNOWN,
        "It takes over much of the landing; how much harder it works was not in what was read.",
        landing_from_memory.CALF,
    ),
    MuscleFinding(
        *CALF,
        Gait.WALK,
        Change.LESS,
        "Its inner head is less active at the same speed on the level, in 19 people. Downhill it brakes and gets sore.",
        detweiler2007.MUSCLES,
    ),
    MuscleFinding(*SHIN, Gait.RUN, Change.NOT_KNOWN, UNREAD, sterzing2016.MEASURED),
    MuscleFinding(*SHIN, Gait.WALK, Change.MORE, "More active at the same speed, in 19 people.", detweiler2007.MUSCLES),
    MuscleFinding(*BUTTOCK, Gait.RUN, Change.NOT_KNOWN, NOBODY, None),
    MuscleFinding(*BUTTOCK, Gait.WALK, Change.NOT_KNOWN, NOBODY, None),
    MuscleFinding(*BACK, Gait.RUN, Change.NOT_KNOWN, "Measured in walking only.", None),
    MuscleFinding(
        *BACK, Gait.WALK, Change.MORE, "More active than walking forward, in 42 people.", trunk_muscles.TRUNK
    ),
)
