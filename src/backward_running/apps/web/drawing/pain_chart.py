"""Pain by week: the highest of each moment, and the limit as a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backward_running.apps.web.drawing.scale import Scale, Tick
from backward_running.flows.conditions import PainWeek

LEFT, RIGHT, TOP, BOTTOM = 26.0, 352.0, 10.0, 122.0
FEWEST_WEEKS = 4  #: fewer would be drawn too wide
MOMENTS = (("during", "during"), ("after", "after"), ("next_morning", "next morning"), ("other", "another time"))


@dataclass(frozen=True, slots=True)
class PainMark:
    """One point of the pain chart, in the drawing's own units."""

    x: float
    y: float
    moment: str


@dataclass(frozen=True, slots=True)
class PainChart:
    """The highest pain by week and moment, the limit as a line."""

    marks: tuple[PainMark, ...]
    lines: tuple[float, ...]  #: y of 0, 5 and 10
    limit_y: float
    weeks: tuple[Tick, ...]  #: the day each week begins


def pain_chart(weeks: Sequence[PainWeek], limit_nrs: float) -> PainChart | None:
    """Lay the weeks side by side and pain 0–10 upward; None where nothing was said."""
    if not weeks:
        return None
    x, y = Scale(0.0, max(len(weeks), FEWEST_WEEKS), LEFT, RIGHT), Scale(0.0, 10.0, BOTTOM, TOP)
    marks = []
    for number, week in enumerate(weeks):
        for place, (moment, _) in enumerate(MOMENTS):
            pain = getattr(week, moment)
            if pain is not None:
                marks.append(PainMark(x(number + (place + 1) / (len(MOMENTS) + 1)), y(pain), moment))
    every = 1 if len(weeks) <= 6 else 2
    labels = [
        Tick(x(number + 0.5), f"{week.starts_on.day} {week.starts_on:%b}")
        for number, week in enumerate(weeks)
        if (len(weeks) - 1 - number) % every == 0
    ]
    return PainChart(tuple(marks), tuple(map(y, (0.0, 5.0, 10.0))), y(limit_nrs), tuple(labels))
