"""The bouts sum to the whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.conftest import make_recording

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Lap, Span
from backward_running.core.session import Bout, NotKnown, Paint, sum_facts
from backward_running.gait import apply_paint, find_bouts, measure
from backward_running.signals import working_stream


def whole(duration_s, direction=Direction.UNKNOWN):
    return (Bout(0.0, duration_s, direction, None, None, "nothing"),)


def a_run(seconds=400, **more):
    rng = np.random.default_rng(8)
    columns = {
        "speed_mps": np.abs(rng.normal(2.5, 0.8, seconds)),
        "distance_m": np.cumsum(rng.uniform(1, 3, seconds)),
        "cadence_spm": rng.uniform(0, 180, seconds),
        "heart_rate_bpm": rng.uniform(90, 180, seconds),
        "altitude_m": 300 + 0.05 * np.arange(seconds) * 2.0,
    }
    for values in columns.values():
        values[rng.random(seconds) < 0.02] = np.nan
    return make_recording(float(seconds), columns, **more)


@given(cuts=st.sets(st.floats(0.01, 399.9), max_size=12), data=st.data())
@settings(max_examples=60, deadline=None)
def test_sums_do_not_depend_on_the_cuts(cuts, data):
    pause_s = data.draw(st.floats(1, 350))
    one = a_run(pauses=(Span(pause_s, pause_s + data.draw(st.floats(1, 40))),))
    working = working_stream(one)
    moments = [0.0, *sorted(cuts), 400.0]
    bouts = [Bout(a, b, Direction.UNKNOWN, None, None, "nothing") for a, b in pairwise(moments) if b > a]
    parts, (all_of_it,) = sum_facts(measure(one, working, bouts)), measure(one, working, whole(400.0))
    for name in ("moving_s", "distance_m", "steps_count", "ascent_m"):
        assert getattr(parts, name) == pytest.approx(getattr(all_of_it, name), rel=1e-6, abs=1e-3), name


def test_plain_numbers(recording):
    one = recording(
        100.0, {"speed_mps": 2.0, "distance_m": 2.0 * np.arange(100.0), "cadence_spm": 150.0, "heart_rate_bpm": 140.0}
    )
    bouts = (Bout(0.0, 40.0, Direction.FORWARD, None, 0.9, "x"), Bout(40.0, 100.0, Direction.BACKWARD, None, 0.9, "x"))
    first, second = measure(one, working_stream(one), bouts)
    assert (first.moving_s, second.moving_s) == (pytest.approx(40.0), pytest.approx(60.0))
    assert (first.distance_m, second.distance_m) == (pytest.approx(80.0), pytest.approx(118.0))
    assert (first.steps_count, second.steps_count) == (pytest.approx(100.0), pytest.approx(150.0))
    assert first.heart_rate_bpm == pytest.approx(140.0)
    assert second.cadence_spm == pytest.approx(150.0)
    assert first.ascent_m is None
    assert isinstance(first.energy_j_per_kg, NotKnown)


def test_contact_and_flight_as_the_device_states_them(recording):
    contact_s = np.where(np.arange(100) < 50, 0.25, 0.45)  # the walk's leaves a rest of its step, too
    contact_s[[3, 60]] = 0.0, 9.0  # no step is that short or that long
    contact_s[70] = np.nan
    one = recording(
        100.0,
        {
            "speed_mps": np.where(np.arange(100) < 50, 3.0, 1.2),
            "distance_m": np.cumsum(np.where(np.arange(100) < 50, 3.0, 1.2)),
            "cadence_spm": np.where(np.arange(100) < 50, 180.0, 110.0),
            "contact_time_s": contact_s,
        },
    )
    bouts = (
        Bout(0.0, 50.0, Direction.BACKWARD, Gait.RUN, 0.9, "x"),
        Bout(50.0, 100.0, Direction.BACKWARD, Gait.WALK, 0.9, "x"),
    )
    runs, walks = measure(one, working_stream(one), bouts)
    assert runs.contact_time_s == pytest.approx(0.25)
    assert runs.flight_time_s == pytest.approx(60 / 180 - 0.25)
    assert runs.step_length_m == pytest.approx(1.0, rel=0.03)
    assert walks.contact_time_s == pytest.approx(0.45)
    assert walks.flight_time_s is None
    ridden = recording(100.0, {"speed_mps": 3.0, "contact_time_s": 0.25}, sport="cycling")
    assert measure(ridden, working_stream(ridden), whole(100.0))[0].contact_time_s is None


def test_missing_is_none_never_zero(recording):
    one = recording(100.0, {"temperature_degc": 20.0})
    (facts,) = measure(one, working_stream(one), whole(100.0))
    assert (facts.distance_m, facts.steps_count, facts.heart_rate_bpm, facts.cadence_spm, facts.ascent_m) == (None,) * 5


def test_a_pause_that_was_painted_backward_counts_nothing(recording):
    pause = Span(100.3, 161.7)
    keep = np.r_[0:101, 162:300]
    time_s = np.arange(300.0)[keep]
    one = recording(300.0, {"speed_mps": 2.0}, pauses=(pause,))
    stream = type(one.main)("wrist", "earth", time_s, {"speed_mps": np.full(len(time_s), 2.0)})
    one = recording(300.0, streams=(stream,), pauses=(pause,))
    working = working_stream(one)
    painted = apply_paint(find_bouts(one, working), [Paint(0.0, 300.0, Direction.BACKWARD)])
    (facts,) = measure(one, working, painted)
    assert facts.bout.direction is Direction.BACKWARD
    assert facts.moving_s == pytest.approx(300.0 - (pause.end_s - pause.start_s), abs=1.01)
    (only_pause,) = measure(one, working, [Bout(pause.start_s, pause.end_s, Direction.BACKWARD, None, 1.0, "paint")])
    assert only_pause.moving_s == 0.0


def test_a_painted_bout_takes_its_gait_from_its_speed(recording):
    one = recording(100.0, {"speed_mps": np.repeat([1.2, 2.5], 50)})
    bouts = [Bout(a, b, Direction.BACKWARD, None, 1.0, "paint") for a, b in ((0.0, 50.0), (50.0, 100.0))]
    assert [facts.bout.gait for facts in measure(one, working_stream(one), bouts)] == [Gait.WALK, Gait.RUN]
    (mixed,) = measure(one, working_stream(one), [Bout(0.0, 100.0, Direction.BACKWARD, None, 1.0, "paint")])
    assert mixed.bout.gait is None


def test_a_crank_has_no_steps(recording):
    one = recording(100.0, {"speed_mps": 7.0, "cadence_spm": 90.0}, sport="cycling")
    (facts,) = measure(one, working_stream(one), whole(100.0))
    assert facts.steps_count is None
    assert facts.cadence_spm == pytest.approx(90.0)


def test_without_a_stream_the_laps_are_left(recording):
    one = recording(
        120.0, laps=(Lap(0.0, 60.0, distance_m=150.0), Lap(60.0, 120.0, distance_m=120.0)), pauses=(Span(10.0, 20.0),)
    )
    bouts = (Bout(0.0, 60.0, Direction.FORWARD, None, 0.9, "x"), Bout(60.0, 120.0, Direction.BACKWARD, None, 0.9, "x"))
    first, second = measure(one, None, bouts)
    assert (first.distance_m, second.distance_m) == (150.0, 120.0)
    assert (first.moving_s, second.moving_s) == (50.0, 60.0)


def test_ascent_counts_rises_only(recording):
    way_m = 2.0 * np.arange(400.0)
    one = recording(400.0, {"distance_m": way_m, "speed_mps": 2.0, "altitude_m": 100 - 0.1 * np.abs(way_m - 400)})
    (facts,) = measure(one, working_stream(one), whole(400.0))
    assert facts.ascent_m == pytest.approx(40.0, rel=0.08)
