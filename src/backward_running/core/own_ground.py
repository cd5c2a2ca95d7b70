"""Straights that a runner ran: each pass as a row of numbers, and what many passes over one place come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.arrays import FloatArray
from backward_running.core.ground import Grade

#: Goes up when straights are looked for in another way: what was found before does not match any more.
RECIPE = "1"

#: What is known of a pass, column by column: its ends, when it was in the recording, how it rises from its first end
#: to its last (NaN: no height), how often its runner stopped on it, and how far they were off the line.
COLUMNS = (
    "from_longitude_deg", "from_latitude_deg", "to_longitude_deg", "to_latitude_deg",
    "begins_s", "ends_s", "grade_ratio", "stops", "off_m",
)  # fmt: skip
ENDS, BEGINS, GRADE, STOPS, OFF = slice(0, 4), 4, 6, 7, 8


@dataclass(frozen=True, slots=True, eq=False)
class RunStraights:
    """The straights of one run."""

    activity_id: str
    started_at: datetime
    utc_offset_s: int | None
    cells: FloatArray  #: shape (passes, 9), one column for each of COLUMNS


@dataclass(frozen=True, slots=True)
class OwnStretch:
    """A straight that its runner ran again and again. Of the ground itself nothing is known."""

    line: tuple[tuple[float, float], tuple[float, float]]  #: longitude and latitude; it rises from the first end
    length_m: float
    days: int
    passes: int
    last_on: date
    hours: tuple[int, int]  #: half of the passes began between these, on the clock of the place
    stopped_share: float  #: of the passes, those with a stop
    off_m: float  #: how far its runner was off the line, median; the error of the positions is in it
    grade: Grade | None
