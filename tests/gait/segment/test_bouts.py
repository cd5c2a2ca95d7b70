"""Bouts tile, whatever comes in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.conftest import make_recording

from backward_running.core.direction import Direction
from backward_running.core.recording import Lap, Mark, RecordedStep, Span
from backward_running.gait import find_bouts, measure
from backward_running.signals import working_stream


def assert_tiles(bouts, duration_s):
    assert bouts[0].start_s == 0.0
    assert bouts[-1].end_s == duration_s
    assert all(a.end_s == b.start_s for a, b in pairwise(bouts))


@st.composite
def recordings(draw):
    seconds = draw(st.floats(0.3, 400.0))
    samples = max(int(draw(st.floats(0.1, 1.2)) * seconds), 1)
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    ranges = {
        "speed_mps": 4.0,
        "course_deg": 360.0,
        "heading_deg": 360.0,
        "cadence_spm": 200.0,
        "distance_m": 500.0,
        "altitude_m": 90.0,
    }
    columns = {}
    for name in draw(st.sets(st.sampled_from(sorted(ranges)))):
        values = rng.uniform(0, ranges[name], samples)
        values[rng.random(samples) < draw(st.sampled_from([0.0, 0.2, 0.95]))] = np.nan
        columns[name] = np.sort(values) if name == "distance_m" else values
    stretches = st.tuples(st.floats(0, 400), st.floats(0.01, 200))
    laps = tuple(
        Lap(a, a + b, None, draw(st.sampled_from([None, 0, 1]))) for a, b in draw(st.lists(stretches, max_size=5))
    )
    pauses = tuple(Span(a, a + b) for a, b in draw(st.lists(stretches, max_size=4)))
    marks = tuple(
        Mark(draw(st.floats(0, 400)), text)
        for text in draw(st.lists(st.sampled_from(["backward", "fwd", "tree"]), max_size=3))
    )
    return make_recording(
        float(samples),
        columns,
        laps=laps,
        pauses=pauses,
        marks=marks,
        steps=(RecordedStep(0, "BACK 1/2"), RecordedStep(1, "FWD")),
        mount_known=draw(st.booleans()),
        duration_s=seconds,
        sport=draw(st.sampled_from([None, "running", "cycling"])),
    )


@given(recordings())
@settings(max_examples=150, deadline=None)
def test_bouts_tile_and_are_honest(one):
    working = working_stream(one)
    bouts = find_bouts(one, working)
    assert_tiles(bouts, one.duration_s)
    for bout in bouts:
        if bout.direction is Direction.UNKNOWN:
            assert (bout.probability_share, bout.found_by) == (None, "nothing")
        else:
            assert 0.65 - 1e-9 <= bout.probability_share <= 0.99
    facts = measure(one, working, bouts)
    assert all(one_fact.moving_s >= 0 for one_fact in facts)
    assert sum(one_fact.moving_s for one_fact in facts) <= one.duration_s * (1 + 1e-9)
    if not one.on_foot:
        assert {bout.direction for bout in bouts} <= {Direction.UNKNOWN, Direction.STILL}


@given(shift=st.integers(1, 500))
@settings(max_examples=20, deadline=None)
def test_later_is_the_same(shift):
    steps = (RecordedStep(0, "BACK 1/2"), RecordedStep(1, "FWD"))
    speed = np.tile(np.repeat([2.0, 0.0, 2.5], 50), 2)

    def told(by):
        laps = tuple(Lap(by + number * 75.3, by + (number + 1) * 75.3, None, number % 2) for number in range(4))
        columns = {"speed_mps": np.concatenate([np.full(by, 3.0), speed])}
        one = make_recording(float(300 + by), columns, laps=laps, steps=steps)
        return [(round(b.start_s - by, 6), b.direction, b.gait) for b in find_bouts(one, one.main) if b.start_s >= by]

    assert told(shift)[1:] == told(0)[1:]


def test_no_length_no_bouts():
    assert find_bouts(make_recording(10.0, {"speed_mps": 2.0}, duration_s=0.0), None) == ()


def test_sources_that_agree_are_surer_and_that_disagree_are_not():
    laps, steps = (Lap(0.0, 200.0, None, 0),), (RecordedStep(0, "BACK 1/1"),)

    def share(gap_deg):
        rng = np.random.default_rng(1)
        columns = {"course_deg": 50.0, "heading_deg": 50.0 + gap_deg + rng.normal(0, 15, 200), "speed_mps": 2.0}
        one = make_recording(200.0, columns, mount_known=True, laps=laps, steps=steps)
        (bout,) = find_bouts(one, one.main)
        return bout.direction, bout.probability_share

    together, against = share(180.0), share(0.0)
    assert together[0] is Direction.BACKWARD
    assert together[1] > 0.95
    assert against[0] is not Direction.BACKWARD
    assert against[1] is None or against[1] < together[1]
