"""The lines of fitness, fatigue and form: one picture for each direction, each with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.flows.load_views import Series

WIDTH, HEIGHT = 960.0, 170.0
TOP, BOTTOM = 12.0, 8.0
POINTS = 480
MOST_MARKS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A word under the picture, in percent of its width."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Three lines in the drawing's own units, and what they span."""

    letter: str
    fitness: str
    fatigue: str
    form: str
    zero_y: float
    top_y: float
    top: str  #: the highest value, printed
    marks: tuple[Mark, ...]


def picture(series: Series, days: Sequence[date], letter: str) -> Picture | None:
    """Draw one direction; None where nothing of it was run in these days."""
    known = [value for line in (series.fitness_au, series.fatigue_au) for value in line if value]
    if not known or len(days) < 2:
        return None
    every = max(1, -(-len(days) // POINTS))
    high = max(known)
    low = min([0.0, *(value for value in series.form_au if value is not None)])
    scale = (HEIGHT - TOP - BOTTOM) / (high - low)

    def y(value: float) -> float:
        return round(TOP + (high - value) * scale, 1)

    def line(values: Sequence[float | None]) -> str:
        return _path([(WIDTH * at / (len(days) - 1), None if v is None else y(v)) for at, v in _thin(values, every)])

    return Picture(
        letter,
        line(series.fitness_au),
        line(series.fatigue_au),
        line(series.form_au),
        y(0.0),
        y(high),
        f"{high:.0f}",
        _marks(days),
    )


def _thin(values: Sequence[float | None], every: int) -> list[tuple[int, float | None]]:
    """Keep every n-th day, and today."""
    last = len(values) - 1
    return [(at, value) for at, value in enumerate(values) if (last - at) % every == 0]


def _path(points: Sequence[tuple[float, float | None]]) -> str:
    """Join points; a missing one breaks the line.

    >>> _path([(0.0, 1.0), (1.0, None), (2.0, 3.0), (3.0, 4.0)])
    'M0,1M2,3L3,4'
    """
    parts, pen_up = [], True
    for x, y in points:
        if y is not None:
            parts.append(f"{'M' if pen_up else 'L'}{round(x, 1):g},{y:g}")
        pen_up = y is None
    return "".join(parts)


def _marks(days: Sequence[date]) -> tuple[Mark, ...]:
    """Name the first of each month; of a long time only so many, or the years."""
    firsts = [at for at, day in enumerate(days) if day.day == 1]
    years = len(firsts) > 30
    if years:
        firsts = [at for at in firsts if days[at].month == 1]
    step = max(1, -(-len(firsts) // MOST_MARKS))
    inside = [at for at in firsts[::step] if at < 0.95 * len(days)]
    return tuple(
        Mark(round(100 * at / (len(days) - 1), 2), f"{days[at]:%Y}" if years else f"{days[at]:%b}") for at in inside
    )
