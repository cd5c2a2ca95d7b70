"""Who runs, and how they feel. Unknown is None: there is never a default body."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from backward_running.core.adaptation import Ceilings
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES
from backward_running.core.screening import HEAD_STRIKE


class Sex(enum.Enum):
    """Asked only because the coefficients of some published equations differ by it."""

    FEMALE = "female"
    MALE = "male"


def within(name: str, value: float | None, label: str | None = None) -> None:
    """Raise a :class:`BadValue` where a known `value` lies outside the plausible range of `name`."""
    if value is None:
        return
    entry = NAMES[name]
    if not entry.lowest <= value <= entry.highest:
        unit = "" if entry.unit == "1" else f" {entry.unit}"
        raise BadValue(label or name, f"lie between {entry.lowest:g} and {entry.highest:g}{unit}", value)


@dataclass(frozen=True, slots=True)
class Athlete:
    """What is known of the runner. All of it may be None."""

    name: str | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    mass_kg: float | None = None
    height_m: float | None = None
    resting_heart_rate_bpm: float | None = None
    maximal_heart_rate_bpm: float | None = None
    maximal_oxygen_uptake_ml_per_kg_min: float | None = None  #: as measured or believed; most do not know it
    backward_experience_min: float | None = None
    simulated: bool = False
    ceilings: Ceilings | None = None  #: what a clinician allows at most
    beta_blocker: bool | None = None  #: then the heart rate does not tell the effort; None: not asked yet

    def __post_init__(self) -> None:
        for name in (
            "mass_kg",
            "height_m",
            "resting_heart_rate_bpm",
            "maximal_heart_rate_bpm",
            "maximal_oxygen_uptake_ml_per_kg_min",
            "backward_experience_min",
        ):
            within(name, getattr(self, name))
        if self.birth_year is not None and not 1900 <= self.birth_year <= 2100:
            raise BadValue("birth_year", "be a year such as 1988", self.birth_year)


class Moment(enum.Enum):
    """When a check-in speaks of."""

    DURING = "during"
    AFTER = "after"
    NEXT_MORNING = "next morning"
    DAY_1 = "24 h after"
    DAY_2 = "48 h after"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How the runner feels, said in their own words and numbers. Missing is None, never 0."""

    made_at: datetime
    moment: Moment = Moment.OTHER
    activity_id: str | None = None
    pain_nrs: Mapping[str, float] = field(default_factory=dict)  #: body site → 0…10
    calf_soreness_nrs: float | None = None
    perceived_exertion_cr10: float | None = None
    mass_kg: float | None = None
    sleep_s: float | None = None
    fell: bool | None = None
    red_flags: tuple[str, ...] = ()  #: keys of red flags that were ticked
    note: str | None = None
    concussion_signs: bool | None = None  #: after a fall, told here or before; yes is the red flag of a head strike
    broke_off: bool | None = None  #: the session was broken off because of a symptom
    supervised_by: str | None = None  #: who stayed beside the runner for that whole session, by name
    on: date | None = None  #: the day it speaks of, where that is not the one on which it was told

    @property
    def is_telling(self) -> bool:
        """Whether it tells anything that a rule reads.

        How hard a session felt, what somebody weighs or how they slept is told every day, and no rule asks for it: ten
        years of that are not looked through by each of them.
        """
        return bool(
            self.pain_nrs
            or self.calf_soreness_nrs is not None
            or self.fell is not None
            or self.red_flags
            or self.concussion_signs is not None
            or self.broke_off is not None
            or self.supervised_by
        )

    def __post_init__(self) -> None:
        if self.concussion_signs and HEAD_STRIKE not in self.red_flags:
            object.__setattr__(self, "red_flags", (*self.red_flags, HEAD_STRIKE))
        if self.made_at.tzinfo is None:
            raise BadValue("made_at", "carry a time zone", self.made_at.isoformat())
        if self.on is not None and self.on > self.made_at.date():
            raise BadValue("on", f"not lie after the day it is told, {self.made_at.date()}", self.on)
        for site, pain in self.pain_nrs.items():
            within("pain_nrs", pain, f"pain_nrs[{site}]")
        within("soreness_nrs", self.calf_soreness_nrs, "calf_soreness_nrs")
        within("perceived_exertion_cr10", self.perceived_exertion_cr10)
        within("mass_kg", self.mass_kg)
