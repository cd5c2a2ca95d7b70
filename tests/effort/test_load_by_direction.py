"""The load of a session, split among its directions: the parts add up, and what is missing is not 0."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.load import PARTS, Hearts, HeartSeconds, Loads, Measure, PartLoad
from backward_running.core.recording import Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate
from backward_running.effort import session_estimates
from backward_running.effort.load_by_direction import hearts_of, loads_of

MAN = Athlete(sex=Sex.MALE, resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=180.0)


def working(beats: float | np.ndarray | None = 150.0, n: int = 600) -> Stream:
    columns = {"speed_mps": np.full(n, 2.5)}
    if beats is not None:
        columns["heart_rate_bpm"] = np.broadcast_to(np.asarray(beats, dtype=float), (n,)).copy()
    return Stream("wrist", "earth", np.arange(float(n)), columns)


def facts(*pieces: tuple[float, Direction]) -> list[BoutFacts]:
    found, at = [], 0.0
    for length_s, direction in pieces:
        found.append(BoutFacts(Bout(at, at + length_s, direction, Gait.RUN, None, "paint"), moving_s=length_s))
        at += length_s
    return found


HALVES = facts((300.0, Direction.FORWARD), (300.0, Direction.BACKWARD))


@pytest.mark.parametrize(
    ("sex", "per_minute"), [(Sex.MALE, 0.75 * 0.64 * math.exp(1.44)), (Sex.FEMALE, 0.75 * 0.86 * math.exp(1.2525))]
)
def test_the_impulse_of_each_direction_is_that_of_the_table(sex, per_minute):
    assert per_minute == pytest.approx({Sex.MALE: 2.03, Sex.FEMALE: 2.26}[sex], abs=0.005)
    loads = loads_of(working(), HALVES, replace(MAN, sex=sex), (), perceived_exertion_cr10=4.0)
    assert loads.forward.trimp_au == pytest.approx(5 * per_minute)
    assert loads.backward.trimp_au == pytest.approx(5 * per_minute)
    assert loads.forward.session_load_au == loads.backward.session_load_au == 20.0
    assert loads.unknown is None
    assert loads.rest is None


@settings(max_examples=60, deadline=None)
@given(
    pieces=st.lists(
        st.tuples(st.integers(1, 90).map(float), st.sampled_from(list(Direction))), min_size=1, max_size=12
    ),
    seed=st.integers(0, 9),
    exertion=st.floats(0, 10),
)
def test_the_parts_add_up_to_the_session(pieces, seed, exertion):
    n = int(sum(length for length, _ in pieces))
    beats = np.random.default_rng(seed).uniform(55, 185, n)
    stream, bouts = working(beats, n), facts(*pieces)
    loads = loads_of(stream, bouts, MAN, (), perceived_exertion_cr10=exertion)
    whole = {one.name: one for one in session_estimates(stream, bouts, MAN, (), perceived_exertion_cr10=exertion)}
    assert isinstance(whole["trimp_au"], Estimate)
    assert loads.whole(Measure.EXERTION) == pytest.approx(whole["session_load_au"].value)
    assert loads.whole(Measure.HEART_RATE) == pytest.approx(whole["trimp_au"].value)
    assert loads.whole(Measure.MINUTES) == pytest.approx(n / 60)
    hearts = hearts_of(stream, bouts, ())
    known = [hearts.part(one).known_s for one in PARTS if hearts.part(one) is not None]
    assert sum(known) == pytest.approx(n, abs=0.5)


def test_a_direction_that_did_not_occur_is_none_and_not_nothing_known():
    loads = loads_of(working(), facts((600.0, Direction.FORWARD)), MAN, (), perceived_exertion_cr10=3.0)
    assert loads.backward is None
    assert loads.forward.lacks_min(Measure.HEART_RATE) == 0


@pytest.mark.parametrize(
    ("stream", "athlete"),
    [(None, MAN), (working(None), MAN), (working(), Athlete()), (working(), replace(MAN, sex=None))],
)
def test_what_cannot_be_counted_is_none_never_0(stream, athlete):
    loads = loads_of(stream, HALVES, athlete, (), perceived_exertion_cr10=None)
    for part in (loads.forward, loads.backward):
        assert part.session_load_au is None
        assert part.trimp_au is None
        assert part.lacks_min(Measure.EXERTION) == part.lacks_min(Measure.HEART_RATE) == 5.0
        assert part.of(Measure.MINUTES) == 5.0
    assert loads.whole(Measure.HEART_RATE) is None


def test_a_direction_without_a_heartbeat_has_no_impulse_though_the_other_has():
    beats = np.full(600, 150.0)
    beats[300:] = np.nan
    beats[290:300] = np.nan
    loads = loads_of(working(beats), HALVES, MAN, (), perceived_exertion_cr10=None)
    assert loads.backward.trimp_au is None
    assert loads.backward.lacks_min(Measure.HEART_RATE) == 5.0
    assert loads.forward.trimp_au > 0
    assert loads.forward.heart_rate_lacks_s == 10.0
    assert hearts_of(working(beats), HALVES, ()) == Hearts(forward=HeartSeconds(150, (290.0,)))


def test_pauses_are_in_no_load():
    loads = loads_of(working(), HALVES, MAN, (Span(0.0, 60.0),), perceived_exertion_cr10=5.0)
    assert loads.forward.session_load_au == 20.0
    assert loads.backward.session_load_au == 25.0


def test_standing_turning_and_sideways_are_the_rest():
    bouts = facts((100.0, Direction.STILL), (100.0, Direction.TURNING), (100.0, Direction.SIDEWAYS))
    loads = loads_of(None, bouts, MAN, (), perceived_exertion_cr10=6.0)
    assert loads == Loads(rest=PartLoad(300.0, 30.0, None, 300.0))
