"""What a sensor fused itself: its orientation as a unit quaternion, held against gravity before it is believed.

Makers write it either way round, from the sensor to the room or back, and hardly one says which. Gravity does: turned
by the right one, the acceleration points up in the mean. Where neither does, it is no orientation of that sensor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.names import ACCELERATION, ANGULAR_RATE, ORIENTATION
from backward_running.core.recording import FloatArray, Stream
from backward_running.evidence import proposed_number
from backward_running.formats._table import Table, rising

UPRIGHT = proposed_number(
    "orientation_upright_ratio", 0.8, "1",
    "Turned into the room, what an accelerometer feels is gravity upward in the mean: at least 0.8 of it.",
)  # fmt: skip
LENGTH_TOLERANCE = 0.05  #: of a unit quaternion; what is longer or shorter is none
BRIDGED_STEPS = 5.0  #: a hole of more than five usual steps stays a hole
LEAST_HZ = 20.0  #: slower, what happens between two orientations is not seen


@dataclass(frozen=True, slots=True, eq=False)
class Orientation:
    """Unit quaternions on their own clock, w first; which way they turn is not known yet."""

    time_s: FloatArray
    turns: FloatArray  #: shape (n, 4)
    place: str = "unknown"


def orientation_in(table: Table, pattern: str, time_s: FloatArray, place: str = "unknown") -> Orientation | None:
    """Return the orientation of a table whose columns match a pattern that holds ``{axis}``, of w, x, y, z."""
    found = [table.find(pattern.format(axis=axis)) for axis in "wxyz"]
    if any(name is None for name in found):
        return None
    return Orientation(time_s, np.column_stack([table.column(name) for name in found if name is not None]), place)


def with_orientations(
    streams: Sequence[Stream], orientations: Iterable[Orientation], losses: list[str]
) -> tuple[Stream, ...]:
    """Return the streams with what was fused put beside the acceleration of its place, and rates where there are none.

    Parameters
    ----------
    streams : sequence of Stream
        Of one recording, on the clock of the orientations.
    orientations : iterable of Orientation
        As the file has them.
    losses : list of str
        What could not be believed is told here.

    Notes
    -----
    A sensor that turns at ω has ω = 2 · q⁻¹ · dq/dt in its own axes. So where a place has an orientation and no
    gyroscope, its rates follow from it.
    """
    found = list(streams)
    for orientation in orientations:
        sound = _sound(orientation)
        here = [k for k, stream in enumerate(found) if stream.place == orientation.place and stream.has(*ACCELERATION)]
        if sound is None or not here:
            continue
        at = here[0]
        turned = _from_the_sensor(sound, found[at])
        if turned is None:
            losses.append("The orientation was left out: gravity does not point down in it, so it is no sensor's here.")
            continue
        silent = not any(stream.place == orientation.place and stream.has(ANGULAR_RATE[0]) for stream in found)
        found[at] = _beside(found[at], turned, rates=silent)
    return tuple(found)


def _sound(orientation: Orientation) -> Orientation | None:
    """Return it in order of time, of unit length, without jumps of sign: q and −q are one orientation."""
    kept, _ = rising(orientation.time_s)
    time_s, turns = orientation.time_s[kept], orientation.turns[kept]
    length = np.linalg.norm(turns, axis=1)
    good = np.abs(length - 1.0) <= LENGTH_TOLERANCE
    time_s, turns = time_s[good], turns[good] / length[good, None]
    if len(time_s) < 2:
        return None
    flips = np.cumprod(np.concatenate([[1.0], np.where((turns[1:] * turns[:-1]).sum(axis=1) < 0.0, -1.0, 1.0)]))
    return Orientation(time_s, turns * flips[:, None], orientation.place)


def _from_the_sensor(orientation: Orientation, stream: Stream) -> Orientation | None:
    """Return it as the turn from the sensor to the room, by what gravity says; None where it says neither."""
    force = np.column_stack([stream.columns[name] for name in ACCELERATION])
    there = _at(orientation, stream.time_s)
    known = np.isfinite(there).all(axis=1) & np.isfinite(force).all(axis=1)
    if not known.any():
        return None
    there, force = there[known], force[known]
    back = there * [1.0, -1.0, -1.0, -1.0]
    up, other = (float(_rotated(turns, force)[:, 2].mean()) / STANDARD_GRAVITY_MPS2 for turns in (there, back))
    if max(up, other) < UPRIGHT.value:
        return None
    return (
        orientation
        if up >= other - 1e-6
        else Orientation(orientation.time_s, orientation.turns * [1.0, -1.0, -1.0, -1.0], orientation.place)
    )


def _beside(stream: Stream, orientation: Orientation, *, rates: bool) -> Stream:
    turns = _at(orientation, stream.time_s)
    columns = dict(stream.columns)
    for index, name in enumerate(ORIENTATION):
        columns[name] = np.ascontiguousarray(turns[:, index])
    step_s = float(np.median(np.diff(orientation.time_s)))
    if rates and step_s * LEAST_HZ <= 1.0:
        turning = Orientation(orientation.time_s, _rates(orientation), orientation.place)
        at_stream = _between(turning, stream.time_s)
        for index, name in enumerate(ANGULAR_RATE):
            columns[name] = np.ascontiguousarray(at_stream[:, index])
    return Stream(stream.place, stream.frame, stream.time_s, columns, stream.mount_known)


def _rates(orientation: Orientation) -> FloatArray:
    """Return ω in the sensor's axes, shape (n, 3)."""
    w, x, y, z = orientation.turns.T
    dw, dx, dy, dz = np.gradient(orientation.turns, orientation.time_s, axis=0).T
    return 2.0 * np.column_stack(
        [w * dx - x * dw - y * dz + z * dy, w * dy + x * dz - y * dw - z * dx, w * dz - x * dy + y * dx - z * dw]
    )


def _at(orientation: Orientation, time_s: FloatArray) -> FloatArray:
    """Return it at other moments, of unit length; holes and what lies outside stay unknown."""
    turns = _between(orientation, time_s)
    return np.asarray(turns / np.linalg.norm(turns, axis=1, keepdims=True))


def _between(orientation: Orientation, time_s: FloatArray) -> FloatArray:
    step_s = float(np.median(np.diff(orientation.time_s)))
    after = np.clip(np.searchsorted(orientation.time_s, time_s), 1, len(orientation.time_s) - 1)
    unknown = orientation.time_s[after] - orientation.time_s[after - 1] > BRIDGED_STEPS * step_s
    unknown |= (time_s < orientation.time_s[0] - step_s) | (time_s > orientation.time_s[-1] + step_s)
    found = np.column_stack([np.interp(time_s, orientation.time_s, column) for column in orientation.turns.T])
    found[unknown] = np.nan
    return found


def _rotated(turns: FloatArray, vectors: FloatArray) -> FloatArray:
    w, axis = turns[:, :1], turns[:, 1:]
    twice = 2.0 * np.cross(axis, vectors)
    return np.asarray(vectors + w * twice + np.cross(axis, twice))
