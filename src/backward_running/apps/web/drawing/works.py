"""A promise drawn: readings, the curve with its band, what would have been without, and a forest plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from backward_running.apps.web.drawing.scale import Scale, Tick, band, line

LEFT, RIGHT, TOP, BOTTOM = 44.0, 472.0, 12.0, 214.0
MOST_MONTHS = 5
ROW, FOREST_LEFT, FOREST_RIGHT = 34.0, 12.0, 348.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A reading, in the drawing's own units."""

    x: float
    y: float
    counts: bool  #: False: it is left out


@dataclass(frozen=True, slots=True)
class Chart:
    """All of a promise's chart, in the drawing's own units."""

    dots: tuple[Dot, ...]
    curve: str
    area: str
    without: str
    without_area: str
    began_x: float | None
    run_in_x: tuple[float, float] | None
    levels: tuple[Tick, ...]
    months: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class ForestRow:
    """A row of the forest plot: a point, and an interval where there is one."""

    name: str
    y: float
    x: float
    low_x: float | None
    high_x: float | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """A forest plot: no change, and what matters to the better."""

    rows: tuple[ForestRow, ...]
    height: float
    none_x: float
    enough_x: float
    ticks: tuple[Tick, ...]


def chart(promise: Any, first_on: date | None, times: float = 1.0) -> Chart | None:
    """Draw a promise; None where there are fewer than two days of readings. `times` turns values into shown ones."""
    days = [reading.on.toordinal() for reading in promise.readings]
    values = [times * reading.value for reading in promise.readings]
    if len(set(days)) < 2:
        return None
    trend = promise.answer.trend
    curves = [] if trend is None else [trend.with_minutes, trend.without]
    reach = [times * float(end) for curve in curves for side in (curve.low, curve.high) for end in side]
    low, high = min([*values, *reach]), max([*values, *reach])
    room = 0.06 * (high - low) or 1.0
    x = Scale(min(days), max(days), LEFT, RIGHT)
    y = Scale(low - room, high + room, BOTTOM, TOP)
    out = {day for left in promise.answer.left_out for day in left.days}
    drawn = [_curve(curve, x, y, times) for curve in curves] or [("", "")] * 2
    return Chart(
        tuple(Dot(x(day), y(value), day not in out) for day, value in zip(days, values, strict=True)),
        *drawn[0],
        *drawn[1],
        _inside(first_on, x),
        _run_in(promise, x),
        _levels(y, promise.places),
        _months(x),
    )


def _curve(curve: Any, x: Scale, y: Scale, times: float) -> tuple[str, str]:
    def points(side: Sequence[float]) -> list[tuple[float, float]]:
        return [(x(day), y(times * value)) for day, value in zip(curve.days, side, strict=True)]

    return line(points(curve.middle)), band(points(curve.low), points(curve.high))


def _inside(day: date | None, x: Scale) -> float | None:
    return x(day.toordinal()) if day is not None and x.low <= day.toordinal() <= x.high else None


def _run_in(promise: Any, x: Scale) -> tuple[float, float] | None:
    days = next((left.days for left in promise.answer.left_out if left.why.name == "RUN_IN"), None)
    return (x.inside(days[0]), x.inside(days[-1] + 1)) if days else None


def _levels(y: Scale, places: int) -> tuple[Tick, ...]:
    step = (y.high - y.low) / 4
    values = [y.low + step * number for number in (0.5, 2, 3.5)]
    return tuple(Tick(y(value), f"{value:.{places}f}") for value in values)


def _months(x: Scale) -> tuple[Tick, ...]:
    first, last = date.fromordinal(int(x.low)), date.fromordinal(int(x.high))
    count = 12 * (last.year - first.year) + last.month - first.month
    starts = [date(first.year + (first.month + n) // 12, (first.month + n) % 12 + 1, 1) for n in range(count)]
    step = max(1, -(-len(starts) // MOST_MONTHS))
    long = len(starts) > 2 * MOST_MONTHS
    return tuple(Tick(x(day.toordinal()), f"{day:%b %Y}" if long else f"{day:%b}") for day in starts[::step])


def forest(promise: Any, times: float = 1.0) -> Forest | None:
    """Draw studies, you alone, and both; None where there is no row."""
    if not promise.forest:
        return None
    enough = promise.better * promise.important
    ends = [end for row in promise.forest for end in (row.effect, row.low, row.high) if end is not None]
    reach = 1.1 * max(abs(end) for end in (*ends, enough))
    x = Scale(-reach, reach, FOREST_LEFT, FOREST_RIGHT)
    rows = tuple(
        ForestRow(
            row.name,
            ROW * (place + 0.75),
            x(row.effect),
            None if row.low is None else x(row.low),
            None if row.high is None else x(row.high),
            place > 0 or len(promise.forest) == 1,
        )
        for place, row in enumerate(promise.forest)
    )
    ticks = tuple(
        Tick(x(value), f"{times * value:+.{promise.places}f}".replace("-", "−") if value else "0")
        for value in (-promise.important, 0.0, promise.important)
    )
    return Forest(rows, ROW * len(rows) + 26.0, x(0.0), x(enough), ticks)
