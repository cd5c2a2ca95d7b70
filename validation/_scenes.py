"""Longer recordings made from the clips: medleys with changes of direction, and runs with a satellite track.

A *medley* puts loops and whole clips one after the other; *outdoors* puts loops onto a track. What is measured on them
is still one man. Every draw comes from a seeded generator.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from backward_running.core.recording import FloatArray, Stream
from validation._labelled import RATE_HZ, Motion, changes_of, clips, held_out_clips
from validation._loops import BLEND, OPEN_RAD, best_loops, joined, loop, steady_parts, verticals
from validation._scores import Way

STRAIGHT_RADPS = 0.5  #: a part on which the body turns faster than this is not repeated
TURN_S = 1.5  #: how long a half turn of the body takes
FIX_WANDER_M, FIX_MEMORY_S, FIX_JITTER_M = 2.2, 40.0, 0.12  #: a satellite receiver under open sky, as in the simulator


@cache
def loopable(which: str = "held out") -> tuple[Motion, ...]:
    """Return the steady, straight parts that close into a loop: of the held-out clips, or of all."""
    chosen = held_out_clips() if which == "held out" else clips()
    straight = [
        part for part in steady_parts(chosen) if np.ptp(part.heading_rad) / len(part) * RATE_HZ < STRAIGHT_RADPS
    ]
    return tuple(part for part in straight if best_loops(part)[0][2] <= OPEN_RAD)


@cache
def medley(seed: int = 7, *, which: str = "held out", stretches: int = 30) -> Motion:
    """Return some minutes of alternating directions and gaits, by default from clips that nothing was fitted on.

    Loops of steady parts, forward and backward in turn, a standing part now and then, and the clips that hold a real
    change of direction whole, as they were captured. Between two loops the change is a join and not a movement.
    """
    rng = np.random.default_rng(seed)
    pools = {
        (way, runs): [part for part in loopable(which) if part.way[0] == way and part.runs[0] == runs]
        for way in (Way.FORWARD, Way.BACKWARD)
        for runs in (False, True)
    }
    whole = held_out_clips() if which == "held out" else clips()
    standing = [part for part in steady_parts(whole) if part.way[0] == Way.STILL]
    turning = [clip for clip in whole if changes_of(clip)]
    pieces: list[Motion] = []
    for number in range(stretches):
        way, runs = (Way.FORWARD, Way.BACKWARD)[number % 2], bool((number // 2) % 2)
        pool = pools[way, runs]
        pieces.append(loop(pool[int(rng.integers(len(pool)))], float(rng.uniform(8.0, 20.0)), number // 2))
        if number % 5 == 4:
            pieces.append(loop(standing[int(rng.integers(len(standing)))], 6.0))
        if number % 3 == 2:
            pieces.append(turning[(number // 3) % len(turning)])
    return replace(joined(pieces), name=f"medley {seed}")


@dataclass(frozen=True, slots=True, eq=False)
class Outdoors:
    """A motion with a track under it."""

    motion: Motion
    fixes: Stream


@cache
def outdoors(seed: int = 3, *, which: str = "held out", pattern: str = "FFB", stretches: int = 24) -> Outdoors:
    """Return a run with one satellite fix a second: the body turns, the course turns, or both.

    `pattern` says which stretches of 20 to 45 s are backward: ``FFB`` is two thirds forward, as people run.
    Every other stretch is run: with ``FB`` all that is forward is walked and all that is backward run, with ``BF`` the
    other way round.

    Where the direction changes, either the chest turns by half a turn while the course goes on, or the course reverses
    while the chest stays. Where it does not, both may turn round together. A turn of the body is laid onto the
    gyroscopes about the vertical as it stands in each sensor, over 1.5 s.
    """
    rng = np.random.default_rng(seed)
    parts = [part for part in loopable(which) if part.way[0] in (Way.FORWARD, Way.BACKWARD)]
    pieces, turns_rad = [], []
    for number in range(stretches):
        way = Way.BACKWARD if pattern[number % len(pattern)] == "B" else Way.FORWARD
        pool = [part for part in parts if part.way[0] == way and part.runs[0] == bool(number % 2)]
        pieces.append(loop(pool[int(rng.integers(len(pool)))], float(rng.uniform(20.0, 45.0)), number // 2))
        changed = number > 0 and pieces[-2].way[0] != way
        # A change of direction turns the chest in one case and the course in the other; otherwise both or none.
        turns_rad.append(
            math.pi * float(rng.choice([-1, 1])) if number and rng.random() < (0.5 if changed else 0.6) else 0
        )
    motion = joined(pieces)
    starts = np.cumsum([0, *[len(piece) - BLEND for piece in pieces[:-1]]])
    turned, stepped, way = np.zeros(len(motion)), np.zeros(len(motion)), motion.way.copy()
    sensors = {place: rows.copy() for place, rows in motion.sensors.items()}
    ups = verticals(list(sensors.values()))
    for first, turn_rad in zip(starts.tolist(), turns_rad, strict=True):
        if turn_rad:
            last = min(first + round(TURN_S * RATE_HZ), len(motion))
            rate = turn_rad / TURN_S * (1 - np.cos(np.linspace(0, 2 * math.pi, last - first)))
            turned[first:last] += rate / RATE_HZ
            if first and motion.way[first - 1] != motion.way[last - 1]:
                stepped[first] = turn_rad  # the chest turns while the course goes on
            else:
                stepped[first:last] += rate / RATE_HZ
            way[first:last] = Way.TURNING
            for rows, up in zip(sensors.values(), ups, strict=True):
                rows[first:last, 3:] += rate[:, None] * up[first:last]
    fixes = _fixes(replace(motion, heading_rad=motion.heading_rad + np.cumsum(stepped)), rng)
    motion = replace(
        motion, sensors=sensors, heading_rad=motion.heading_rad + np.cumsum(turned), way=way, name=f"outdoors {seed}"
    )
    return Outdoors(motion, fixes)


def _fixes(motion: Motion, rng: np.random.Generator) -> Stream:
    """Return positions once a second, with the slow wander of a receiver."""
    east_mps = motion.forward_mps * np.cos(motion.heading_rad)
    north_mps = motion.forward_mps * np.sin(motion.heading_rad)
    every = round(RATE_HZ)
    east, north = (np.cumsum(velocity_mps)[::every] / RATE_HZ for velocity_mps in (east_mps, north_mps))
    speed = np.abs(np.convolve(np.pad(motion.forward_mps, 50, mode="edge"), np.full(101, 1 / 101), mode="valid"))[
        ::every
    ]
    count = len(east)

    def wander() -> FloatArray:
        keep = math.exp(-1.0 / FIX_MEMORY_S)
        steps = rng.normal(0.0, FIX_WANDER_M * math.sqrt(1 - keep**2), count)
        slow = np.empty(count)
        slow[0] = rng.normal(0.0, FIX_WANDER_M)
        for at in range(1, count):
            slow[at] = keep * slow[at - 1] + steps[at]
        return slow + rng.normal(0.0, FIX_JITTER_M, count)

    columns = {
        "latitude_deg": 60.17 + (north + wander()) / 111_320.0,
        "longitude_deg": 24.94 + (east + wander()) / (111_320.0 * math.cos(math.radians(60.17))),
        "speed_mps": np.clip(speed + rng.normal(0.0, 0.1, count), 0.0, None),
    }
    return Stream("unknown", "earth", np.arange(count, dtype=float), columns)


def with_heading(run: Outdoors, noise_deg: float = 10.0) -> Stream:
    """Return the fixes with where the chest faces beside them, as a sensor with a known mount says it."""
    rng = np.random.default_rng(9)
    at = np.rint(run.fixes.time_s * RATE_HZ).astype(int)
    facing_deg = 90.0 - np.degrees(run.motion.heading_rad[at]) + rng.normal(0.0, noise_deg, len(at))
    columns = {**run.fixes.columns, "heading_deg": facing_deg % 360.0}
    return Stream("chest", "earth", run.fixes.time_s, columns, True)
