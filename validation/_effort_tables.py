"""Tables of the page of energy that hold more than one model: studies left out, speeds swept, people simulated."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.effort.at_speed import prices_at
from backward_running.evidence.points import PUBLISHED_POINTS
from validation import _own_factor_coverage, effort_fit

_HELD_OUT = """
## Each study left out as a whole

The others are fitted, and say where this study's mean should lie (80 % of studies) and its people (80 % of people). The
numbers are factors of what the same speed takes forward above rest; Flynn's and Hreljac's rows hold both gaits.

| left out | people | measured | others say (80 % of studies) | inside | 80 % of people |
|---|---|---|---|---|---|
"""
_ARGUED = """
{outside} of {rows} means lies outside the 80 % of the others, where two of nine would be expected: Williford's ratio of
running is the lowest that was found, of the slowest run and with the widest spread of all (5.77 ml/kg/min backward
against 2.51 forward); her people lie within what the program says of people. It is kept in the fit.
"""
_WANTED = """
## Asked for by name

These were measured and printed, and the values are not at hand. Who has the paper fills in a row of
`evidence/points.py` and runs `python -m validation.effort_fit --write`.

| study | people | gait | speeds, m/s | grade |
|---|---|---|---|---|
"""
_SWEPT = """
## Swept over speed, 0.5 to 4 m/s in steps of 0.01

Where no gait was found. The largest step between neighbours that both have a price; a fall would be negative.

| direction | grade | priced from … to, m/s | smallest step | largest step, ml/kg/min |
|---|---|---|---|---|
"""
_STRANGE = """
The constants of the program (how far practice, drift, days and steps may go) and the people above were chosen side by
side, in several rounds over this table: it shows that the arithmetic is right, not that real runners are like that.
So here are people of worlds in which nothing was chosen, with a drift and a practice that no row above has. In each
one thing is otherwise than the program takes it. Where fewer than 75 are held, that is what such people get: an
interval that is too narrow.

"""
_COVERAGE = """
## A runner's own factor, on simulated people

{people} people in each row, whose factor is known and never told: drawn as the studies spread people, with a resting
heart rate that is 3 beats off, an offset of the heart of 4, and 5 % off from heart rate to oxygen (one deviation each).
The heart drifts, practice takes off what the row says, and {order}.

"""


def held_out() -> str:
    """Return every study against the fit of the others."""
    rows = effort_fit.held_out()
    lines = [
        f"| {one.point.name} | {one.point.people} | {one.seen:.2f} | {one.best:.2f} ({one.low:.2f} … {one.high:.2f}) "
        f"| {'yes' if one.inside else 'no'} | {_people(one)} |"
        for one in rows
    ]
    said = _ARGUED.format(outside=_word(sum(not one.inside for one in rows)), rows=_word(len(rows)))
    return _HELD_OUT + "\n".join(lines) + "\n" + said


def _word(count: int) -> str:
    return {1: "One", 9: "nine"}.get(count, str(count))


def _people(one: effort_fit.HeldOut) -> str:
    return "–" if math.isnan(one.people_low) else f"{one.people_low:.2f} … {one.people_high:.2f}"


def wanted() -> str:
    """Return the rows that have no value yet."""
    groups: dict[tuple[str, int, str, float], list[float]] = {}
    for point in PUBLISHED_POINTS:
        if point.wanted and point.speed_mps is not None:
            gait = "running" if point.gait is Gait.RUN else "walking"
            groups.setdefault((point.name, point.people, gait, point.grade_ratio), []).append(point.speed_mps)
    lines = [
        f"| {name} | {people} | {gait} | {', '.join(f'{speed:g}' for speed in speeds)} | {grade * 100:+.0f} % |"
        for (name, people, gait, grade), speeds in groups.items()
    ]
    return _WANTED + "\n".join(lines) + "\n"


def swept() -> str:
    """Return the steps of the price over speed."""
    return _SWEPT + "\n".join(_sweeps()) + "\n"


def _sweeps() -> Iterator[str]:
    speed = np.round(np.arange(0.5, 4.001, 0.01), 3)
    for direction in (Direction.FORWARD, Direction.BACKWARD):
        for grade in (-0.10, -0.05, 0.0, 0.05, 0.10, 0.20, 0.30):
            found = prices_at(speed, grade, direction, Athlete())
            known = np.flatnonzero(found.reason == 0)
            place = f"| {direction.value} | {grade * 100:+.0f} % |".replace("-", "−")
            if not len(known):
                yield f"{place} not known | – | – |"
                continue
            steps = np.diff(found.best[known])[np.diff(known) == 1]
            yield (
                f"{place} {speed[known[0]]:g} … {speed[known[-1]]:g} | {steps.min():+.3f} | {steps.max():+.3f} |"
            ).replace("-", "−")


def coverage() -> str:
    """Return how often the intervals of the own factor hold."""
    order = "either the directions alternate or backward comes last"
    found = tuple(_own_factor_coverage.cells())
    wrong = [one for one in found if not (75.0 <= one.inside_80 <= 85.0 and 92.0 <= one.inside_95 <= 98.0)]
    said = (
        "Every row holds: 75 to 85 of 100, and 92 to 98."
        if not wrong
        else f"{len(wrong)} of {len(found)} rows lie outside 75 to 85 or 92 to 98 of 100, by chance or not: "
        + "; ".join(
            f"{one.order}, {one.recordings} recordings: {one.inside_80:.1f}, {one.inside_95:.1f}" for one in wrong
        )
        + f". One standard error of {_own_factor_coverage.PEOPLE} people is 1.4 of 100."
    )
    head = _COVERAGE.format(people=_own_factor_coverage.PEOPLE, order=order)
    strange = _own_factor_coverage.strange_table(_own_factor_coverage.strange_cells())
    return head + _own_factor_coverage.table(found) + "\n" + said + "\n" + _STRANGE + strange
