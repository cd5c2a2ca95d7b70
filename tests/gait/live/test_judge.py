"""The judge that runs along: what it tells while it happens, what it leaves open, and the numbers of the phone."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.gait.live.walks import (
    BACKWARD,
    FORWARD,
    UNKNOWN,
    VECTORS,
    WALKS,
    Walk,
    constants,
    judged,
    pocket_constants,
    told_as_rows,
)

from backward_running.gait.live.attitude import IDENTITY, product, rotated, to_up, turned_by
from backward_running.gait.live.turning import Turning

KEPT = json.loads(VECTORS.read_text(encoding="utf-8"))
TURNED = WALKS["turned_as_asked"]


def ways(walk):
    return "".join(told.direction.value[0] for told in judged(walk.events(), walk.end_s, in_a_pocket=walk.in_a_pocket))


@pytest.mark.parametrize("vector", KEPT["walks"], ids=lambda vector: vector["name"])
def test_the_vectors_of_the_phone_are_told_here_too(vector):
    told = told_as_rows(judged(vector["events"], vector["end_s"], in_a_pocket=vector["in_a_pocket"]))
    assert [row[:2] + row[4:] for row in told] == [row[:2] + row[4:] for row in vector["told"]]
    np.testing.assert_allclose([row[2:4] for row in told], [row[2:4] for row in vector["told"]], atol=1e-6)


def test_the_phone_has_the_same_numbers():
    assert KEPT["constants"] == constants()
    assert KEPT["pocket"] == pocket_constants()


def test_a_turn_that_was_asked_for_is_told_within_a_second():
    told = ways(TURNED)
    assert set(told[12:26]) == {"f"} and set(told[28:38]) == {"b"} and set(told[40:]) == {"f"}


def test_a_step_that_is_not_gone_as_it_says_is_told_as_it_is_gone():
    walk = replace(TURNED, body=())
    told = judged(walk.events(), walk.end_s)
    assert {one.direction for one in told[12:]} == {FORWARD}
    assert [one.second for one in told if one.disagrees] == list(range(32, 37)), "not at once, and not in the next step"


def test_without_a_plan_nothing_is_told():
    assert set(ways(replace(TURNED, steps=()))) == {"u"}
    assert set(ways(replace(TURNED, steps=((0.0, UNKNOWN),)))) == {"u"}


def test_a_plan_alone_tells_nothing():
    walk = replace(TURNED, out=(0.0, 1e9))
    assert set(ways(walk)) == {"u"}, "no course was seen"
    assert set(ways(replace(TURNED, hole=(0.0, 1e9)))) == {"u"}, "no motion was seen"


def test_a_round_turn_is_no_change_of_direction():
    walk = replace(TURNED, body=(26.0,), course=(26.2,), steps=((0.0, FORWARD),))
    told = ways(walk)
    assert "b" not in told and set(told[31:]) == {"f"}


def test_a_course_that_reverses_under_the_same_chest_is_a_change():
    walk = replace(TURNED, body=(), course=(26.0,), steps=((0.0, FORWARD), (24.0, BACKWARD)))
    told = ways(walk)
    assert set(told[12:25]) == {"f"} and set(told[30:]) == {"b"}


def test_an_outage_is_bridged_for_some_seconds_and_not_for_long():
    told = ways(replace(TURNED, body=(), steps=((0.0, FORWARD),), out=(20.0, 1e9)))
    assert set(told[12:30]) == {"f"} and set(told[45:]) == {"u"}


def test_a_turn_in_an_outage_that_nobody_asked_for_leaves_it_open():
    told = ways(replace(TURNED, body=(30.0,), steps=((0.0, FORWARD),), out=(27.0, 38.0)))
    assert set(told[32:38]) == {"u"}


def test_a_hole_in_the_motion_begins_anew():
    told = ways(replace(TURNED, body=(), steps=((0.0, FORWARD),), hole=(25.0, 26.0)))
    assert set(told[12:25]) == {"f"} and set(told[26:34]) == {"u"} and told[-1] == "f"


def test_who_stands_goes_nowhere_and_gathers_no_metres():
    walk = replace(TURNED, body=(26.0,), steps=((0.0, FORWARD), (25.0, BACKWARD)), rests=(34.0, 44.0))
    told = judged(walk.events(), walk.end_s)
    assert {one.direction for one in told[37:43]} == {UNKNOWN}
    assert told[42].backward_m == told[36].backward_m
    gone = [one for one in told if one.direction is BACKWARD]
    assert told[-1].backward_m == pytest.approx(1.4 * len(gone), rel=0.1)


def test_noise_against_each_other_is_told_nothing():
    """A loose phone: its yaw has nothing to do with the course."""
    turns = tuple(np.random.default_rng(3).uniform(2.0, 46.0, 14).tolist())
    assert ways(replace(TURNED, body=(), course=turns, steps=((0.0, FORWARD),))).count("b") <= 3


def test_a_yaw_returns_from_a_swing_that_goes_round():
    """A thigh that draws a loop encloses an angle: added up, its rate about the plumb line would run away."""
    turning, attitude = Turning(), IDENTITY
    for number in range(3000):
        at_s = number / 100.0
        swing = turned_by((0.7 * np.sin(7.0 * at_s), 0.4 * np.cos(7.0 * at_s), 0.0), 1.0)
        back = (attitude[0], -attitude[1], -attitude[2], -attitude[3])
        turn = product(back, swing)
        rate = tuple(200.0 * part for part in turn[1:]) if number else (0.0, 0.0, 0.0)
        attitude = swing
        inverse = (swing[0], -swing[1], -swing[2], -swing[3])
        turning.take(at_s, rotated(inverse, (0.0, 0.0, 9.81)), rate)
    _, yaw_rad = turning.mean_yaw_rad()
    assert abs(yaw_rad) < 0.6


def test_a_vector_that_points_down_is_set_upright_too():
    for vector in ((0.0, 0.0, -2.0), (0.3, -0.2, 0.1), (0.0, 0.0, 1.0)):
        x, y, z = rotated(to_up(vector), vector)
        np.testing.assert_allclose([x, y, z], [0.0, 0.0, np.linalg.norm(vector)], atol=1e-12)
    assert to_up((0.0, 0.0, 0.0)) == IDENTITY


def test_a_walk_longer_than_its_events_ends():
    assert len(judged(Walk(5.0).events(), 9.0)) == 9


def test_a_pocket_alone_tells_a_walk_and_a_change_of_it_some_seconds_late():
    told = ways(WALKS["a_pocket_alone"])
    assert set(told[8:16]) == {"f"} and told[-1] == "b" and set(told[:5]) == {"u"}
    assert set(told[18:25]) == {"u"}, "a window after the change says the contrary of what is pooled"


def test_a_pocket_says_which_side_is_forward_where_no_plan_does():
    walk = WALKS["a_pocket_says_which_side_is_forward"]
    told = ways(walk)
    assert set(told[15:27]) == {"f"} and set(told[32:]) == {"b"}
    assert set(ways(replace(walk, in_a_pocket=False))) == {"u"}


def test_a_pocket_that_moves_as_nobody_does_says_nothing():
    walk = replace(TURNED, steps=(), out=(0.0, 1e9))
    assert {told.direction for told in judged(walk.events(), walk.end_s, in_a_pocket=True)} == {UNKNOWN}
