"""Where the axes of a sensor point: every right hand is understood, no left one is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from backward_running.core.errors import BadValue
from backward_running.core.mounting import OF_THE_BODY, WAYS, axes_of, body_from, worded

LINE = {"right": (1, 0, 0), "left": (-1, 0, 0), "forward": (0, 1, 0), "back": (0, -1, 0), "up": (0, 0, 1),
        "down": (0, 0, -1)}  # fmt: skip
EVERY = [
    ways for ways in itertools.product(WAYS, repeat=3) if np.linalg.det(np.array([LINE[one] for one in ways])) == 1.0
]
NONE = [ways for ways in itertools.product(WAYS, repeat=3) if ways not in EVERY]


@pytest.mark.parametrize("ways", EVERY, ids="-".join)
def test_each_of_the_24_is_understood_and_turns_gravity_up(ways):
    axes = axes_of(dict(zip("xyz", ways, strict=True)))
    assert axes == ways
    in_body = np.array([3.0, 5.0, 7.0])  # along right, forward, up
    in_sensor = np.array([LINE[one] for one in ways]) @ in_body
    assert [sign * in_sensor[at] for at, sign in body_from(axes)] == in_body.tolist()
    for left_out in "xyz":  # two are enough
        assert axes_of({axis: way for axis, way in zip("xyz", ways, strict=True) if axis != left_out}) == ways
    assert axes_of(dict(pair.split("=") for pair in worded(axes).split(","))) == axes


def test_there_are_24():
    assert len(EVERY) == 24
    assert OF_THE_BODY in EVERY


@pytest.mark.parametrize("ways", NONE, ids="-".join)
def test_a_left_hand_and_two_on_one_line_are_refused(ways):
    with pytest.raises(BadValue, match=r"`mount` must point its axes as .* right hand do; got 'x="):
        axes_of(dict(zip("xyz", ways, strict=True)))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"x": "up"}, "at least two axes"),
        ({}, "at least two axes"),
        ({"x": "up", "w": "left"}, "where x, y and z point"),
        ({"x": "up", "y": "north"}, r"forward, back, up or down; got 'y=north'"),
        ({"y": "up", "z": "down"}, "right hand"),
    ],
)
def test_what_is_no_mounting_says_what_one_is(said, words):
    with pytest.raises(BadValue, match=words):
        axes_of(said)
