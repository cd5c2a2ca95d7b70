"""The lines of fitness, fatigue and form: one picture for each direction, each with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.apps.web.drawing.scale import Scale, Tick, line
from backward_running.flows.load_views import Series

WIDTH, HEIGHT = 960.0, 170.0
TOP, BOTTOM = 12.0, 8.0
POINTS = 480
MOST_MONTHS = 8


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
    months: tuple[Tick, ...]  #: under the picture, in percent of its width


def picture(series: Series, days: Sequence[date], letter: str) -> Picture | None:
    """Draw one direction; None where nothing of it was run in these days."""
    known = [value for line in (series.fitness_au, series.fatigue_au) for value in line if value]
    if not known or len(days) < 2:
        return None
    every = max(1, -(-len(days) // POINTS))
    high = max(known)
    low = min([0.0, *(value for value in series.form_au if value is not None)])
    x, y = Scale(0.0, len(days) - 1.0, 0.0, WIDTH), Scale(low, high, HEIGHT - BOTTOM, TOP)

    def drawn(values: Sequence[float | None]) -> str:
        return line((x(at), None if value is None else y(value)) for at, value in _thin(values, every))

    return Picture(
        letter,
        drawn(series.fitness_au),
        drawn(series.fatigue_au),
        drawn(series.form_au),
        y(0.0),
        y(high),
        f"{high:.0f}",
        _months(days),
    )


def _thin(values: Sequence[float | None], every: int) -> list[tuple[int, float | None]]:
    """Keep every n-th day, and today."""
    last = len(values) - 1
    return [(at, value) for at, value in enumerate(values) if (last - at) % every == 0]


def _months(days: Sequence[date]) -> tuple[Tick, ...]:
    """Name the first of each month; of a long time only so many, or the years."""
    firsts = [at for at, day in enumerate(days) if day.day == 1]
    years = len(firsts) > 30
    if years:
        firsts = [at for at in firsts if days[at].month == 1]
    step = max(1, -(-len(firsts) // MOST_MONTHS))
    inside = [at for at in firsts[::step] if at < 0.95 * len(days)]
    return tuple(
        Tick(round(100 * at / (len(days) - 1), 2), f"{days[at]:%Y}" if years else f"{days[at]:%b}") for at in inside
    )
