"""Runs with a satellite track in which speed and share of time do not say which way is forward.

The sensors are loops of motion capture; the track under them goes as fast as the scene says. Simulated: the motions are
real, their order, their turns and their track are made here. Every draw comes from a seeded generator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.names import ANGULAR_RATE
from backward_running.core.recording import Mark, Stream
from validation import _labelled as data
from validation._faults import turned
from validation._labelled import RATE_HZ, Labelled, Motion
from validation._loops import BLEND, joined, loop, verticals
from validation._scenes import FIX_JITTER_M, FIX_MEMORY_S, TURN_S, loopable
from validation._scores import Way

PLACES = ("foot_left", "shank_left", "thigh_right", "waist", "chest")
EARTH_M = 111_320.0
METRES_NORTH = 60.17


@dataclass(frozen=True, slots=True)
class Stretch:
    """So long in one direction and gait, at one speed."""

    way: Way
    runs: bool
    seconds: float
    speed_mps: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done, over and over, and what turns between two stretches: the body, the course, or each in turn."""

    name: str
    stretches: tuple[Stretch, ...]
    turns: str  #: body, course or both
    rounds: int = 5


def _of(name: str, forward: tuple[bool, float, float], backward: tuple[bool, float, float], turns: str) -> Plan:
    return Plan(name, (Stretch(Way.FORWARD, *forward), Stretch(Way.BACKWARD, *backward)), turns)


PLANS = (
    _of("alternate minutes", (True, 45.0, 2.0), (True, 75.0, 2.9), "body"),
    _of("out and back", (True, 60.0, 2.6), (True, 75.0, 2.1), "course"),
    _of("equal speeds", (True, 60.0, 2.4), (True, 60.0, 2.4), "both"),
    _of("backward the faster running", (True, 60.0, 2.2), (True, 60.0, 2.9), "both"),
    _of("backward the faster walking", (False, 60.0, 0.8), (False, 60.0, 1.1), "both"),
    _of("walking both ways", (False, 60.0, 1.3), (False, 60.0, 1.0), "both"),
)


@dataclass(frozen=True, slots=True)
class Sky:
    """How well the track and the gyroscope are."""

    wander_m: float = 3.0
    fix_s: float = 1.0
    bias_degps: float = 0.0


SKIES = (Sky(0.0), Sky(3.0), Sky(6.0), Sky(3.0, 5.0), Sky(3.0, 1.0, 1.0), Sky(3.0, 1.0, 5.0), Sky(0.0, 1.0, 5.0))


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The motion of a plan with the velocity of its track, sample by sample."""

    motion: Motion
    east_mps: FloatArray
    north_mps: FloatArray


@cache
def course(plan: Plan, seed: int = 1) -> Course:
    """Return the motion of a plan: loops one after the other, and half turns of the body where the plan says so."""
    rng = np.random.default_rng(seed)
    every = list(plan.stretches) * plan.rounds
    pieces = [_loop_of(stretch, rng, number) for number, stretch in enumerate(every)]
    motion = joined(pieces)
    first = np.cumsum([0, *[len(piece) - BLEND for piece in pieces[:-1]]])
    speed = np.zeros(len(motion))
    heading, turned_rad = np.zeros(len(motion)), np.zeros(len(motion))
    way = motion.way.copy()
    for number, (at, stretch) in enumerate(zip(first.tolist(), every, strict=True)):
        speed[at:] = stretch.speed_mps
        if number and (plan.turns == "body" or (plan.turns == "both" and rng.random() < 0.5)):
            last = min(at + round(TURN_S * RATE_HZ), len(motion))
            turn_rad = math.pi * float(rng.choice([-1.0, 1.0]))
            rate = turn_rad / TURN_S * (1.0 - np.cos(np.linspace(0.0, 2.0 * math.pi, last - at)))
            turned_rad[at:last] += rate
            heading[at:] += turn_rad
            way[at:last] = Way.TURNING
    bend = 0.5 * np.sin(2.0 * np.pi * motion.time_s / 90.0)
    heading += bend
    turned_rad += np.gradient(bend, 1.0 / RATE_HZ)
    sensors = {place: motion.sensors[place].copy() for place in PLACES}
    for rows, up in zip(sensors.values(), verticals(list(sensors.values())), strict=True):
        rows[:, 3:] += turned_rad[:, None] * up
    side = np.where(motion.way == Way.BACKWARD, -1.0, 1.0)
    # Nobody reverses in no time: the velocity is a mean over a second.
    east, north = (
        np.convolve(np.pad(side * speed * part(heading), 50, mode="edge"), np.full(101, 1 / 101), mode="valid")
        for part in (np.cos, np.sin)
    )
    moved = replace(motion, sensors={**motion.sensors, **sensors}, way=way, name=plan.name)
    return Course(moved, east, north)


def _loop_of(stretch: Stretch, rng: np.random.Generator, number: int) -> Motion:
    pool = [part for part in loopable("all") if part.way[0] == stretch.way and part.runs[0] == stretch.runs]
    return loop(pool[int(rng.integers(len(pool)))], stretch.seconds, number // 2)


def recorded(
    course: Course, place: str, sky: Sky, *, seed: int = 1, tap_s: float | None = None, words: str = ""
) -> Labelled:
    """Return a course as one sensor in a random mounting and the fixes of a receiver see it.

    Parameters
    ----------
    course : Course
        The run.
    place : str
        Of the sensor.
    sky : Sky
        How well it is recorded.
    seed : int
        Of mounting, wander and bias.
    tap_s : float, optional
        When the runner marks `words`, for five seconds.
    words : str
        What they mark.

    Returns
    -------
    Labelled
    """
    rng = np.random.default_rng(seed)
    worn = turned(data.stream(place, course.motion.sensors[place]), rng)
    axis = rng.normal(size=3)
    bias = np.radians(sky.bias_degps) * axis / np.linalg.norm(axis)
    columns = dict(worn.columns)
    for name, off in zip(ANGULAR_RATE, bias, strict=True):
        columns[name] = columns[name] + off
    worn = Stream(worn.place, worn.frame, worn.time_s, columns, worn.mount_known)
    fixes = _fixes(course, sky, rng)
    found = data.labelled(course.motion, place, (fixes, worn))
    marks = () if tap_s is None else (Mark(tap_s, words), Mark(tap_s + 5.0, "lap"))
    return replace(found, recording=replace(found.recording, marks=marks))


def _fixes(course: Course, sky: Sky, rng: np.random.Generator) -> Stream:
    every = round(sky.fix_s * RATE_HZ)
    count = len(course.east_mps[::every])
    keep = math.exp(-sky.fix_s / FIX_MEMORY_S)

    def wander() -> FloatArray:
        steps = rng.normal(0.0, sky.wander_m * math.sqrt(1.0 - keep**2), count)
        slow = np.empty(count)
        slow[0] = rng.normal(0.0, sky.wander_m)
        for at in range(1, count):
            slow[at] = keep * slow[at - 1] + steps[at]
        return slow + rng.normal(0.0, FIX_JITTER_M, count)

    east, north = (np.cumsum(part)[::every] / RATE_HZ + wander() for part in (course.east_mps, course.north_mps))
    columns = {
        "latitude_deg": METRES_NORTH + north / EARTH_M,
        "longitude_deg": 24.94 + east / (EARTH_M * math.cos(math.radians(METRES_NORTH))),
    }
    return Stream("unknown", "earth", np.asarray(np.arange(count) * sky.fix_s, dtype=np.float64), columns)
