"""Simulated people whose factor is known: how often the 80 % and the 95 % intervals hold it.

Two tables. The first lives in the world that the program's own constants were chosen in: it shows that the arithmetic
is right, and little more. The second lives in worlds that break one of its assumptions each, and in none of which
anything was chosen: what it shows is what somebody strange may expect.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.habits import Heartbeats, Pulse
from backward_running.effort.personal_factor import own_factor, prior_of

COUNTS = (3, 5, 10, 20, 30)
DRIFTS_BPM = (2.0, 6.0)  #: in 20 minutes
LEARNT_NAT = (0.0, 0.12)  #: what practice takes off in the end
ORDERS = ("alternating", "backward last")
PEOPLE = 800
STEP_NAT = 0.01  #: what else moves the factor from one recording to the next
WIDE_80, WIDE_95 = 1.2816, 1.96
FORWARD_DEMAND, BACKWARD_DEMAND = 26.0, 22.0
STUDIED = prior_of(None)  #: as the studies spread people
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """What days and bodies are like. The usual one is what the program takes them to be."""

    name: str = "as the program takes it"
    day_nat: float = 0.07  #: how far a recording strays as a whole
    minute_nat: float = 0.10  #: … and a minute backward of it
    practice_min: float = 120.0  #: minutes backward after which two thirds are learned
    offset_bpm: float = 4.0
    bend_nat: float = 0.05
    jumps: bool = False  #: days stray as Student's t with three degrees does: a few of them far
    drift_settles: bool = False  #: the heart drifts in the first ten minutes and no more


USUAL = World()
#: Each breaks one assumption, or several.
STRANGE = (
    World("some days are far off", jumps=True),
    World("days stray half as much again", day_nat=0.105, minute_nat=0.15),
    World("practice takes four times as long", practice_min=480.0),
    World("the resting heart is 8 beats off", offset_bpm=8.0),
    World("heart and oxygen are 8 % off", bend_nat=0.08),
    World("the heart drifts for ten minutes only", drift_settles=True),
    World(
        "all of it, half as much",
        day_nat=0.0875,
        minute_nat=0.125,
        practice_min=240.0,
        offset_bpm=6.0,
        bend_nat=0.065,
        jumps=True,
        drift_settles=True,
    ),
)
STRANGE_COUNTS = (5, 20)
STRANGE_DRIFT_BPM, STRANGE_LEARNT_NAT = 4.0, 0.06  #: of neither are there rows in the first table


@dataclass(frozen=True)
class Cell:
    """One kind of people, and how many of a hundred lay within their interval."""

    recordings: int
    drift_bpm: float
    learnt_nat: float
    order: str
    inside_80: float  #: percent
    inside_95: float
    width_ratio: float  #: high over low end of the 80 % interval, the middle person
    world: str = USUAL.name


@dataclass(frozen=True)
class Person:
    """A simulated runner. Nothing of it is told to the program but the stated resting heart rate."""

    log_factor: float  #: of somebody who never practised
    learnt_nat: float
    beats: float  #: beats above rest for each ml/kg/min
    rest_bpm: float
    stated_rest_bpm: float
    offset_bpm: float
    bend: float  #: error of the straight line from heart rate to oxygen, the same in every recording
    practice_min: float

    def log_factor_at(self, practised_min: float) -> float:
        """Return the logarithm of the factor after so many minutes backward."""
        return self.log_factor - self.learnt_nat * (1.0 - math.exp(-practised_min / self.practice_min))


def person(chance: np.random.Generator, learnt_nat: float, world: World) -> Person:
    """Draw somebody: factors as the studies spread them, hearts as people have them."""
    rest = chance.normal(58.0, 6.0)
    return Person(
        max(chance.normal(STUDIED.mean_nat, STUDIED.spread_nat), 0.0) + 0.4 * learnt_nat,
        learnt_nat,
        chance.normal(3.4, 0.4),
        rest,
        rest + chance.normal(0.0, 3.0),
        chance.normal(0.0, world.offset_bpm),
        chance.normal(0.0, world.bend_nat),
        world.practice_min,
    )


def pulse(
    chance: np.random.Generator, who: Person, number: int, level: float, drift_bpm: float, order: str, world: World
) -> Pulse:
    """Return what one recording of that person would leave: heartbeats of both directions."""
    backward_s = float(chance.choice([120.0, 240.0, 360.0]))
    forward_s = 1200.0
    clocks = (900.0, 960.0) if order == "alternating" else (690.0, 1500.0)
    strays_nat = math.hypot(world.day_nat, world.minute_nat * math.sqrt(60.0 / backward_s))
    # Student's t with three degrees has a deviation of the root of three: the middle of the days strays less for it.
    noise = strays_nat * (chance.standard_t(3) / math.sqrt(3.0) if world.jumps else chance.normal())
    factor = math.exp(level + who.bend + noise)
    demands = (FORWARD_DEMAND, BACKWARD_DEMAND)
    sums = []
    for seconds, clock, demand, k in zip((forward_s, backward_s), clocks, demands, (1.0, factor), strict=True):
        bpm = who.rest_bpm + who.offset_bpm + who.beats * k * demand + drift_bpm / 1200.0 * _drifting_s(clock, world)
        sums.append(Heartbeats(seconds, seconds * bpm, seconds * demand, seconds * clock))
    return Pulse(f"run-{number:02}", BEGAN + timedelta(days=3 * number), False, *sums)


def _drifting_s(clock_s: float, world: World) -> float:
    return min(clock_s, 600.0) if world.drift_settles else clock_s


def cell(
    recordings: int,
    drift_bpm: float,
    learnt_nat: float,
    order: str,
    people: int = PEOPLE,
    world: World = USUAL,
) -> Cell:
    """Simulate people of one kind."""
    seed = [recordings, round(drift_bpm), round(100 * learnt_nat), ORDERS.index(order)]
    chance = np.random.default_rng(seed if world is USUAL else [*seed, STRANGE.index(world)])
    inside_80 = inside_95 = 0
    widths = []
    for _ in range(people):
        who = person(chance, learnt_nat, world)
        practised, moved, level, pulses = 0.0, 0.0, 0.0, []
        for number in range(recordings):
            moved += chance.normal(0.0, STEP_NAT)
            level = who.log_factor_at(practised) + moved
            pulses.append(pulse(chance, who, number, level, drift_bpm, order, world))
            practised += 1.5 * pulses[-1].backward.seconds_s / 60.0
        found = own_factor(pulses, Athlete(resting_heart_rate_bpm=who.stated_rest_bpm)).posterior
        off = abs(level - found.mean_nat) / found.spread_nat
        inside_80 += off <= WIDE_80
        inside_95 += off <= WIDE_95
        widths.append(math.exp(2.0 * WIDE_80 * found.spread_nat))
    percent = 100.0 / people
    return Cell(
        recordings,
        drift_bpm,
        learnt_nat,
        order,
        percent * inside_80,
        percent * inside_95,
        float(np.median(widths)),
        world.name,
    )


def cells(people: int = PEOPLE) -> Iterator[Cell]:
    """Simulate every kind of people."""
    for order, recordings, drift, learnt in product(ORDERS, COUNTS, DRIFTS_BPM, LEARNT_NAT):
        yield cell(recordings, drift, learnt, order, people)


def strange_cells(people: int = PEOPLE) -> Iterator[Cell]:
    """Simulate people of the worlds in which nothing was chosen."""
    for world, order, recordings in product(STRANGE, ORDERS, STRANGE_COUNTS):
        yield cell(recordings, STRANGE_DRIFT_BPM, STRANGE_LEARNT_NAT, order, people, world)


def strange_table(found: Iterable[Cell]) -> str:
    """Return the coverage in those worlds as Markdown."""
    rows = [
        "| what is otherwise | directions | recordings | 80 % holds | 95 % holds | high end : low end |",
        "|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {coverage.world} | {coverage.order} | {coverage.recordings} | {coverage.inside_80:.0f} % "
        f"| {coverage.inside_95:.0f} % | {coverage.width_ratio:.2f} |"
        for coverage in found
    ]
    return "\n".join(rows) + "\n"


def table(found: Iterable[Cell]) -> str:
    """Return the coverage as Markdown."""
    rows = [
        "| directions | recordings | drift, bpm in 20 min | learned | 80 % holds | 95 % holds | high end : low end |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {coverage.order} | {coverage.recordings} | {coverage.drift_bpm:g} "
        f"| {100 * (math.exp(coverage.learnt_nat) - 1):.0f} % | {coverage.inside_80:.0f} % "
        f"| {coverage.inside_95:.0f} % | {coverage.width_ratio:.2f} |"
        for coverage in found
    ]
    return "\n".join(rows) + "\n"
