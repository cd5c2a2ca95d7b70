"""Unit quaternions as arrays: product, inverse, rotation of vectors, many side by side.

A quaternion is four arrays (or one array of four rows), w first. This is the kernel of all attitudes here, in numpy:
SciPy's ``Rotation`` gives the same to rounding (``tests/signals/test_quaternions.py``), but takes some nine times as
long for blocks side by side, and its import a third of a second of the first recording.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import ComplexArray, FloatArray

Quaternion = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def product(left: Quaternion, right: Quaternion) -> Quaternion:
    """Return the rotation that does `right` first and `left` after it."""
    a, b, c, d = left
    e, f, g, h = right
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )


def inverse(turn: Quaternion) -> Quaternion:
    """Return the rotation that takes one back."""
    return turn[0], -turn[1], -turn[2], -turn[3]


def rotate(turn: Quaternion | FloatArray, vector: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return vectors turned by quaternions.

    Parameters
    ----------
    turn : Quaternion or ndarray, shape (4, ...)
        Of unit length.
    vector : ndarray, shape (3, ...)
        Vectors, one for each rotation.

    Returns
    -------
    tuple of three ndarray
        The components.

    Examples
    --------
    A quarter turn about z takes x to y:

    >>> half = np.sqrt(0.5)
    >>> (np.round(rotate(np.array([half, 0.0, 0.0, half]), np.array([1.0, 0.0, 0.0])), 9) + 0.0).tolist()
    [0.0, 1.0, 0.0]
    """
    w, x, y, z = turn
    p, q, r = vector
    u, v, s = 2.0 * (y * r - z * q), 2.0 * (z * p - x * r), 2.0 * (x * q - y * p)
    return p + w * u + y * s - z * v, q + w * v + z * u - x * s, r + w * s + x * v - y * u


def shortest_to_up(vector: list[FloatArray]) -> Quaternion:
    """Return the shortest rotation that takes a direction to the third axis."""
    x, y, z = vector
    length = np.sqrt(x**2 + y**2 + z**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        w = 1.0 + z / length
        norm = np.sqrt(w**2 + (x**2 + y**2) / length**2)
        parts = w / norm, y / length / norm, -x / length / norm, np.zeros_like(w)
    sound = np.isfinite(parts[0])
    return np.where(sound, parts[0], 1.0), np.where(sound, parts[1], 0.0), np.where(sound, parts[2], 0.0), parts[3]


def twist(turn: Quaternion) -> FloatArray:
    """Return by how much rotations turn about the third axis, in radians: the twist of swing and twist."""
    return np.asarray(2.0 * np.arctan2(turn[3], turn[0]))


def integrated(angles: FloatArray) -> tuple[Quaternion, Quaternion]:
    """Multiply small rotations up, blocks side by side.

    Parameters
    ----------
    angles : ndarray, shape (3, size, blocks)
        Rotation vectors from each sample to the next, in radians.

    Returns
    -------
    inside : Quaternion
        The rotation since the start of the block at each of its samples, each part of shape (size, blocks).
    at_end : Quaternion
        At the start of the next block, each part of shape (blocks,).
    """
    _, size, blocks = angles.shape
    angle = np.sqrt((angles**2).sum(axis=0))
    half_sinc = 0.5 * np.sinc(angle / (2.0 * np.pi))
    steps = np.stack([np.cos(0.5 * angle), *(angles * half_sinc)])
    inside = np.empty((4, size, blocks))
    now: Quaternion = (np.ones(blocks), np.zeros(blocks), np.zeros(blocks), np.zeros(blocks))
    for step in range(size):
        inside[:, step] = now
        now = product(now, (steps[0, step], steps[1, step], steps[2, step], steps[3, step]))
    return (inside[0], inside[1], inside[2], inside[3]), now


def small_turns(half: FloatArray) -> tuple[ComplexArray, ComplexArray]:
    """Return rotations by small angles as two halves of a quaternion, w + xi and y + zi, each of shape (n + 1,).

    Parameters
    ----------
    half : ndarray, shape (3, n)
        Half the rotation vectors, in radians. It is written to. **Valid for** fractions of a radian: sine and cosine
        are taken to the fifth power. The last of the n + 1 rotations is none.
    """
    count = half.shape[1] + 1
    square = np.einsum("ij,ij->j", half, half)
    half *= 1 - square / 6 + square**2 / 120
    first, second = np.ones(count, dtype=complex), np.zeros(count, dtype=complex)
    first.real[:-1], first.imag[:-1] = 1 - square / 2 + square**2 / 24, half[0]
    second.real[:-1], second.imag[:-1] = half[1], half[2]
    return first, second


def products(first: ComplexArray, second: ComplexArray) -> FloatArray:
    """Multiply rotations up, each given as two complex halves of a quaternion.

    A quaternion is two complex numbers, ``p + q j``, and ``(p + q j)(r + s j) = (p r - q s*) + (p s + q r*) j``: six
    operations on a row of strides, where its four parts need twenty-eight.

    Parameters
    ----------
    first, second : ndarray of complex, shape (steps, strides)
        The halves, w + xi and y + zi.

    Returns
    -------
    ndarray, shape (4, steps + 1, strides)
        The attitude before and after each of the turns, beginning with none.
    """
    p, q = np.empty((2, len(first) + 1, first.shape[1]), dtype=complex)
    p[0], q[0] = 1.0, 0.0
    first_conjugate, second_conjugate = first.conj(), second.conj()
    for step in range(len(first)):
        np.multiply(p[step], first[step], out=p[step + 1])
        p[step + 1] -= q[step] * second_conjugate[step]
        np.multiply(p[step], second[step], out=q[step + 1])
        q[step + 1] += q[step] * first_conjugate[step]
    return np.stack([p.real, p.imag, q.real, q.imag])
