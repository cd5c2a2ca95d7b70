"""Simulated phones: motion capture in loops, worn in four places, with fixes and steps as a phone's page gets them.

The motions are real, their order, their turns, their track, the arm and every fault are made here. Every draw comes
from a seeded generator.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy.spatial.transform import Rotation

from backward_running.core.arrays import FloatArray
from backward_running.core.direction import Direction
from backward_running.gait.live.judge import LiveJudge, Told
from validation import _labelled as data
from validation._labelled import RATE_HZ, Motion
from validation._loops import BLEND, joined, loop, verticals
from validation._scenes import loopable
from validation._scores import Way, Ways

TURN_S = 1.5  #: of a half turn of the body
LAP_TURN_S = 3.0  #: of a half turn of body and course together, at the end of a lane
#: Place on the body: the sensor it is made of, and how far an arm swings and strays there, in degrees.
PLACES = {
    "pocket": ("thigh_right", 0.0, 0.0),
    "belt": ("waist", 0.0, 0.0),
    "upper arm": ("chest", 20.0, 4.0),
    "hand": ("chest", 35.0, 12.0),
}
#: How the place is called in a file.
STATED = {"pocket": "thigh_right", "belt": "waist", "upper arm": "unknown", "hand": "unknown"}
EARTH_M = 111_320.0
NORTH_DEG, EAST_DEG = 60.17, 24.94


@dataclass(frozen=True, slots=True)
class Faults:
    """What a phone, its receiver and its browser get wrong."""

    rate_hz: float = 60.0
    velocity_mps: float = 0.15  #: noise of the receiver's velocity, each axis
    wander_m: float = 3.0
    outages_s: float = 0.0  #: so long without a fix, once every two minutes
    bias_degps: float = 0.2
    dropped_share: float = 0.0  #: of events of motion
    late_s: float = 0.0  #: events of motion come in bundles of up to so long

    @property
    def name(self) -> str:
        """As the page writes it."""
        return ", ".join(
            f"{value:g} {unit}"
            for value, unit in (
                (self.rate_hz, "Hz"), (self.velocity_mps, "m/s"), (self.outages_s, "s out"), (self.bias_degps, "°/s"),
                (100 * self.dropped_share, "% dropped"), (self.late_s, "s late"),
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """So long in one direction and gait; what was asked for, and what turns at its beginning."""

    way: Way
    runs: bool
    seconds: float
    speed_mps: float
    asked: Direction
    turns: str  #: body, course, both or nothing
    reacts_s: float  #: how long after the step begins


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What is done, before anything records it."""

    motion: Motion
    east_mps: FloatArray
    north_mps: FloatArray
    turned_rad: FloatArray  #: by how much the body has turned
    steps: tuple[tuple[float, Direction], ...]


def session(seed: int, *, runs: bool, obeys: float = 1.0, stretches: int = 9) -> tuple[Stretch, ...]:
    """Draw a session: a warm-up, then backward and forward in turn; some backward steps are gone forward."""
    rng = np.random.default_rng(seed)
    found = []
    last = Way.FORWARD
    for number in range(stretches):
        asked = Direction.BACKWARD if number % 2 else Direction.FORWARD
        goes_back = asked is Direction.BACKWARD and rng.random() < obeys
        way = Way.BACKWARD if goes_back else Way.FORWARD
        turns = "nothing" if number == 0 else str(rng.choice(["body", "body", "course"]))
        if way == last and number:
            turns = str(rng.choice(["both", "nothing"]))
        speed = float(rng.uniform(1.6, 2.4) if runs else rng.uniform(0.9, 1.4)) * (0.8 if goes_back else 1.0)
        seconds = float(rng.uniform(30.0, 60.0)) + (30.0 if number == 0 else 0.0)
        found.append(Stretch(way, runs, seconds, speed, asked, turns, float(rng.uniform(0.3, 3.0)) if number else 0.0))
        last = way
    return tuple(found)


@cache
def carried(stretches: Sequence[Stretch], seed: int = 1) -> Carried:
    """Lay the loops of a session one after the other, with their turns and their track."""
    rng = np.random.default_rng(seed)
    pools = {
        (way, runs): [part for part in loopable("all") if part.way[0] == way and part.runs[0] == runs]
        for way in (Way.FORWARD, Way.BACKWARD)
        for runs in (False, True)
    }
    pieces = []
    for number, stretch in enumerate(stretches):
        pool = pools[stretch.way, stretch.runs]
        pieces.append(loop(pool[int(rng.integers(len(pool)))], stretch.seconds, number // 2))
    motion = joined(pieces)
    first = np.cumsum([0, *[len(piece) - BLEND for piece in pieces[:-1]]]).tolist()
    speed, course, body = np.zeros((3, len(motion)))
    way = motion.way.copy()
    for at, stretch in zip(first, stretches, strict=True):
        speed[at:] = stretch.speed_mps
        side = math.pi * float(rng.choice([-1.0, 1.0]))
        last = min(at + round((LAP_TURN_S if stretch.turns == "both" else TURN_S) * RATE_HZ), len(motion))
        share = np.linspace(0.0, 1.0, last - at)
        smooth = share - np.sin(2.0 * math.pi * share) / (2.0 * math.pi)
        if stretch.turns in ("body", "both"):
            body[at:last] += side * smooth
            body[last:] += side
            way[at:last] = Way.TURNING
        if stretch.turns == "both":
            course[at:last] += side * smooth
            course[last:] += side
        elif stretch.turns == "course":
            course[at:] += side
    bend = 0.7 * np.sin(2.0 * np.pi * motion.time_s / 120.0)
    sensors = {place: rows.copy() for place, rows in motion.sensors.items()}
    rate = np.gradient(body + bend, 1.0 / RATE_HZ)
    for rows, up in zip(sensors.values(), verticals(list(sensors.values())), strict=True):
        rows[:, 3:] += rate[:, None] * up
    # Nobody reverses in no time: the velocity is a mean over a second.
    east, north = (
        np.convolve(np.pad(speed * part(course + bend), 50, mode="edge"), np.full(101, 1 / 101), mode="valid")
        for part in (np.cos, np.sin)
    )
    steps = tuple(
        (max(at / RATE_HZ - stretch.reacts_s, 0.0), stretch.asked) for at, stretch in zip(first, stretches, strict=True)
    )
    return Carried(replace(motion, sensors=sensors, way=way), east, north, body + bend, steps)


@dataclass(frozen=True, slots=True, eq=False)
class Phone:
    """The events of one phone, in the order in which its page gets them, and the truth."""

    motion: FloatArray  #: (n, 8): when it arrives, its time, six axes
    fixes: FloatArray  #: (m, 6): when it arrives, its time, speed, course, latitude, longitude
    steps: tuple[tuple[float, Direction], ...]
    way: Ways  #: at 100 Hz
    changes: tuple[tuple[float, Way], ...]
    place: str
    end_s: float


def phone(done: Carried, place: str, faults: Faults, seed: int = 1) -> Phone:
    """Record what is done with a phone in one place."""
    rng = np.random.default_rng(seed)
    sensor, swing_deg, strays_deg = PLACES[place]
    rows = _worn(done.motion.sensors[sensor], swing_deg, strays_deg, rng)
    rows = rows + rng.normal(0.0, [0.05] * 3 + [0.01] * 3, rows.shape)
    axis = rng.normal(size=3)
    rows[:, 3:] += np.radians(faults.bias_degps) * axis / np.linalg.norm(axis)
    time_s = done.motion.time_s
    at_s = np.arange(0.0, time_s[-1], 1.0 / faults.rate_hz)
    kept = rng.random(len(at_s)) >= faults.dropped_share
    at_s = at_s[kept]
    axes = np.column_stack([np.interp(at_s, time_s, column) for column in rows.T])
    arrives_s = at_s
    if faults.late_s:  # a busy page gets them in bundles, and writes down when it got them
        ends = np.cumsum(rng.uniform(0.02, faults.late_s, 4 * int(at_s[-1] / faults.late_s) + 10))
        arrives_s = np.minimum(ends[np.searchsorted(ends, at_s)], at_s + faults.late_s)
        at_s = arrives_s + np.arange(len(arrives_s)) * 1e-7
    return Phone(
        np.column_stack([arrives_s, at_s, axes]),
        _fixes(done, faults, rng),
        done.steps,
        done.motion.way,
        data.changes_of(done.motion),
        place,
        float(time_s[-1]),
    )


def _worn(rows: FloatArray, swing_deg: float, strays_deg: float, rng: np.random.Generator) -> FloatArray:
    """Return a sensor on an arm that swings with the stride and strays, in a mounting nobody knows."""
    time_s = np.arange(len(rows)) / RATE_HZ
    angle = np.radians(swing_deg) * np.sin(2.0 * np.pi * 1.1 * time_s + rng.uniform(0.0, 6.0))
    stray = np.radians(strays_deg) * np.sin(2.0 * np.pi * time_s / 7.0 + rng.uniform(0.0, 6.0))
    moves = Rotation.from_euler("xz", np.column_stack([angle, stray]))
    inside = np.column_stack([moves.inv().apply(rows[:, :3]), moves.inv().apply(rows[:, 3:])])
    # Turning about x and then about z has a rate of its own: that about z, seen from the turned x, and that about x.
    about_z = np.gradient(stray, 1.0 / RATE_HZ)
    own = np.column_stack([np.gradient(angle, 1.0 / RATE_HZ), about_z * np.sin(angle), about_z * np.cos(angle)])
    inside[:, 3:] += own
    mount = Rotation.random(random_state=int(rng.integers(1 << 31)))
    return np.column_stack([mount.apply(inside[:, :3]), mount.apply(inside[:, 3:])])


def _fixes(done: Carried, faults: Faults, rng: np.random.Generator) -> FloatArray:
    at_s = np.arange(0.0, len(done.east_mps) / RATE_HZ - 1.0, 1.0) + rng.uniform(0.0, 1.0)
    at = np.clip(np.rint((at_s - 0.5) * RATE_HZ).astype(int), 0, len(done.east_mps) - 1)  # receivers filter
    east, north = (part[at] + rng.normal(0.0, faults.velocity_mps, len(at)) for part in (done.east_mps, done.north_mps))
    keep = math.exp(-1.0 / 40.0)
    wander = np.zeros((2, len(at)))
    for number in range(1, len(at)):
        step = rng.normal(0.0, faults.wander_m * math.sqrt(1.0 - keep**2), 2)
        wander[:, number] = keep * wander[:, number - 1] + step
    where = np.stack([np.cumsum(part)[at] / RATE_HZ for part in (done.east_mps, done.north_mps)]) + wander
    speed = np.hypot(east, north)
    course = np.degrees(np.arctan2(east, north)) % 360.0
    latitude = NORTH_DEG + where[1] / EARTH_M
    longitude = EAST_DEG + where[0] / (EARTH_M * math.cos(math.radians(NORTH_DEG)))
    found = np.column_stack([at_s + rng.uniform(0.1, 0.6, len(at_s)), at_s, speed, course, latitude, longitude])
    if faults.outages_s:
        begins = np.arange(60.0, at_s[-1], 120.0) + rng.uniform(-20.0, 20.0)
        out = np.any([(at_s >= begin) & (at_s < begin + faults.outages_s) for begin in begins], axis=0)
        found = found[~out]
    return found


def live(made: Phone, *, plan: bool = True) -> tuple[list[Told], list[tuple[float, Direction]]]:
    """Let the incremental judge run along; return what it told of each second, and when its mind changed."""
    judge = LiveJudge(in_a_pocket=made.place == "pocket")
    told: list[Told] = []
    cues: list[tuple[float, Direction]] = []
    for now_s, kind, values in _events(made, plan=plan):
        if kind == "motion":
            told += judge.take_motion(values[0], tuple(values[1:4]), tuple(values[4:7]))
        elif kind == "fix":
            told += judge.take_fix(now_s, *values)
        else:
            told += judge.begin_step(now_s, values[0])
        if not cues or judge.now is not cues[-1][1]:
            cues.append((now_s, judge.now))
    return told, cues


def _events(made: Phone, *, plan: bool) -> Iterator[tuple[float, str, list]]:
    motion = ((row[0], "motion", row[1:].tolist()) for row in made.motion)
    fixes = ((row[0], "fix", row[1:4].tolist()) for row in made.fixes)
    steps = ((at_s, "step", [direction]) for at_s, direction in made.steps if plan)
    return iter(sorted([*steps, *fixes, *motion], key=lambda event: event[0]))
