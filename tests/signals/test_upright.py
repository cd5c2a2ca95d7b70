"""How far from up a sensor's z axis lies while its wearer moves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.recording import Stream
from backward_running.signals.upright import tilt_rad

G = 9.80665


def leaning(tilt_rad, *, about_rad=0.0, seconds=20.0, rate_hz=100.0, bounce_mps2=3.0, still_s=0.0):
    """A sensor whose z axis leans, on somebody who stands and then walks."""
    time_s = np.arange(int(seconds * rate_hz)) / rate_hz
    length = G + bounce_mps2 * np.sin(2 * np.pi * 1.9 * time_s) * (time_s >= still_s)
    up = np.array([np.sin(tilt_rad) * np.cos(about_rad), np.sin(tilt_rad) * np.sin(about_rad), np.cos(tilt_rad)])
    force = length[:, None] * up + np.random.default_rng(1).normal(0, 0.1, (len(time_s), 3))
    columns = {f"acc_{axis}_mps2": force[:, k].copy() for k, axis in enumerate("xyz")}
    return Stream("waist", "body", time_s, columns, True)


@given(st.floats(0.0, np.pi), st.floats(-np.pi, np.pi), st.sampled_from([25.0, 100.0, 200.0]))
def test_the_angle_is_that_of_gravity_whichever_way_it_leans(tilt, about, rate_hz):
    assert tilt_rad(leaning(tilt, about_rad=about, rate_hz=rate_hz)) == pytest.approx(tilt, abs=0.02)


def test_who_does_not_move_says_nothing():
    assert tilt_rad(leaning(1.5, bounce_mps2=0.0)) is None  # a thigh that sits
    assert tilt_rad(leaning(1.5, still_s=18.2)) is None  # two seconds are too few
    assert tilt_rad(leaning(1.5, still_s=8.0)) == pytest.approx(1.5, abs=0.02)
    assert tilt_rad(Stream("waist", "body", np.arange(3.0), {"acc_x_mps2": np.arange(3.0)})) is None


def test_holes_are_left_out():
    stream = leaning(0.3)
    columns = {name: values.copy() for name, values in stream.columns.items()}
    columns["acc_y_mps2"][100:300] = np.nan
    assert tilt_rad(Stream("waist", "body", stream.time_s, columns, True)) == pytest.approx(0.3, abs=0.02)
