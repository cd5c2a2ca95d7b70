from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.gait.conftest import make_recording
from tests.gait.legs import SIX_AXES, Leg, any_turn

from backward_running.core.direction import Direction
from backward_running.core.recording import Recording, Stream
from backward_running.gait import find_bouts
from backward_running.gait.base import State
from backward_running.gait.detectors.standing_still import DETECTOR, judge
from backward_running.gait.segment.time_base import time_base

PLACES = ("foot_left", "shank_right", "pocket", "waist", "chest", "unknown")
SWAY_MPS2, SWAY_RADPS = 0.08, 0.06


def moves_of(place: str, time_s: np.ndarray, leg: Leg) -> np.ndarray:
    if place in ("waist", "chest", "unknown", "wrist"):  # a trunk: two steps in a stride
        phase = 4 * np.pi * time_s / leg.stride_s
        bounce = 8.0 if leg.stance_share < 0.5 else 2.5
        swing = 0.4 * np.cos(phase / 2)
        return np.array(
            [0.5 * np.sin(phase / 2), 1.5 * np.sin(phase), 9.81 + bounce * np.cos(phase), swing / 2, swing / 3, swing]
        )
    return leg.sensor(place.replace("pocket", "thigh"), time_s)


def sensor(
    place: str,
    *rests: tuple[float, float],
    seconds: float = 60.0,
    rate_hz: float = 50.0,
    leg: Leg | None = None,
    sway: float = 1.0,
    mount_known: bool = True,
) -> Stream:
    """Somebody who moves, and stands within `rests` with the sway that people have."""
    rng = np.random.default_rng(4)
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    moves = moves_of(place, time_s, leg or Leg.walks())
    stands = np.zeros(len(time_s), dtype=bool)
    for start_s, end_s in rests:
        stands |= (time_s >= start_s) & (time_s < end_s)
    sways = np.cumsum(rng.normal(0.0, 1.0, (6, len(time_s))), axis=1)
    sways = (sways - sways.mean(axis=1, keepdims=True)) / sways.std(axis=1, keepdims=True)
    quick = np.sin(2 * np.pi * (0.7 * time_s + rng.random((6, 1))))
    scale = sway * np.array([[SWAY_MPS2]] * 3 + [[SWAY_RADPS]] * 3)
    upright = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]])
    moves = np.where(stands, upright + scale * (0.5 * sways + quick), moves) + rng.normal(0.0, 0.01, moves.shape)
    if not mount_known:
        turn = any_turn(8)
        moves = np.concatenate([turn @ moves[:3], turn @ moves[3:]])
    frame = "body" if mount_known else "sensor"
    return Stream(place, frame, time_s, dict(zip(SIX_AXES, moves, strict=True)), mount_known)


def recorded(*streams: Stream) -> Recording:
    return make_recording(max(float(one.time_s[-1]) for one in streams), streams=streams)


def rests_of(one: Recording) -> tuple[np.ndarray, np.ndarray]:
    time_s = time_base(one.duration_s, 0.2)
    opinion = judge(one, time_s)
    assert opinion is not None
    assert not opinion.speaks.any()
    assert (opinion.log_likelihood[:, State.FORWARD_WALK :] == 0.0).all()
    return time_s, opinion.log_likelihood[:, State.STILL] > 1.0


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mount_known", [True, False])
@pytest.mark.parametrize("lasts_s", [2.0, 6.0, 45.0])
def test_a_stop_is_found_everywhere(place, mount_known, lasts_s):
    one = recorded(sensor(place, (30.0, 30.0 + lasts_s), seconds=70.0 + lasts_s, mount_known=mount_known))
    stills = [bout for bout in find_bouts(one, None) if bout.direction is Direction.STILL]
    assert len(stills) == 1
    assert stills[0].start_s == pytest.approx(30.0, abs=0.7)
    assert stills[0].end_s == pytest.approx(30.0 + lasts_s, abs=0.7)
    assert stills[0].probability_share > 0.9


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("rate_hz", [25.0, 100.0])
@pytest.mark.parametrize(
    "leg",
    [
        Leg.walks(),
        Leg.walks(backward=True),
        Leg.runs(),
        Leg.runs(backward=True),
        Leg(speed_mps=0.6, stride_s=1.5, stance_share=0.68, toe_down_rad=0.5),
    ],
)
def test_who_moves_never_stands(place, rate_hz, leg):
    _, rests = rests_of(recorded(sensor(place, rate_hz=rate_hz, leg=leg)))
    assert not rests.any()


@pytest.mark.parametrize("sway", [0.0, 0.2])
def test_a_phone_on_a_table_is_no_rest_of_its_owner_for_long(sway):
    one = recorded(sensor("pocket", (30.0, 80.0), seconds=80.0, sway=sway))
    _, rests = rests_of(one)
    assert not rests.any()
    short = recorded(sensor("pocket", (30.0, 36.0), seconds=80.0, sway=sway))
    assert rests_of(short)[1].any()


def test_a_phone_that_never_moved_says_nothing():
    _, rests = rests_of(recorded(sensor("unknown", (0.0, 60.0))))
    assert not rests.any()


def test_a_hand_may_rest_while_its_owner_runs():
    one = recorded(sensor("wrist", (20.0, 40.0)))
    assert judge(one, time_base(one.duration_s, 0.2)) is None


def test_one_sensor_that_moves_is_enough():
    one = recorded(sensor("pocket", (20.0, 30.0)), sensor("foot_left", (24.0, 30.0)))
    time_s, rests = rests_of(one)
    assert not rests[time_s < 23.0].any()
    assert rests[(time_s > 25.0) & (time_s < 29.0)].all()


def test_who_is_carried_does_not_stand():
    rides = sensor("waist", (20.0, 40.0))
    clock_s = np.arange(60.0)
    speed = np.where((clock_s >= 20.0) & (clock_s < 40.0), 9.0, 1.3)
    main = Stream("unknown", "earth", clock_s, {"speed_mps": speed})
    assert rests_of(recorded(rides))[1].any()
    assert not rests_of(recorded(main, rides))[1].any()


def test_a_short_walk_between_two_stops_is_not_swallowed():
    """Ten seconds in which no detector tells a direction are unknown, not standing."""
    one = recorded(sensor("waist", (10.0, 25.0), (35.0, 50.0), mount_known=False))
    bouts = find_bouts(one, None)
    middle = [bout for bout in bouts if bout.start_s <= 30.0 < bout.end_s]
    assert [bout.direction for bout in middle] == [Direction.UNKNOWN]
    assert sum(bout.duration_s for bout in bouts if bout.direction is Direction.STILL) == pytest.approx(30.0, abs=3.0)


def test_without_a_gyroscope_it_tells_as_much():
    plain = sensor("waist", (30.0, 40.0))
    columns = {name: plain.columns[name] for name in SIX_AXES[:3]}
    time_s, rests = rests_of(recorded(replace(plain, columns=columns)))
    assert rests[(time_s > 31.0) & (time_s < 39.0)].all()
    assert not rests[(time_s < 28.0) | (time_s > 42.0)].any()


def test_nothing_to_ask_is_none(recording):
    assert judge(recording(60.0, {"speed_mps": 2.0}), np.arange(60.0)) is None
    assert DETECTOR.needs == SIX_AXES[:3]
