"""The numpy kernel of rotations against SciPy's Rotation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from backward_running.signals.quaternions import (
    integrated,
    inverse,
    product,
    products,
    rotate,
    shortest_to_up,
    small_turns,
    twist,
)


def some(count: int, seed: int = 3) -> Rotation:
    return Rotation.random(count, rng=seed)


def ours(rotation: Rotation) -> tuple[np.ndarray, ...]:
    return tuple(rotation.as_quat(scalar_first=True).T)


def as_rotation(quaternion) -> Rotation:
    return Rotation.from_quat(np.stack(quaternion).T, scalar_first=True)


def angle_between(one: Rotation, other: Rotation) -> np.ndarray:
    return (one.inv() * other).magnitude()


def test_product_and_inverse_are_those_of_rotations():
    left, right = some(50, 1), some(50, 2)
    assert angle_between(as_rotation(product(ours(left), ours(right))), left * right) == pytest.approx(0.0, abs=1e-7)
    assert angle_between(as_rotation(inverse(ours(left))), left.inv()) == pytest.approx(0.0, abs=1e-7)


def test_vectors_turn_as_they_do_in_scipy():
    turns, vectors = some(50), np.random.default_rng(4).normal(size=(50, 3))
    assert pytest.approx(turns.apply(vectors), abs=1e-12) == np.stack(rotate(ours(turns), vectors.T)).T


def test_the_shortest_rotation_takes_any_direction_up():
    vectors = np.random.default_rng(5).normal(size=(3, 40))
    turned = np.stack(rotate(shortest_to_up(list(vectors)), vectors))
    assert turned[:2] == pytest.approx(0.0, abs=1e-12)
    assert turned[2] == pytest.approx(np.linalg.norm(vectors, axis=0))


def test_the_twist_of_a_turn_about_the_third_axis_is_its_angle():
    angles = np.linspace(-3.0, 3.0, 13)
    assert twist(ours(Rotation.from_rotvec(angles[:, None] * [0.0, 0.0, 1.0]))) == pytest.approx(angles)


def test_blocks_are_integrated_side_by_side():
    angles = np.random.default_rng(6).normal(0.0, 0.2, (3, 30, 4))
    inside, at_end = integrated(angles)
    for block in range(4):
        so_far = Rotation.identity()
        for step in range(30):
            here = Rotation.from_quat([part[step, block] for part in inside], scalar_first=True)
            assert (so_far.inv() * here).magnitude() == pytest.approx(0.0, abs=1e-7)
            so_far = so_far * Rotation.from_rotvec(angles[:, step, block])
        last = Rotation.from_quat([part[block] for part in at_end], scalar_first=True)
        assert (so_far.inv() * last).magnitude() == pytest.approx(0.0, abs=1e-7)


def test_complex_halves_multiply_as_rotations_do():
    """Two complex numbers for a quaternion: many small turns of many strides at once."""
    vectors = np.random.default_rng(7).normal(0.0, 0.05, (3, 45))
    first, second = small_turns(vectors / 2)
    found = products(first[:45].reshape(9, 5), second[:45].reshape(9, 5))
    assert found.shape == (4, 10, 5)
    for stride in range(5):
        so_far = Rotation.identity()
        for step in range(10):
            here = Rotation.from_quat(found[:, step, stride], scalar_first=True)
            assert (so_far.inv() * here).magnitude() == pytest.approx(0.0, abs=1e-7)
            if step < 9:
                so_far = so_far * Rotation.from_rotvec(vectors[:, step * 5 + stride])
