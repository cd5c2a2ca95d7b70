"""Tables of the page of energy that hold more than one model: studies left out, speeds swept, people simulated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.effort.at_speed import prices_at
from backward_running.evidence.points import PUBLISHED_POINTS, PublishedPoint, Quantity, Rest
from validation import _own_factor_coverage, effort_fit

_HELD_OUT = """
## Each study left out as a whole

The others are fitted, and say where this study's mean should lie (80 % of studies) and its people (80 % of people). The
numbers are factors of what the same speed takes forward above rest; Flynn's and Hreljac's rows hold both gaits.

| left out | people | measured | others say (80 % of studies) | inside, or argued | 80 % of people |
|---|---|---|---|---|---|
"""
#: Why a mean that lies outside the band of the others is kept in the fit, by study and quantity.
_ARGUED = {
    ("W", Quantity.RATIO): "argued: the lowest ratio that was found, of the slowest run and with the widest spread of "
    "all (5.77 ml/kg/min backward against 2.51 forward); its people lie within what the program says of people",
}
_KINDS = """
## Gross or net

A ratio without rest is larger than the same with it. Each row says which it is; three abstracts do not. These are
taken to be as likely the one as the other: the middle of both readings, and half of what lies between them as an error
more. What else could be done with them, and what it would change:

| the three ratios whose kind is not said | factor of running | 80 % of people |
|---|---|---|
"""
_READINGS = """
| row | printed | kind | without rest, read as net … as gross |
|---|---|---|---|
"""
_PEOPLE = """
## How many of the people measured the interval would hold

People of a study are taken to be normal about its mean with its spread, and the interval is the one the program would
show at that speed. A mean that lies beside the model's takes from the share; a spread of 13 people is itself uncertain
by a fifth.

| source | condition | published | interval of the program | share of these people |
|---|---|---|---|---|
"""
_PEOPLE_READ = """
The laboratory of body-weight support printed a spread forward more than twice Williford's, where a review of many
runners found a range of about 20 % in all: its people or speeds were mixed, and that is not taken for how people
differ. Backward its spread is about as wide as forward, so nothing of the factor can be read off it.
"""
_WANTED = """
## Asked for by name

These were measured and printed, and the values are not at hand. Who has the paper writes a value in the place of a
`None` in `evidence/points.py` and runs `python -m validation.effort_fit --write`.

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


@dataclass(frozen=True)
class MeasuredPeople:
    """People of one study in one condition, and the interval that the program shows there."""

    source: str
    condition: str
    mean: float
    spread: float
    unit: str
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share of them that the interval holds."""
        return float(norm.cdf(self.high, self.mean, self.spread) - norm.cdf(self.low, self.mean, self.spread))


def held_out() -> str:
    """Return every study against the fit of the others."""
    rows = effort_fit.held_out()
    lines = [
        f"| {row.point.name} | {row.point.people} | {row.seen:.2f} | {row.best:.2f} ({row.low:.2f} … {row.high:.2f}) "
        f"| {_inside_or_argued(row)} | {_people(row)} |"
        for row in rows
    ]
    outside = sum(not row.inside for row in rows)
    said = f"\n{outside} of {len(rows)} means lie outside, where {len(rows) / 5:.0f} would be expected.\n"
    return _HELD_OUT + "\n".join(lines) + "\n" + said


def _inside_or_argued(held_out: effort_fit.HeldOut) -> str:
    """Return whether a study's mean lies in the band of the others; where it does not, the reason why it is kept."""
    if held_out.inside:
        return "yes"
    return f"no; {_ARGUED.get((held_out.point.study, held_out.point.quantity), 'NOT ARGUED')}"


def kinds() -> str:
    """Return what the ratios whose kind is not said do to the fit."""
    unsaid = [point for point in PUBLISHED_POINTS if point.rest is Rest.NOT_SAID]

    def reading(rest: Rest) -> list[PublishedPoint]:
        return [replace(point, rest=rest) if point in unsaid else point for point in PUBLISHED_POINTS]

    readings = {
        "either, as likely (in the program)": list(PUBLISHED_POINTS),
        "all read as net": reading(Rest.LEFT_OUT),
        "all read as gross": reading(Rest.INCLUDED),
        "held out": [point for point in PUBLISHED_POINTS if point not in unsaid],
    }
    lines = []
    for words, points in readings.items():
        found = effort_fit.numbers_of(effort_fit.fit(points))
        lines.append(f"| {words} | {found.run_ratio:.2f} | {found.run_low_ratio:.2f} … {found.run_high_ratio:.2f} |")
    rows = []
    for point in PUBLISHED_POINTS:
        if point.quantity is Quantity.RATIO and point.gait is Gait.RUN and point.value is not None:
            net, gross = effort_fit.net_ratios(point)
            rows.append(f"| {point.name} | {point.value.value:.2f} | {point.rest.value} | {net:.2f} … {gross:.2f} |")
    return _KINDS + "\n".join(lines) + "\n" + _READINGS + "\n".join(rows) + "\n"


def people(rows: Iterable[MeasuredPeople]) -> str:
    """Return which share of the people of each study lies in the interval that the program shows there."""
    lines = [
        f"| {row.source} | {row.condition} | {row.mean:.2f}±{row.spread:.2f} {row.unit} "
        f"| {row.low:.2f} … {row.high:.2f} | {row.share * 100:.0f} % |"
        for row in rows
    ]
    return _PEOPLE + "\n".join(lines) + "\n" + _PEOPLE_READ


def _people(held_out: effort_fit.HeldOut) -> str:
    return "–" if math.isnan(held_out.people_low) else f"{held_out.people_low:.2f} … {held_out.people_high:.2f}"


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
    wrong = [
        coverage
        for coverage in found
        if not (75.0 <= coverage.inside_80 <= 85.0 and 92.0 <= coverage.inside_95 <= 98.0)
    ]
    said = (
        "Every row holds: 75 to 85 of 100, and 92 to 98."
        if not wrong
        else f"{len(wrong)} of {len(found)} rows lie outside 75 to 85 or 92 to 98 of 100, by chance or not: "
        + "; ".join(
            f"{coverage.order}, {coverage.recordings} recordings: {coverage.inside_80:.1f}, {coverage.inside_95:.1f}"
            for coverage in wrong
        )
        + f". One standard error of {_own_factor_coverage.PEOPLE} people is 1.4 of 100."
    )
    head = _COVERAGE.format(people=_own_factor_coverage.PEOPLE, order=order)
    strange = _own_factor_coverage.strange_table(_own_factor_coverage.strange_cells())
    return head + _own_factor_coverage.table(found) + "\n" + said + "\n" + _STRANGE + strange
