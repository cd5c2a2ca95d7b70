"""Units at the doors: SI in, the runner's words out, and back again.

Inside the program everything is SI. Metric and imperial, minutes per kilometre, pounds and kilocalories exist only
here. A missing value is shown as a dash, never as 0.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import NamedTuple

from backward_running.core.constants import (
    KILOGRAMS_PER_POUND,
    METRES_PER_FOOT,
    METRES_PER_INCH,
    METRES_PER_MILE,
    METRES_PER_YARD,
)
from backward_running.core.errors import BadValue
from backward_running.core.plan import Reason

GAP = "\u00a0"  #: no-break space: a number and its unit stay together (Inter draws the narrow one too tight)
DASH = "–"
LIGHT_KG, HEAVY_KG = 40.0, 140.0  #: a bare number outside may be the other unit, and is asked about
SLOWEST_PACE_S_PER_KM = 3600.0  #: slower than this is standing about, and no pace


class Printed(NamedTuple):
    """A number as it is printed at both doors. Of what is not known the value is a dash, and ``why`` may say why.

    >>> str(Printed("150", "bpm", "142–158")).replace(GAP, " "), str(Printed(DASH, why="It was dark."))
    ('150 bpm (142–158)', 'not known: It was dark.')
    """

    value: str
    unit: str = ""
    interval: str = ""
    why: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.value != DASH

    @property
    def bare(self) -> str:
        """Value and interval without the unit, as a table has them under a head that names it."""
        return f"{self.value} ({self.interval})" if self.interval else self.value

    def __str__(self) -> str:
        if self.why:
            return f"not known: {self.why}"
        words = f"{self.value}{GAP}{self.unit}" if self.unit else self.value
        return f"{words} ({self.interval})" if self.interval else words


UNKNOWN = Printed(DASH)
_MASS = re.compile(r"(.*?)\s*(kg|lbs?)?", re.DOTALL)


def clock(seconds: float | None) -> str:
    """Print a duration.

    >>> clock(365), clock(3725), clock(None)
    ('6:05', '1:02:05', '–')
    """
    if seconds is None or not math.isfinite(seconds):
        return DASH
    whole = round(seconds)
    sign, whole = ("−" if whole < 0 else ""), abs(whole)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02d}:{second:02d}" if hours else f"{sign}{minutes}:{second:02d}"


def minutes(seconds: float | None) -> Printed:
    """Print a duration in whole minutes, as plans speak of it.

    >>> str(minutes(1500)) == "25" + GAP + "min"
    True
    """
    if seconds is None or not math.isfinite(seconds):
        return UNKNOWN
    if 0 < seconds < 60:
        return Printed(f"{seconds:.0f}", "s")
    value = seconds / 60
    return Printed(f"{value:.0f}" if value >= 20 or abs(value - round(value)) < 0.05 else f"{value:.1f}", "min")


def span(low: str, high: str) -> str:
    """Print an interval with an en dash.

    >>> span("58", "76")
    '58–76'
    """
    return f"{low}–{high}"


def percent_change(ratio: float | None) -> Printed:
    """Print a ratio as a change.

    >>> percent_change(1.29).value, percent_change(0.97).value
    ('+29', '−3')
    """
    if ratio is None or not math.isfinite(ratio):
        return UNKNOWN
    change = round((ratio - 1) * 100)
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return Printed(f"{sign}{abs(change)}", "%")


def whole(value: float | None, unit: str = "") -> Printed:
    """Print a number without decimals.

    >>> whole(157.4, "bpm").value, whole(None, "bpm").value
    ('157', '–')
    """
    return Printed(f"{value:,.0f}".replace(",", GAP), unit) if value is not None and math.isfinite(value) else UNKNOWN


def share(value: float | None) -> str:
    """Print a probability with two digits.

    >>> share(0.986), share(None)
    ('0.99', '–')
    """
    return f"{min(value, 0.99):.2f}" if value is not None and math.isfinite(value) else DASH


def grade(ratio: float | None) -> Printed:
    """Print a grade.

    >>> grade(0.031).value
    '3.1'
    """
    return (
        Printed(f"{ratio * 100:.1f}".replace("-", "−"), "%") if ratio is not None and math.isfinite(ratio) else UNKNOWN
    )


@dataclass(frozen=True, slots=True)
class Units:
    """A system of units: ``metric``, ``imperial``, or ``mixed``: miles on the road, metres on the track, kilograms.

    >>> Units("metric").pace(1000 / 344).value, Units("imperial").pace(1000 / 344).value
    ('5:44', '9:14')
    """

    system: str = "metric"

    def __post_init__(self) -> None:
        if self.system not in ("metric", "imperial", "mixed"):
            raise BadValue("units", "be metric, imperial or mixed", self.system)

    @property
    def miles(self) -> bool:
        """Whether long distances and paces are in miles."""
        return self.system != "metric"

    @property
    def imperial(self) -> bool:
        """Whether yards, feet and pounds are shown, too."""
        return self.system == "imperial"

    @property
    def long_m(self) -> float:
        """Metres in the long unit of distance."""
        return METRES_PER_MILE if self.miles else 1000.0

    @property
    def long_unit(self) -> str:
        """Name of the long unit of distance."""
        return "mi" if self.miles else "km"

    @property
    def pace_unit(self) -> str:
        """Unit of pace, without the minutes."""
        return f"/{self.long_unit}"

    @property
    def mass_unit(self) -> str:
        """Unit of mass."""
        return "lb" if self.imperial else "kg"

    @property
    def height_unit(self) -> str:
        """Unit in which a body's height is asked."""
        return "in" if self.imperial else "cm"

    @property
    def altitude_unit(self) -> str:
        """Unit of ascent and altitude."""
        return "ft" if self.imperial else "m"

    def distance(self, metres: float | None) -> Printed:
        """Print a distance with two decimals."""
        if metres is None or not math.isfinite(metres):
            return UNKNOWN
        value = metres / self.long_m
        return Printed(f"{value:.2f}" if value < 100 else f"{value:.0f}", self.long_unit)

    def short_distance(self, metres: float | None) -> Printed:
        """Print a distance of a step: metres or yards, then the long unit."""
        if metres is None or not math.isfinite(metres):
            return UNKNOWN
        if metres >= self.long_m:
            return self.distance(metres)
        return Printed(f"{metres / METRES_PER_YARD:.0f}", "yd") if self.imperial else Printed(f"{metres:.0f}", "m")

    def pace(self, speed_mps: float | None) -> Printed:
        """Print a speed as a pace; a speed of next to nothing has none."""
        if speed_mps is None or not math.isfinite(speed_mps) or speed_mps * SLOWEST_PACE_S_PER_KM < 1000.0:
            return UNKNOWN
        return Printed(clock(self.long_m / speed_mps), self.pace_unit)

    @property
    def speed_unit(self) -> str:
        """Name the unit of a speed, where a pace would be clumsy: a walk, a treadmill."""
        return "mph" if self.miles else "km/h"

    def speed(self, speed_mps: float | None) -> Printed:
        """Print a speed.

        >>> str(Units("metric").speed(1.2)) == "4.3" + GAP + "km/h"
        True
        """
        if speed_mps is None or not math.isfinite(speed_mps):
            return UNKNOWN
        return Printed(f"{speed_mps * 3600 / self.long_m:.1f}", self.speed_unit)

    def speed_and_pace(self, speed_mps: float) -> str:
        """Write a speed as a treadmill shows it, and as a watch does.

        >>> Units("metric").speed_and_pace(1.2).replace(GAP, " ")
        '4.3 km/h (13:53 /km)'
        """
        return f"{self.speed(speed_mps)} ({self.pace(speed_mps)})"

    def say(self, reason: Reason) -> str:
        r"""Say a reason with its speeds in the runner's units: as a speed, and as a pace where it is no crawl.

        >>> Units("imperial").say(Reason("At most 2.00 m/s (7.2 km/h).", None, (("2.00 m/s (7.2 km/h)", 2.0),)))
        'At most 4.5\xa0mph (13:25\xa0/mi).'
        """
        text = reason.text
        for words, speed_mps in reason.speeds:
            text = text.replace(words, f"{self.speed(speed_mps)} ({self.pace(speed_mps)})")
        return text

    def altitude(self, metres: float | None) -> Printed:
        """Print an ascent or altitude."""
        return whole(metres / METRES_PER_FOOT if self.imperial and metres is not None else metres, self.altitude_unit)

    def mass(self, kilograms: float | None) -> Printed:
        """Print a body mass with one decimal."""
        if kilograms is None or not math.isfinite(kilograms):
            return UNKNOWN
        return Printed(f"{kilograms / KILOGRAMS_PER_POUND if self.imperial else kilograms:.1f}", self.mass_unit)

    def height(self, metres: float | None) -> Printed:
        """Print a body height."""
        if metres is None or not math.isfinite(metres):
            return UNKNOWN
        return Printed(f"{metres / METRES_PER_INCH:.1f}" if self.imperial else f"{metres * 100:.0f}", self.height_unit)

    def read_pace(self, typed: str) -> float:
        """Read ``m:ss`` per long unit, return metres per second.

        >>> round(Units("metric").read_pace("5:44"), 4)
        2.907
        >>> [round(1000 / Units("metric").read_pace(typed)) for typed in ("6.00", "6,00", "600", "6", "6'05")]
        [360, 360, 360, 360, 365]
        """
        seconds = read_clock(
            _as_clock(typed), name="pace", hint=f"Write minutes and seconds per {self.long_unit}, such as 6:30."
        )
        if not 90 <= seconds * 1000.0 / self.long_m <= SLOWEST_PACE_S_PER_KM:
            raise BadValue("pace", f"be minutes and seconds per {self.long_unit}, such as 6:30", typed)
        return self.long_m / seconds

    def read_mass(self, typed: str) -> float:
        """Read a body mass, return kilograms. A bare number that looks like the other unit is asked about.

        >>> Units("metric").read_mass("72,5"), round(Units("metric").read_mass("165 lb"), 1)
        (72.5, 74.8)
        >>> Units("metric").read_mass("165")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        backward_running.core.errors.BadValue: `body mass` must say its unit; got '165'. That is 165 kg: ...
        """
        matched = _MASS.fullmatch(typed.strip().lower())
        number, unit = matched.groups() if matched else (typed, None)
        value = read_number(number, name="body mass", hint=f"Write it in {self.mass_unit}.")
        imperial = unit != "kg" if unit else self.imperial
        mass_kg = value * KILOGRAMS_PER_POUND if imperial else value
        if not unit:
            self._ask_for_the_unit(typed, value, mass_kg)
        return mass_kg

    def _ask_for_the_unit(self, typed: str, value: float, mass_kg: float) -> None:
        """Raise where a bare number is a rare mass in this unit and a common one in the other."""
        if self.imperial and LIGHT_KG <= value <= HEAVY_KG and mass_kg < LIGHT_KG:
            other = "kilograms"
        elif not self.imperial and mass_kg > HEAVY_KG and LIGHT_KG <= value * KILOGRAMS_PER_POUND <= HEAVY_KG:
            other = "pounds"
        else:
            return
        mine, theirs = ("lb", "kg") if self.imperial else ("kg", "lb")
        raise BadValue(
            "body mass",
            "say its unit",
            typed,
            f"That is {value:g} {mine}: if you typed {other}, write {value:g} {theirs}; if it is right, write "
            f"{value:g} {mine}.",
        )

    def read_height(self, typed: str) -> float:
        """Read a body height, return metres. Centimetres or metres; in imperial 5'11" or inches.

        >>> round(Units("imperial").read_height("5'11"), 3), Units("metric").read_height("1,78")
        (1.803, 1.78)
        """
        if self.imperial:
            feet = re.fullmatch(r"""\s*(\d)\s*(?:'|ft|′)\s*(\d{1,2}(?:\.\d+)?)?\s*(?:"|in|″)?\s*""", typed)
            if feet:
                return int(feet[1]) * METRES_PER_FOOT + float(feet[2] or 0) * METRES_PER_INCH
            return read_number(typed, name="height", hint="Write 5'11\" or inches.") * METRES_PER_INCH
        value = read_number(typed, name="height", hint="Write it in centimetres.")
        return value if value < 3 else value / 100


def read_number(typed: str, *, name: str, hint: str = "") -> float:
    """Read a number as people write it: with a point or a comma.

    >>> read_number("72,5", name="body mass")
    72.5
    """
    text = typed.strip().replace(GAP, "").replace(" ", "").replace("−", "-")
    try:
        value = float(text.replace(",", "."))
    except ValueError as problem:
        raise BadValue(name, "be a number", typed, hint) from problem
    if not math.isfinite(value):
        raise BadValue(name, "be a number", typed, hint)
    return value


_LOOSE_PACE = re.compile(r"\s*(\d{1,2})(?:[.,' ]|′)?([0-5]\d)[\"″]?(\s*(?:min)?\s*/?\s*(?:km|mi))?\s*")
_BARE_MINUTES = re.compile(r"\s*(\d{1,2})(\s*(?:min)?\s*/?\s*(?:km|mi))?\s*")


def _as_clock(typed: str) -> str:
    """Write a pace with a colon, where people left it out or put something else."""
    if whole := _BARE_MINUTES.fullmatch(typed):
        return f"{whole[1]}:00{whole[2] or ''}"
    if loose := _LOOSE_PACE.fullmatch(typed):
        return f"{loose[1]}:{loose[2]}{loose[3] or ''}"
    return typed


def read_clock(typed: str, *, name: str = "time", hint: str = "Write minutes and seconds, such as 6:30.") -> float:
    """Read ``m:ss`` or ``h:mm:ss``, return seconds.

    >>> read_clock("6:05"), read_clock("1:02:05")
    (365.0, 3725.0)
    """
    found = re.fullmatch(r"\s*(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:\s*(?:min)?\s*/?\s*(?:km|mi))?\s*", typed)
    if not found or (found[1] is not None and int(found[2]) > 59):
        raise BadValue(name, "be minutes and seconds", typed, hint)
    return float(int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]))
