"""What came of it over time, in words and in the runner's units: firsts, years, and own bests beside reported marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backward_running.apps.words.units import DASH, GAP, Units, clock, minutes
from backward_running.core.counting import counted
from backward_running.core.direction import Direction

PAINFUL = (
    "Days with pain over its limit, a fall, a session broken off or a warning sign are in every sum, and in no best "
    "and no first. There is no count of days in a row here either: the best day to miss is the one on which it hurts."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One reported mark, as a row beside own bests has it."""

    mark: str
    pace: str
    who: str
    when: str
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One length: own bests, and what was reported of running it backward."""

    name: str
    backward: str
    forward: str
    backward_id: str | None
    forward_id: str | None
    marks: tuple[Mark, ...]

    @property
    def is_own(self) -> bool:
        """Whether there is a best of one's own, either way."""
        return self.backward_id is not None or self.forward_id is not None


def beside(told: Any, units: Units) -> tuple[Beside, ...]:
    """Put own bests beside reported marks, the shortest length first. A length that nobody ran is a dash."""
    own = {(best.effort.direction, best.effort.length_m): best for best in told.bests if best.effort.length_m}
    lengths = {record.length_m for record in told.records} | {length_m for _, length_m in own}
    return tuple(
        _beside(length_m, [record for record in told.records if record.length_m == length_m], own, units)
        for length_m in sorted(lengths)
    )


def _beside(length_m: float, records: Any, own: Any, units: Units) -> Beside:
    backward, forward = (own.get((way, length_m)) for way in (Direction.BACKWARD, Direction.FORWARD))
    name = " or ".join(dict.fromkeys(record.event for record in records)) or f"{length_m:,.0f}{GAP}m"
    marks = tuple(
        Mark(
            f"{record.mark}, {record.sex}",
            str(units.pace(record.length_m / record.time_s)) if record.time_s else "",
            record.who,
            record.when,
            record.standing.value,
            record.note,
        )
        for record in records
    )
    return Beside(
        name,
        _time(backward, units),
        _time(forward, units),
        backward.activity_id if backward else None,
        forward.activity_id if forward else None,
        marks,
    )


def _time(best: Any, units: Units) -> str:
    if best is None or not best.effort.speed_mps:
        return DASH
    return f"{clock(best.effort.length_m / best.effort.speed_mps)} ({units.pace(best.effort.speed_mps)})"


def first(each: Any, units: Units) -> str:
    """Name a first.

    >>> from types import SimpleNamespace as Of
    >>> first(Of(key="day", amount=0.0), Units()), first(Of(key="total", amount=1000.0), Units()).replace(GAP, " ")
    ('First day backward', '1.00 km backward in all')
    """
    return {
        "day": "First day backward",
        "total": f"{units.distance(each.amount)} backward in all",
        "time": f"{counted(round(each.amount / 3600.0), 'hour')} backward in all",
        "stretch": f"First stretch of {minutes(each.amount)} without a stop or a turn",
        "hill": f"First hill: {units.altitude(each.amount)} up in one stretch",
    }[each.key]


def years(told: Any, units: Units) -> list[tuple[str, ...]]:
    """Return a row for each year: the year, days, time and way backward, forward, share; then the same so far."""
    return [
        (
            str(year.whole.starts_on.year),
            f"{year.whole.backward_days}",
            hours(year.whole.backward_s),
            str(units.distance(year.whole.backward_m)),
            hours(year.whole.forward_s),
            share(year.whole.backward_share),
            hours(year.so_far.backward_s),
        )
        for year in told.years
    ]


def hours(seconds: float) -> str:
    """Print a long time.

    >>> hours(900).replace(GAP, " "), hours(36_000).replace(GAP, " ")
    ('15 min', '10.0 h')
    """
    return str(minutes(seconds)) if seconds < 3600.0 else f"{seconds / 3600.0:.1f}{GAP}h"


def share(ratio: float | None) -> str:
    """Print a share in percent.

    >>> share(0.125).replace(GAP, " "), share(None)
    ('12 %', '–')
    """
    return DASH if ratio is None else f"{100 * ratio:.0f}{GAP}%"


def painful(count: int) -> str:
    """Say how many days are in no list.

    >>> painful(1)
    '1 day with running was left out of them.'
    """
    return f"{counted(count, 'day')} with running {'was' if count == 1 else 'were'} left out of them." if count else ""
