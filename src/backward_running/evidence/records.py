"""Records of running backward: dated rows with their standing, never constants.

All rows are shown, those that contradict each other too. *Official* is a record body's own page, *unofficial* was
measured and not ratified as far as was seen, *secondary* is the press or a runner's own page.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from backward_running.core.constants import METRES_PER_MILE
from backward_running.core.standing import Tag


class RecordStanding(enum.Enum):
    """Who says so."""

    OFFICIAL = "official"
    UNOFFICIAL = "unofficial"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Record:
    """One mark as it was reported."""

    event: str
    sex: str
    mark: str  #: as it was reported
    who: str
    when: str
    standing: RecordStanding
    tag: Tag
    note: str = ""

    @property
    def length_m(self) -> float:
        """Return the length of its event."""
        return LENGTH_M[self.event]

    @property
    def time_s(self) -> float | None:
        """Return the mark in seconds; None where reports give two.

        >>> RECORDS[0].time_s, RECORDS[2].time_s
        (13.6, 354.25)
        """
        parts = self.mark.removesuffix(" s").split(":")
        if not all(part.replace(".", "", 1).isdigit() for part in parts):
            return None
        return sum(float(part) * 60.0**place for place, part in enumerate(reversed(parts)))


#: Event → its length.
LENGTH_M: Final = {
    "100 m": 100.0,
    "200 m": 200.0,
    "mile": METRES_PER_MILE,
    "3,000 m": 3000.0,
    "10 km road": 10_000.0,
    "10,000 m": 10_000.0,
    "half marathon": 21_097.5,
    "marathon": 42_195.0,
    "100 km": 100_000.0,
}
_MEN, _WOMEN = "men", "women"
_OFFICIAL, _UNOFFICIAL, _SECONDARY = RecordStanding
_READ, _MEMORY = Tag.READ, Tag.MEMORY
_WORLDS = "World championship"

RECORDS: Final = (
    Record("100 m", _MEN, "13.6 s", "Adoboe (GHA)", "1991", _OFFICIAL, _READ, "Doubted as a converted 100 yards."),
    Record("200 m", _MEN, "30.57 s", "Winterscheid (GER)", "July 2016, Essen", _SECONDARY, _MEMORY, _WORLDS),
    Record("mile", _MEN, "5:54.25", "Yoder (USA)", "23 November 2015", _OFFICIAL, _READ),
    Record("mile", _MEN, "5:53", "Kelly (USA)", "19 October 2019", _UNOFFICIAL, _MEMORY),
    Record("mile", _MEN, "5:46.59", "Dold (GER)", "before 2016", _UNOFFICIAL, _MEMORY),
    Record("mile", _MEN, "5:30", "Yoder (USA)", "4 September 2020", _UNOFFICIAL, _MEMORY, "On a straight road."),
    Record("3,000 m", _MEN, "11:00.56", "Dold (GER)", "13 July 2018, Bologna", _SECONDARY, _MEMORY, _WORLDS),
    Record(
        "10 km road", _MEN, "39:20", "Dold (GER)", "26 April 2015, Dresden", _OFFICIAL, _READ, "German record body."
    ),
    Record("10,000 m", _MEN, "38:50.01", "Dold (GER)", "15 July 2016, Essen", _SECONDARY, _MEMORY, _WORLDS),
    Record("10,000 m", _MEN, "41:26.13", "Aretz (GER)", "2010", _SECONDARY, _MEMORY),
    Record("half marathon", _MEN, "1:40:29", "Aretz (GER)", "28 November 2009", _OFFICIAL, _READ),
    Record("half marathon", _MEN, "1:35:49", "Aretz (GER)", "2011", _SECONDARY, _MEMORY),
    Record("half marathon", _WOMEN, "2:16:03", "Gaston-Hird (GBR)", "October 2019, Manchester", _SECONDARY, _MEMORY),
    Record("half marathon", _WOMEN, "2:19:45", "Galloway", "earlier", _SECONDARY, _MEMORY),
    Record("marathon", _MEN, "3:43:39", "Xu (CHN)", "17 October 2004", _OFFICIAL, _READ),
    Record("marathon", _MEN, "3:42:41", "Aretz (GER)", "2010", _UNOFFICIAL, _MEMORY),
    Record("marathon", _MEN, "3:38:27", "Jürgens (GER)", "9 April 2017", _UNOFFICIAL, _MEMORY),
    Record("marathon", _MEN, "3:41:52", "Fitzgerald", "2024", _UNOFFICIAL, _MEMORY),
    Record(
        "marathon",
        _MEN,
        "3:25:24 or 3:25:34",
        "de Lustrac (FRA)",
        "23 April 2023, Saint-Paul-lès-Romans",
        _SECONDARY,
        _MEMORY,
        "Sent to Guinness; what came of it was not seen. Reports differ.",
    ),
    Record(
        "marathon",
        _WOMEN,
        "4:26:06",
        "Clewley (CAN)",
        "5 November 2017, Hamilton",
        _OFFICIAL,
        _READ,
        "Book of Alternative Records.",
    ),
    Record("100 km", _MEN, "12:20:37", "Jürgens (GER)", "not seen", _SECONDARY, _MEMORY),
)
