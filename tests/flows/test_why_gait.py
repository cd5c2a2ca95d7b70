"""Whoever goes like nobody known, or in a gait that tells nothing, is told so in words."""

from __future__ import annotations

import numpy as np
import pytest
from tests.flows.test_why import why
from tests.gait.detectors.test_trunk_sensor import runner, trunk
from tests.gait.legs import Leg, any_turn

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.flows.why_gait import RUNNING_THIGH, RUNNING_TRUNK, UNLIKE_ANYBODY

NAMES = (*ACCELERATION, *ANGULAR_RATE)


def leg(place: str, gait) -> np.ndarray:
    time_s = np.arange(0.0, 30.0, 0.01)
    rows = gait().sensor(place, time_s) + np.random.default_rng(1).normal(0.0, 0.1, (6, len(time_s)))
    matrix = any_turn(2)
    return np.concatenate([matrix @ rows[:3], matrix @ rows[3:]]).T


def test_a_foot_like_nobodys():
    assert why(leg("foot", Leg.walks), mount_known=False) == UNLIKE_ANYBODY


def test_a_running_thigh():
    assert why(leg("thigh", Leg.runs), "thigh_right", mount_known=False) == RUNNING_THIGH


@pytest.mark.parametrize("place", ["waist", "chest"])
def test_a_running_trunk(place):
    rows = np.column_stack([runner(place).columns[name] for name in NAMES])
    assert why(rows, place) == RUNNING_TRUNK


def test_a_walking_trunk_is_unknown_for_another_reason():
    rows = np.column_stack([trunk().columns[name] for name in NAMES])
    assert RUNNING_TRUNK not in why(rows, "waist")
