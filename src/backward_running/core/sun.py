"""When the sun of one day rises and sets at one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SunTimes:
    """The sun of one day at one place. None: it does not happen on this day, by day or by night."""

    dawn: datetime | None  #: civil
    sunrise: datetime | None
    sunset: datetime | None
    dusk: datetime | None  #: civil
