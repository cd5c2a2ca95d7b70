"""Turns of one sensor, one sample at a time: plain numbers, for a phone does the same."""

from __future__ import annotations

import math

Axes = tuple[float, float, float]
Quaternion = tuple[float, float, float, float]  #: w, x, y, z

IDENTITY: Quaternion = (1.0, 0.0, 0.0, 0.0)
LITTLE = 1e-12


def dot(left: Axes, right: Axes) -> float:
    """Return the scalar product.

    Parameters
    ----------
    left, right : tuple of float
        Of the same axes.

    Returns
    -------
    float
    """
    return left[0] * right[0] + left[1] * right[1] + left[2] * right[2]


def mean_of(left: Axes, right: Axes) -> Axes:
    """Return the mean of two vectors.

    Parameters
    ----------
    left, right : tuple of float
        Of the same axes.

    Returns
    -------
    tuple of float
    """
    return ((left[0] + right[0]) / 2.0, (left[1] + right[1]) / 2.0, (left[2] + right[2]) / 2.0)


def drawn(old: Axes, new: Axes, share: float) -> Axes:
    """Return a vector drawn towards a new one.

    Parameters
    ----------
    old, new : tuple of float
        Of the same axes.
    share : float
        0 keeps the old one, 1 takes the new one.

    Returns
    -------
    tuple of float
    """
    return (
        old[0] + share * (new[0] - old[0]),
        old[1] + share * (new[1] - old[1]),
        old[2] + share * (new[2] - old[2]),
    )


def product(left: Quaternion, right: Quaternion) -> Quaternion:
    """Return first the right turn, then the left one.

    Parameters
    ----------
    left, right : Quaternion
        Of unit length.

    Returns
    -------
    Quaternion
    """
    a, b, c, d = left
    w, x, y, z = right
    return (
        a * w - b * x - c * y - d * z,
        a * x + b * w + c * z - d * y,
        a * y - b * z + c * w + d * x,
        a * z + b * y - c * x + d * w,
    )


def conjugate(turn: Quaternion) -> Quaternion:
    """Return the turn back."""
    return (turn[0], -turn[1], -turn[2], -turn[3])


def rotated(turn: Quaternion, vector: Axes) -> Axes:
    """Return a vector turned.

    Parameters
    ----------
    turn : Quaternion
        Of unit length.
    vector : tuple of float
        In the axes that are turned.

    Returns
    -------
    tuple of float
    """
    _, x, y, z = product(product(turn, (0.0, *vector)), conjugate(turn))
    return (x, y, z)


def turned_by(rate_radps: Axes, step_s: float) -> Quaternion:
    """Return the turn of a constant rate.

    Parameters
    ----------
    rate_radps : tuple of float
        About the axes of the sensor.
    step_s : float
        How long.

    Returns
    -------
    Quaternion
    """
    speed = math.sqrt(dot(rate_radps, rate_radps))
    if speed * step_s < LITTLE:
        return IDENTITY
    scale = math.sin(speed * step_s / 2.0) / speed
    return (
        math.cos(speed * step_s / 2.0),
        scale * rate_radps[0],
        scale * rate_radps[1],
        scale * rate_radps[2],
    )


def to_up(vector: Axes) -> Quaternion:
    """Return the shortest turn that sets a vector upright; no turn where there is no vector."""
    length = math.sqrt(dot(vector, vector))
    if length < LITTLE:
        return IDENTITY
    w, x, y = 1.0 + vector[2] / length, vector[1] / length, -vector[0] / length
    size = math.sqrt(w * w + x * x + y * y)
    if size < LITTLE:  # head down: about x as well as about any other
        return (0.0, 1.0, 0.0, 0.0)
    return (w / size, x / size, y / size, 0.0)


def wrapped(angle_rad: float) -> float:
    """Return an angle within half a turn."""
    return angle_rad - 2.0 * math.pi * math.floor(angle_rad / (2.0 * math.pi) + 0.5)
