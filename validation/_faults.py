"""What can go wrong with a sensor, or differ between two: rate, gaps, noise, bias, clock, range, mounting, side.

Each takes a stream of six axes and returns another; what is drawn comes from the generator that is handed in.
"""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray, Stream
from validation._labelled import RATE_HZ, Motion, stream


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


def rows_of(worn: Stream) -> FloatArray:
    """Return the six axes of a stream as rows."""
    return np.column_stack(list(worn.columns.values()))


def turned(worn: Stream, rng: np.random.Generator, most_rad: float = math.pi, *, mount_known: bool = False) -> Stream:
    """Return the stream of a sensor that sits otherwise."""
    matrix = rotation(rng, most_rad)
    rows = rows_of(worn)
    rows = np.hstack([rows[:, :3] @ matrix.T, rows[:, 3:] @ matrix.T])
    return stream(worn.place, rows, mount_known=mount_known, time_s=worn.time_s)


def at_rate(worn: Stream, rate_hz: float) -> Stream:
    """Return the stream as a device of another rate writes it: averaged when slower, interpolated when faster."""
    rows, duration_s = rows_of(worn), len(worn) / RATE_HZ
    if rate_hz < RATE_HZ:
        width = round(RATE_HZ / rate_hz)
        kept = len(rows) // width * width
        rows = rows[:kept].reshape(-1, width, rows.shape[1]).mean(axis=1)
        return stream(worn.place, rows, mount_known=worn.mount_known, time_s=np.arange(len(rows)) / rate_hz)
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    rows = np.column_stack([np.interp(time_s, worn.time_s, rows[:, axis]) for axis in range(rows.shape[1])])
    return stream(worn.place, rows, mount_known=worn.mount_known, time_s=time_s)


def with_gaps(worn: Stream, rng: np.random.Generator, share: float = 0.05) -> Stream:
    """Return the stream with holes of 0.1 to 2 s that take away about `share` of it."""
    keep = np.ones(len(worn), dtype=bool)
    while (~keep).mean() < share:
        first = int(rng.integers(len(worn)))
        keep[first : first + int(rng.integers(10, 200))] = False
    return stream(worn.place, rows_of(worn)[keep], mount_known=worn.mount_known, time_s=worn.time_s[keep])


def with_noise(worn: Stream, rng: np.random.Generator) -> Stream:
    """Return the stream with white noise of 0.5 m/s² and 0.1 rad/s: far worse than a phone's."""
    noise = rng.normal(size=(len(worn), 6)) * np.repeat([0.5, 0.1], 3)
    return stream(worn.place, rows_of(worn) + noise, mount_known=worn.mount_known, time_s=worn.time_s)


def with_bias(worn: Stream, rng: np.random.Generator) -> Stream:
    """Return the stream with a constant error of 0.5 m/s² and 0.05 rad/s on every axis, signs at random."""
    bias = rng.choice([-1.0, 1.0], 6) * np.repeat([0.5, 0.05], 3)
    return stream(worn.place, rows_of(worn) + bias, mount_known=worn.mount_known, time_s=worn.time_s)


def with_drifting_clock(worn: Stream, rng: np.random.Generator) -> Stream:  # noqa: ARG001
    """Return the stream on a clock that runs 0.1 % slow and jitters not: 3.6 s in an hour."""
    return stream(worn.place, rows_of(worn), mount_known=worn.mount_known, time_s=worn.time_s * 1.001)


def saturated(worn: Stream, rng: np.random.Generator) -> Stream:  # noqa: ARG001
    """Return the stream of a cheap sensor: ±4 g and ±500 °/s."""
    rows = rows_of(worn)
    limit = np.repeat([4 * STANDARD_GRAVITY_MPS2, math.radians(500.0)], 3)
    return stream(worn.place, np.clip(rows, -limit, limit), mount_known=worn.mount_known, time_s=worn.time_s)


def mirrored(motion: Motion, place: str) -> tuple[str, FloatArray]:
    """Return the sensor of the other side of the body, by mirroring: x turns over, and the rates about y and z."""
    other = {"left": "right", "right": "left"}
    name, _, side = place.rpartition("_")
    rows = motion.sensors[place] * np.array([-1.0, 1, 1, 1, -1, -1])
    return (f"{name}_{other[side]}" if side in other else place), rows
