"""Loops: the part of a clip whose end fits its beginning best, closed, and repeated for minutes.

A clip of the motion-captured man lasts 1 to 12 seconds; a recording lasts minutes. A loop adds minutes, not people and
not steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray
from validation._labelled import RATE_HZ, SITES, Motion

BLEND = 15  #: samples over which two pieces are blended
OPEN_RAD = 0.45  #: a loop after which a segment is left turned by more than this is no loop
JUMP_MPS = 0.3  #: nor one after which the body is faster or slower by more than this
APART = 20  #: two loops whose ends differ by fewer samples are one


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
    unit = _one_round(part, first, last)
    times = math.ceil(seconds * RATE_HZ / len(unit))

    def tiled(values: np.ndarray) -> np.ndarray:
        return np.concatenate([values] * times)[: round(seconds * RATE_HZ)]

    return Motion(
        part.name,
        {place: tiled(rows) for place, rows in unit.sensors.items()},
        tiled(unit.forward_mps),
        tiled(unit.lateral_mps),
        tiled(unit.heading_rad),
        tiled(unit.way),
        tiled(unit.runs),
    )


@cache
def _one_round(part: Motion, first: int, last: int) -> Motion:
    """Return one closed round of the stretch of a part; many recordings are made of the same few."""
    once = part.cut(first, last)
    every = len(once) - BLEND  #: the last samples of a loop are blended into the first of the next
    drift_rad = (once.heading_rad[every] - once.heading_rad[0]) * np.arange(len(once)) / every
    once = replace(once, heading_rad=once.heading_rad - drift_rad)
    unit = joined([once] * 3).cut(every, 2 * every)
    closed = dict(zip(SITES, _closed(np.stack(list(unit.sensors.values()))), strict=True))
    return replace(unit, sensors=closed)


def _closed(tables: FloatArray) -> FloatArray:
    """Return one round of several sensors, (sensor, sample, 6), after which none is turned and none faster."""
    force, rate = tables[:, :, :3], tables[:, :, 3:].copy()
    for _ in range(4):
        poses, whole = _poses(rate)
        rate -= np.einsum("tsba,sb->sta", poses, _rotation_vector(whole)) * RATE_HZ / rate.shape[1]
    poses, _ = _poses(rate)
    mean = np.einsum("tsab,stb->sa", poses, force) / force.shape[1]
    rest = mean / np.linalg.norm(mean, axis=1, keepdims=True) * STANDARD_GRAVITY_MPS2
    return np.concatenate([force - np.einsum("tsba,sb->sta", poses, mean - rest), rate], axis=2)


def _poses(rate: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how each sensor stands before every sample, seen from its start, and how after the last."""
    pose = np.broadcast_to(np.eye(3), (len(rate), 3, 3))
    poses = np.empty((rate.shape[1], *pose.shape))
    turns = _turn(rate.swapaxes(0, 1).reshape(-1, 3) / RATE_HZ).reshape(poses.shape)
    for at, turn in enumerate(turns):
        poses[at] = pose
        pose = pose @ turn
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
    both = np.stack(tables, axis=2).swapaxes(0, 1)  # axis, sample, sensor: what is done to one axis is done at once
    forces, rates = both[:3].swapaxes(0, 1) / STANDARD_GRAVITY_MPS2, both[3:].swapaxes(0, 1) / RATE_HZ
    rates_next, rates_last = rates[:, _NEXT], rates[:, _LAST]
    ups = np.empty(forces.shape)  # sample, axis, sensor
    round_ = np.empty((5, both.shape[2]))  # x, y, z, x, y: the next axis and the last one are views
    up, next_, last = round_[:3], round_[1:4], round_[2:5]
    up[:] = forces[:100].mean(axis=0)
    for at, (force, rate_next, rate_last) in enumerate(zip(forces, rates_next, rates_last, strict=True)):
        squares = up * up
        np.divide(up, np.sqrt(squares[0] + squares[1] + squares[2]), out=up)
        round_[3:] = up[:2]
        ups[at] = up
        # d(up)/dt = up × rate, seen from the sensor.
        carried = up + next_ * rate_last - last * rate_next
        up[:] = carried + 0.005 * (force - carried)
    return list(ups.transpose(2, 0, 1))


_NEXT, _LAST = [1, 2, 0], [2, 0, 1]


@cache
def best_loops(part: Motion, most: int = 3) -> Sequence[tuple[int, int, float]]:
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
