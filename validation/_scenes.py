"""Longer recordings made from the clips: loops, medleys with changes of direction, a satellite track, bad sensors.

A clip of the motion-captured man lasts 1 to 12 seconds; a recording lasts minutes. A *loop* repeats the part of a
clip whose end fits its beginning best; a *medley* puts loops and whole clips one after the other. That adds minutes,
not people and not steps: what is measured on a medley is still one man. Every draw comes from a seeded generator.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from backward_running.core.recording import FloatArray, Stream
from validation._labelled import RATE_HZ, SITES, Motion, changes_of, clips, held_out_clips, stream
from validation._scores import Way

GRAVITY_MPS2 = 9.80665
BLEND = 15  #: samples over which two pieces are blended
OPEN_RAD = 0.45  #: a loop after which a segment is left turned by more than this is no loop
JUMP_MPS = 0.3  #: nor one after which the body is faster or slower by more than this
APART = 20  #: two loops whose ends differ by fewer samples are one
STRAIGHT_RADPS = 0.5  #: nor one on which the body turns faster than this
TURN_S = 1.5  #: how long a half turn of the body takes
FIX_WANDER_M, FIX_MEMORY_S, FIX_JITTER_M = 2.2, 40.0, 0.12  #: a satellite receiver under open sky, as in the simulator


def steady_parts(motions: Sequence[Motion], least_s: float = 0.9) -> Iterator[Motion]:
    """Yield the parts of clips in which direction and gait stay the same for at least `least_s`."""
    for clip in motions:
        kind = clip.way * 2 + clip.runs
        starts = np.flatnonzero(np.diff(kind, prepend=-1))
        for first, last in zip(starts, [*starts[1:], len(clip)], strict=True):
            if last - first >= least_s * RATE_HZ:
                yield clip.cut(int(first), int(last))


def loop(part: Motion, seconds: float, rank: int = 0) -> Motion:
    """Repeat the stretch of a part whose end fits its beginning best until `seconds` are full.

    Every round is closed: each segment ends turned as it began and the body as fast as it began, or the errors of a
    clip that does not quite close would add up like no sensor's do. `rank` takes the next best stretch, so that not
    all hangs on one.
    """
    every_loop = best_loops(part)
    first, last, _ = every_loop[rank % len(every_loop)]
    once = part.cut(first, last)
    every = len(once) - BLEND  #: the last samples of a loop are blended into the first of the next
    drift_rad = (once.heading_rad[every] - once.heading_rad[0]) * np.arange(len(once)) / every
    once = replace(once, heading_rad=once.heading_rad - drift_rad)
    unit = joined([once] * 3).cut(every, 2 * every)
    closed = dict(zip(SITES, _closed(np.stack(list(unit.sensors.values()))), strict=True))
    times = math.ceil(seconds * RATE_HZ / every)

    def tiled(values: np.ndarray) -> np.ndarray:
        return np.concatenate([values] * times)[: round(seconds * RATE_HZ)]

    return Motion(
        part.name,
        {place: tiled(rows) for place, rows in closed.items()},
        tiled(unit.forward_mps),
        tiled(unit.lateral_mps),
        tiled(unit.heading_rad),
        tiled(unit.way),
        tiled(unit.runs),
    )


def _closed(tables: FloatArray) -> FloatArray:
    """Return one round of several sensors, (sensor, sample, 6), after which none is turned and none faster."""
    force, rate = tables[:, :, :3], tables[:, :, 3:].copy()
    for _ in range(4):
        poses, whole = _poses(rate)
        rate -= np.einsum("tsba,sb->sta", poses, _rotation_vector(whole)) * RATE_HZ / rate.shape[1]
    poses, _ = _poses(rate)
    mean = np.einsum("tsab,stb->sa", poses, force) / force.shape[1]
    rest = mean / np.linalg.norm(mean, axis=1, keepdims=True) * GRAVITY_MPS2
    return np.concatenate([force - np.einsum("tsba,sb->sta", poses, mean - rest), rate], axis=2)


def _poses(rate: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how each sensor stands before every sample, seen from its start, and how after the last."""
    pose = np.broadcast_to(np.eye(3), (len(rate), 3, 3))
    poses = np.empty((rate.shape[1], *pose.shape))
    for at in range(rate.shape[1]):
        poses[at] = pose
        pose = pose @ _turn(rate[:, at] / RATE_HZ)
    return poses, pose


def _turn(vector: FloatArray) -> FloatArray:
    """Return the rotation matrices of rotation vectors, (n, 3) → (n, 3, 3)."""
    angle = np.linalg.norm(vector, axis=1)[:, None, None].clip(1e-12)
    x, y, z = (vector / angle[:, 0]).T
    zero = np.zeros_like(x)
    cross = np.array([[zero, -z, y], [z, zero, -x], [-y, x, zero]]).transpose(2, 0, 1)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * cross @ cross)


def _rotation_vector(matrix: FloatArray) -> FloatArray:
    """Return the rotation vectors of rotation matrices, for turns well below half a turn."""
    angle = np.arccos(((np.trace(matrix, axis1=1, axis2=2) - 1.0) / 2.0).clip(-1.0, 1.0))
    skew = matrix - matrix.transpose(0, 2, 1)
    axis = np.stack([skew[:, 2, 1], skew[:, 0, 2], skew[:, 1, 0]], axis=1)
    return np.asarray(axis * (angle / (2.0 * np.sin(angle)).clip(1e-9))[:, None])


def verticals(tables: Sequence[FloatArray]) -> list[FloatArray]:
    """Return where the vertical stands in the axes of each sensor: carried by its gyroscope and held by gravity."""
    both = np.stack(tables)  # sensor, sample, axis
    forces, rates = both[:, :, :3] / GRAVITY_MPS2, both[:, :, 3:] / RATE_HZ
    up = forces[:, :100].mean(axis=1)
    ups = np.empty(forces.shape)
    for at in range(both.shape[1]):
        up /= np.sqrt(np.einsum("sa,sa->s", up, up))[:, None]
        ups[:, at] = up
        rate = rates[:, at]
        # d(up)/dt = up × rate, seen from the sensor.
        carried = up + up[:, _NEXT] * rate[:, _LAST] - up[:, _LAST] * rate[:, _NEXT]
        up = carried + 0.005 * (forces[:, at] - carried)
    return list(ups)


_NEXT, _LAST = [1, 2, 0], [2, 0, 1]


def best_loops(part: Motion, most: int = 3) -> list[tuple[int, int, float]]:
    """Return first and last sample of the best loops, 0.6 s or more long, and what each leaves open in radians.

    Infinite is no loop; only the best may be one. The ends look alike on all six sensors, and no segment has rotated
    on the way: a whole number of strides.
    """
    window, least = BLEND, 60
    whole = np.hstack([rows / rows.std(axis=0, keepdims=True).clip(0.05) for rows in part.sensors.values()])
    count = len(whole) - window
    if count <= least:
        return [(0, len(part), math.inf)]
    squares = np.sum(whole**2, axis=1)
    gap = squares[:, None] + squares[None, :] - 2.0 * whole @ whole.T
    unlike = sum(gap[shift : shift + count, shift : shift + count] for shift in range(0, window, 3)) / whole.shape[1]
    rotated = np.hstack([np.cumsum(rows[:, 3:5], axis=0) / RATE_HZ for rows in part.sensors.values()])[:count]
    first, second = np.triu_indices(count, k=least)
    opened = np.abs(rotated[second] - rotated[first]).max(axis=1)
    # A loop that ends slower than it began would jump in speed at every round.
    change_mps = np.abs(part.forward_mps[second] - part.forward_mps[first])
    # Longer loops carry more different steps: among equally good ones the longer wins.
    cost = (unlike[first, second] + 40.0 * opened**2 + 10.0 * change_mps**2) / (second - first) ** 0.5
    opened = np.where(change_mps > JUMP_MPS, math.inf, opened)
    found: list[tuple[int, int, float]] = []
    while len(found) < most and np.isfinite(cost).any():
        best = int(cost.argmin())
        if found and not opened[best] <= OPEN_RAD:
            break
        found.append((int(first[best]), int(second[best]) + window, float(opened[best])))
        cost[np.abs(first - first[best]) + np.abs(second - second[best]) < APART] = math.inf
    return found


def joined(parts: Sequence[Motion]) -> Motion:
    """Put parts one after the other; the sensors are blended over 0.15 s, the heading goes on where it was."""
    sensors = {place: _blended([part.sensors[place] for part in parts]) for place in SITES}
    headings, at_rad = [], float(parts[0].heading_rad[0])
    for number, part in enumerate(parts):
        kept = part.heading_rad[: len(part) - (BLEND if number < len(parts) - 1 else 0)]
        headings.append(kept - part.heading_rad[0] + at_rad)
        at_rad = float(headings[-1][-1])

    def plain(take: Callable[[Motion], np.ndarray]) -> np.ndarray:
        return np.concatenate(
            [take(part)[: len(part) - (BLEND if k < len(parts) - 1 else 0)] for k, part in enumerate(parts)]
        )

    return Motion(
        parts[0].name,
        sensors,
        plain(lambda part: part.forward_mps),
        plain(lambda part: part.lateral_mps),
        np.concatenate(headings),
        plain(lambda part: part.way),
        plain(lambda part: part.runs),
    )


def _blended(tables: Sequence[FloatArray]) -> FloatArray:
    pieces = [tables[0]]
    weight = np.linspace(0.0, 1.0, BLEND + 2)[1:-1, None]
    for table in tables[1:]:
        tail = pieces[-1][-BLEND:]
        pieces[-1] = pieces[-1][:-BLEND]
        pieces.append(np.vstack([tail * (1 - weight) + table[:BLEND] * weight, table[BLEND:]]))
    return np.vstack(pieces)


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
    turned, way = np.zeros(len(motion)), motion.way.copy()
    sensors = {place: rows.copy() for place, rows in motion.sensors.items()}
    ups = verticals(list(sensors.values()))
    for first, turn_rad in zip(starts.tolist(), turns_rad, strict=True):
        if turn_rad:
            last = min(first + round(TURN_S * RATE_HZ), len(motion))
            rate = turn_rad / TURN_S * (1 - np.cos(np.linspace(0, 2 * math.pi, last - first)))
            turned[first:last] += rate / RATE_HZ
            way[first:last] = Way.TURNING
            for rows, up in zip(sensors.values(), ups, strict=True):
                rows[first:last, 3:] += rate[:, None] * up[first:last]
    motion = replace(
        motion, sensors=sensors, heading_rad=motion.heading_rad + np.cumsum(turned), way=way, name=f"outdoors {seed}"
    )
    return Outdoors(motion, _fixes(motion, rng))


def _fixes(motion: Motion, rng: np.random.Generator) -> Stream:
    """Return positions once a second, with the slow wander of a receiver."""
    east_mps = motion.forward_mps * np.cos(motion.heading_rad)
    north_mps = motion.forward_mps * np.sin(motion.heading_rad)
    every = round(RATE_HZ)
    east, north = (np.cumsum(one)[::every] / RATE_HZ for one in (east_mps, north_mps))
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


# What can go wrong with a sensor. Each takes a stream of six axes and returns another.


def rotation(rng: np.random.Generator, most_rad: float = math.pi) -> FloatArray:
    """Return a random rotation matrix, by at most `most_rad` about a random axis (uniform over all at pi)."""
    if most_rad >= math.pi:
        matrix, upper = np.linalg.qr(rng.normal(size=(3, 3)))
        matrix = matrix * np.sign(np.diag(upper))
        return matrix if np.linalg.det(matrix) > 0 else matrix[:, [1, 0, 2]]
    axis = rng.normal(size=3)
    axis /= np.linalg.norm(axis)
    cross = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.asarray(np.eye(3) + math.sin(most_rad) * cross + (1 - math.cos(most_rad)) * cross @ cross)


def rows_of(one: Stream) -> FloatArray:
    """Return the six axes of a stream as rows."""
    return np.column_stack(list(one.columns.values()))


def turned(one: Stream, rng: np.random.Generator, most_rad: float = math.pi, *, mount_known: bool = False) -> Stream:
    """Return the stream of a sensor that sits otherwise."""
    matrix = rotation(rng, most_rad)
    rows = rows_of(one)
    rows = np.hstack([rows[:, :3] @ matrix.T, rows[:, 3:] @ matrix.T])
    return stream(one.place, rows, mount_known=mount_known, time_s=one.time_s)


def at_rate(one: Stream, rate_hz: float) -> Stream:
    """Return the stream as a device of another rate writes it: averaged when slower, interpolated when faster."""
    rows, duration_s = rows_of(one), len(one) / RATE_HZ
    if rate_hz < RATE_HZ:
        width = round(RATE_HZ / rate_hz)
        kept = len(rows) // width * width
        rows = rows[:kept].reshape(-1, width, rows.shape[1]).mean(axis=1)
        return stream(one.place, rows, mount_known=one.mount_known, time_s=np.arange(len(rows)) / rate_hz)
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    rows = np.column_stack([np.interp(time_s, one.time_s, rows[:, axis]) for axis in range(rows.shape[1])])
    return stream(one.place, rows, mount_known=one.mount_known, time_s=time_s)


def with_gaps(one: Stream, rng: np.random.Generator, share: float = 0.05) -> Stream:
    """Return the stream with holes of 0.1 to 2 s that take away about `share` of it."""
    keep = np.ones(len(one), dtype=bool)
    while (~keep).mean() < share:
        first = int(rng.integers(len(one)))
        keep[first : first + int(rng.integers(10, 200))] = False
    return stream(one.place, rows_of(one)[keep], mount_known=one.mount_known, time_s=one.time_s[keep])


def with_noise(one: Stream, rng: np.random.Generator) -> Stream:
    """Return the stream with white noise of 0.5 m/s² and 0.1 rad/s: far worse than a phone's."""
    noise = rng.normal(size=(len(one), 6)) * np.repeat([0.5, 0.1], 3)
    return stream(one.place, rows_of(one) + noise, mount_known=one.mount_known, time_s=one.time_s)


def with_bias(one: Stream, rng: np.random.Generator) -> Stream:
    """Return the stream with a constant error of 0.5 m/s² and 0.05 rad/s on every axis, signs at random."""
    bias = rng.choice([-1.0, 1.0], 6) * np.repeat([0.5, 0.05], 3)
    return stream(one.place, rows_of(one) + bias, mount_known=one.mount_known, time_s=one.time_s)


def with_drifting_clock(one: Stream, rng: np.random.Generator) -> Stream:  # noqa: ARG001
    """Return the stream on a clock that runs 0.1 % slow and jitters not: 3.6 s in an hour."""
    return stream(one.place, rows_of(one), mount_known=one.mount_known, time_s=one.time_s * 1.001)


def saturated(one: Stream, rng: np.random.Generator) -> Stream:  # noqa: ARG001
    """Return the stream of a cheap sensor: ±4 g and ±500 °/s."""
    rows = rows_of(one)
    limit = np.repeat([4 * 9.80665, math.radians(500.0)], 3)
    return stream(one.place, np.clip(rows, -limit, limit), mount_known=one.mount_known, time_s=one.time_s)


def mirrored(motion: Motion, place: str) -> tuple[str, FloatArray]:
    """Return the sensor of the other side of the body, by mirroring: x turns over, and the rates about y and z."""
    other = {"left": "right", "right": "left"}
    name, _, side = place.rpartition("_")
    rows = motion.sensors[place] * np.array([-1.0, 1, 1, 1, -1, -1])
    return (f"{name}_{other[side]}" if side in other else place), rows
