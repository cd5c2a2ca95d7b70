"""Gyroscope, accelerometer and, where it is believed, magnetometer → how far the body has turned, in any mounting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.recording import Stream
from backward_running.signals.field import drift_of
from backward_running.signals.quaternions import Quaternion, inverse, product, shortest_to_up, twist
from backward_running.signals.strapdown import blocks_of, samples_of, shift


@dataclass(frozen=True, slots=True, eq=False)
class Yaw:
    """How far the body has turned about the plumb line since each piece began.

    ``yaw_rad`` counts anticlockwise seen from above and is unwrapped; it drifts with the gyroscope where it is not
    ``held`` by the magnetic field. ``piece`` numbers the stretches without a hole: between two of them the turn is not
    known, if not both are held. ``unrest_mps2`` is the standard deviation of the size of the acceleration within each
    block of 4 s: near zero for a sensor that lies on a table.
    """

    time_s: FloatArray
    yaw_rad: FloatArray
    piece: IntArray
    unrest_mps2: FloatArray
    held: BoolArray


def yaw(stream: Stream, field: Stream | None = None) -> Yaw | None:
    """Follow the turn of the body about the plumb line.

    Parameters
    ----------
    stream : Stream
        With three axes of acceleration and three of angular rate in any right-handed frame that is fixed to the
        sensor. Its mount need not be known.
    field : Stream, optional
        With three axes of a magnetometer in the same frame, on any clock; it may be the same stream.

    Returns
    -------
    Yaw or None
        At 50 to 100 Hz. NaN where the average acceleration cannot be gravity. None where an axis is missing or
        constant, or the rate is below 10 Hz.

    Notes
    -----
    Within blocks of 4 s the rates are integrated as rotations. Turned by them, the accelerations of a block share one
    frame, and their mean there is the plumb line: the swing of the limb is taken out before the mean and not after.
    The yaw is the twist about the plumb line that is left of the rotation against the mean posture of the block
    (swing-twist decomposition), so that a limb that swings to and fro, coning included, returns to the same yaw.
    Where the magnetic field is what it mostly is in this recording, its slow turn seen from that attitude is the drift
    of the gyroscope, and is taken off (:mod:`backward_running.signals.field`); elsewhere the bias of the gyroscope
    stays. **Valid for** postures that stay within some 120° of their mean.

    Examples
    --------
    A sensor upside down that turns left by half a turn:

    >>> from backward_running.core.names import ACCELERATION, ANGULAR_RATE
    >>> time_s = np.arange(500) / 50
    >>> still, turns = np.zeros(500), np.full(500, -np.pi / 10)
    >>> shake = 0.1 * np.sin(9 * time_s)
    >>> axes = (shake, shake, shake - 9.81, shake, shake, turns + shake)
    >>> columns = dict(zip(ACCELERATION + ANGULAR_RATE, axes, strict=True))
    >>> turned = yaw(Stream("unknown", "sensor", time_s, columns))
    >>> round(float(np.degrees(turned.yaw_rad[-1] - turned.yaw_rad[0])), -1)
    180.0
    """
    samples = samples_of(stream)
    if samples is None:
        return None
    count = len(samples.time_s)
    blocks = blocks_of(samples, to_usual=True)
    posture = shortest_to_up([np.nanmean(part, axis=0) for part in blocks.force])
    links = twist(product(product(blocks.plumb, blocks.at_end), inverse(shift(blocks.plumb))))
    start = np.concatenate([[0.0], np.cumsum(_wrapped(links))[:-1]])
    turned = start + _twist_between(blocks.plumb, blocks.inside, inverse(posture))
    yaw_rad = np.unwrap(turned.T.reshape(-1))[:count]
    yaw_rad = np.where(blocks.spread(blocks.upside.astype(np.float64))[:count] > 0, yaw_rad, np.nan)
    unrest = blocks.spread(np.nanstd(np.sqrt(sum(part**2 for part in blocks.force)), axis=0))[:count]
    found = None if field is None else drift_of(samples, blocks, start, field)
    if found is None:
        return Yaw(samples.time_s, yaw_rad, samples.piece, unrest, np.zeros(count, dtype=bool))
    # Two neighbours that are held share one direction: nothing is lost between them.
    breaks = ~(found.pieces[1:] & found.pieces[:-1])
    piece = np.concatenate([[0], np.cumsum(breaks)])[samples.piece]
    return Yaw(samples.time_s, yaw_rad - found.drift_rad, piece, unrest, found.pieces[samples.piece])


def _twist_between(left: Quaternion, inside: Quaternion, right: Quaternion) -> FloatArray:
    """Return the twist of left · inside · right, where only `inside` changes from sample to sample.

    Of the product, linear in `inside`, two parts are needed: a quarter of the work of two products.
    """
    ones, nothing = np.ones_like(left[0]), np.zeros_like(left[0])
    w, z = np.zeros_like(inside[0]), np.zeros_like(inside[0])
    for number, part in enumerate(inside):
        unit = [ones if other == number else nothing for other in range(4)]
        through = product(product(left, (unit[0], unit[1], unit[2], unit[3])), right)
        w += through[0] * part
        z += through[3] * part
    return np.asarray(2.0 * np.arctan2(z, w))


def _wrapped(angle_rad: FloatArray) -> FloatArray:
    return np.asarray((angle_rad + np.pi) % (2.0 * np.pi) - np.pi)
