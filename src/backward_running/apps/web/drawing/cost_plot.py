"""Plots of cost, drawn on the server: curves with their bands, what is not known, what was measured, a belief."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from backward_running.apps.web.drawing.scale import Scale, Tick, band, line
from backward_running.apps.words.phrases import LETTER
from backward_running.apps.words.units import Units
from backward_running.core.direction import Direction
from backward_running.flows.cost_views import Calculation, Curve, YourFactor

WIDTH, HEIGHT = 360.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 8.0, 20.0, 36.0
MOST_UPTAKE = 80.0  #: ml/kg/min: beyond it hardly anybody can go
GRADE_TICKS = (-0.10, -0.05, 0.0, 0.05, 0.10, 0.15, 0.20, 0.25)


@dataclass(frozen=True, slots=True)
class Stroke:
    """The best line of one direction and the band around it; the name stands at the end of the line."""

    letter: str
    words: str
    line: str
    band: str
    name_x: float
    name_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One published measurement with a bar where 80 % of its people lie."""

    letter: str
    words: str
    x: float
    y: float
    low_y: float
    high_y: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A range in which the backward cost is not known."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One line of the table that says the same as the plot."""

    at: str
    forward: str
    backward: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot in its own units, 360 wide."""

    title: str
    unit: str
    axis: str
    strokes: tuple[Stroke, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[Gap, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    asked_x: float | None
    rows: tuple[PlotRow, ...]


@dataclass(frozen=True, slots=True)
class Datum:
    """What one recording shows, drawn as a dot with its reach."""

    x: float
    low_x: float
    high_x: float
    y: float


@dataclass(frozen=True, slots=True)
class BeliefPlot:
    """Prior, data and posterior over the ratio."""

    prior: str
    posterior: str
    data: tuple[Datum, ...]
    ticks: tuple[Tick, ...]
    base_y: float


def over_speed(view: Calculation, units: Units) -> Plot:
    """Draw oxygen uptake over speed at the asked grade."""
    curves = view.over_speed
    per_hour = 3600.0 / units.long_m
    ends = curves[0].at[0], curves[0].at[-1]
    ticks = [speed / per_hour for speed in range(2, 20, 2) if ends[0] <= speed / per_hour <= ends[1]]
    x = Scale(*ends, LEFT, WIDTH - RIGHT)
    level = view.asked.grade_ratio == 0.0
    plot = _plot(
        "Over speed",
        units.speed_unit,
        curves,
        x,
        tuple(Tick(x(tick), f"{tick * per_hour:.0f}") for tick in ticks),
        view.asked.speed_mps,
        lambda value: f"{value * per_hour:.1f}",
        every=10,
    )
    y = _y_axis()
    marks = (
        tuple(
            Mark(
                LETTER[dot.direction],
                f"{dot.words}, {dot.direction.value}, {units.speed(dot.speed_mps)}: "
                f"{dot.oxygen_uptake_ml_per_kg_min:.1f} ({dot.low_ml_per_kg_min:.1f}–{dot.high_ml_per_kg_min:.1f})",
                x(dot.speed_mps),
                y(dot.oxygen_uptake_ml_per_kg_min),
                y(dot.low_ml_per_kg_min),
                y(dot.high_ml_per_kg_min),
            )
            for dot in view.dots
        )
        if level
        else ()
    )
    return replace(plot, marks=marks)


def over_grade(view: Calculation) -> Plot:
    """Draw oxygen uptake over grade at the asked speed."""
    curves = view.over_grade
    x = Scale(curves[0].at[0], curves[0].at[-1], LEFT, WIDTH - RIGHT)
    return _plot(
        "Over grade",
        "% grade",
        curves,
        x,
        tuple(Tick(x(grade), f"{grade * 100:+.0f}".replace("-", "−").replace("+0", "0")) for grade in GRADE_TICKS),
        view.asked.grade_ratio,
        lambda value: f"{value * 100:+.0f}".replace("-", "−").replace("+0", "0"),
        every=5,
    )


def belief(view: YourFactor) -> BeliefPlot:
    """Draw prior, data and posterior of the runner's own factor."""
    ratios = view.density.ratio
    base = 150.0
    x, y = Scale(ratios[0], ratios[-1], 10.0, WIDTH - 10.0), Scale(0.0, 1.0, base, 18.0)

    def path(heights: Sequence[float]) -> str:
        return line(zip(map(x, ratios), map(y, heights), strict=True))

    step = min(14.0, 70.0 / max(len(view.seen), 1))
    data = tuple(
        Datum(
            x.inside(factor.ratio), x.inside(factor.low), x.inside(factor.high), round(base + 34.0 + number * step, 2)
        )
        for number, factor in enumerate(view.seen)
    )
    ticks = tuple(Tick(x(ratio), f"{ratio:.1f}") for ratio in (0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8))
    return BeliefPlot(path(view.density.prior), path(view.density.posterior), data, ticks, base)


def _y_axis() -> Scale:
    return Scale(0.0, MOST_UPTAKE, HEIGHT - BOTTOM, TOP)


def _plot(
    title: str,
    axis: str,
    curves: Sequence[Curve],
    x: Scale,
    x_ticks: tuple[Tick, ...],
    asked: float,
    say: Callable[[float], str],
    *,
    every: int,
) -> Plot:
    y = _y_axis()
    first, last = curves[0].at[0], curves[0].at[-1]
    backward = next(curve for curve in curves if curve.direction is Direction.BACKWARD)
    return Plot(
        title=title,
        unit="ml/kg/min of oxygen",
        axis=axis,
        strokes=tuple(stroke for curve in curves if (stroke := _stroke(curve, x, y)) is not None),
        marks=(),
        gaps=tuple(_gaps(backward, x)),
        x_ticks=x_ticks,
        y_ticks=tuple(Tick(y(value), f"{value}") for value in range(0, round(MOST_UPTAKE) + 1, 20)),
        asked_x=x(asked) if first <= asked <= last else None,
        rows=tuple(_rows(curves, say, every)),
    )


def _stroke(curve: Curve, x: Scale, y: Scale) -> Stroke | None:
    """Draw what is known and fits the plot; a curve that leaves it is cut there."""
    fits = [
        (x(at), y(low), y(best), y(min(high, MOST_UPTAKE)))
        for at, low, best, high in zip(curve.at, curve.low, curve.best, curve.high, strict=True)
        if low is not None and best is not None and high is not None and best <= MOST_UPTAKE
    ]
    if len(fits) < 2:
        return None
    over = curve.direction is Direction.BACKWARD
    # A rising line leaves room for a name above it to the left, and below it to the right.
    name_x, _, name_y, _ = fits[round((0.9 if over else 0.55) * (len(fits) - 1))]
    return Stroke(
        LETTER[curve.direction],
        curve.direction.value,
        line((at, best) for at, _, best, _ in fits),
        band(((at, low) for at, low, _, _ in fits), ((at, high) for at, _, _, high in fits)),
        name_x - 4.0 if over else name_x + 4.0,
        name_y + (-7.0 if over else 16.0),
        "end" if over else "start",
    )


def _gaps(curve: Curve, x: Scale) -> Iterable[Gap]:
    """Yield the ranges in which a curve has no answer."""
    began: float | None = None
    over = False  # what lies above the plot is known to be too much, and not unknown
    for number, (at, best) in enumerate(zip(curve.at, curve.best, strict=True)):
        last = number == len(curve.at) - 1
        over = over if best is None else best > MOST_UPTAKE
        if best is None and began is None and not over:
            began = curve.at[max(number - 1, 0)]
        if began is not None and (best is not None or last):
            yield Gap(x(began), round(x(at) - x(began), 2))
            began = None


def _rows(curves: Sequence[Curve], say: Callable[[float], str], every: int) -> Iterable[PlotRow]:
    forward, backward = curves
    for number in range(0, len(forward.at), every):
        yield PlotRow(say(forward.at[number]), _cell(forward, number), _cell(backward, number))


def _cell(curve: Curve, number: int) -> str:
    low, best, high = curve.low[number], curve.best[number], curve.high[number]
    if low is None or best is None or high is None or not math.isfinite(best):
        return "not known"
    return f"{best:.1f} ({low:.1f}–{high:.1f})"
