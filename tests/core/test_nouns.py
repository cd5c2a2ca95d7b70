from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES, UNIT_ENDINGS
from backward_running.core.recording import Recording, Span, Stream
from backward_running.core.session import (
    Bout,
    BoutFacts,
    Estimate,
    NotKnown,
    Session,
    sum_estimates,
    sum_facts,
)
from backward_running.core.standing import Standing, weakest


def estimate(value, low, high, standing=Standing.REVIEWED, model="m"):
    return Estimate("energy_j_per_kg", value, low, high, model, standing)


def test_every_name_ends_with_a_unit():
    assert [name for name in NAMES if not name.endswith(UNIT_ENDINGS)] == []


@pytest.mark.parametrize("time_s", [[0.0, 1.0, 1.0], [0.0, 2.0, 1.0], [0.0, np.nan, 2.0]])
def test_time_must_rise(time_s):
    with pytest.raises(BadValue, match="`time_s` must rise strictly"):
        Stream("wrist", "sensor", np.array(time_s), {})


def test_unknown_names_and_wrong_shapes_are_refused():
    with pytest.raises(BadValue, match="Add the name there first"):
        Stream("wrist", "sensor", np.array([0.0]), {"speed": np.array([3.0])})
    with pytest.raises(BadValue, match="shape"):
        Stream("wrist", "sensor", np.array([0.0]), {"speed_mps": np.array([3.0, 4.0])})


def test_arrays_are_read_only():
    stream = Stream("wrist", "sensor", np.array([0.0]), {"speed_mps": np.array([3.0])})
    with pytest.raises(ValueError, match="read-only"):
        stream.columns["speed_mps"][0] = 9.0
    with pytest.raises(ValueError, match="read-only"):
        stream.time_s[0] = 9.0


def test_naive_times_are_refused():
    with pytest.raises(BadValue, match="carry a time zone"):
        Recording("k", datetime(2026, 3, 1), (), "test", "1")  # noqa: DTZ001
    with pytest.raises(BadValue, match="carry a time zone"):
        CheckIn(datetime(2026, 3, 1))  # noqa: DTZ001


def test_a_stream_of_nothing_but_gaps_is_not_found():
    gaps = Stream("wrist", "sensor", np.array([0.0, 1.0]), {"speed_mps": np.array([np.nan, np.nan])})
    recording = Recording("k", datetime(2026, 3, 1, tzinfo=UTC), (gaps,), "test", "1")
    assert recording.stream_with("speed_mps") is None


def test_who_runs_on_foot_is_asked_when_the_file_does_not_say():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert Recording("k", at, (), "t", "1").on_foot
    assert Recording("k", at, (), "t", "1", sport="running").on_foot
    assert not Recording("k", at, (), "t", "1", sport="cycling").on_foot


@pytest.mark.parametrize(("field", "value"), [("mass_kg", 5.0), ("mass_kg", 700.0), ("birth_year", 12)])
def test_impossible_bodies_are_refused(field, value):
    with pytest.raises(BadValue, match=field):
        Athlete(**{field: value})


def test_there_is_no_default_body():
    athlete = Athlete()
    assert athlete.mass_kg is None
    assert athlete.sex is None


@pytest.mark.parametrize("make", [Span, lambda a, b: Bout(a, b, Direction.STILL, None, None, "x")])
def test_a_stretch_must_end_after_it_starts(make):
    with pytest.raises(BadValue, match="lie after start_s"):
        make(2.0, 2.0)


def test_an_estimate_lies_in_its_interval():
    with pytest.raises(BadValue, match="low and high"):
        estimate(1.0, 2.0, 3.0)


def test_a_chain_holds_no_better_than_its_weakest_link():
    assert weakest(Standing.REVIEWED, Standing.EXTRAPOLATED, Standing.REPLICATED) is Standing.EXTRAPOLATED


def test_a_sum_of_nothing_known_is_not_zero():
    total = sum_facts([BoutFacts(Bout(0, 5, Direction.UNKNOWN, None, None, "nothing"), 5.0)])
    assert total.distance_m is None
    assert total.steps_count is None
    assert isinstance(total.energy_j_per_kg, NotKnown)
    assert total.energy_unknown_s == 5.0


def test_steps_have_a_length_and_a_contact_in_the_mean():
    def ran(start_s, end_s, *known, **more):
        bout = Bout(start_s, end_s, Direction.BACKWARD, Gait.RUN, 0.9, "test")
        return BoutFacts(bout, end_s - start_s, *known, **more)

    facts = [
        ran(0.0, 60.0, 120.0, 160.0, contact_time_s=0.20, flight_time_s=0.10),
        ran(60.0, 90.0, 30.0, 80.0, contact_time_s=0.26),
        ran(90.0, 95.0, 9.0),
        ran(95.0, 99.0, 9.0, 1.0),
    ]
    assert [one.step_length_m for one in facts] == [0.75, 0.375, None, None]
    total = sum_facts(facts)
    assert total.step_length_m == pytest.approx(150.0 / 240.0)
    assert total.contact_time_s == pytest.approx((0.20 * 60 + 0.26 * 30) / 90)
    assert total.flight_time_s == pytest.approx(0.10)
    assert sum_facts(facts[2:]).contact_time_s is None
    assert sum_facts(facts[2:]).step_length_m is None


def test_unknown_parts_of_a_sum_are_named_and_not_added():
    total = sum_estimates("energy_j_per_kg", [estimate(2, 1, 3), NotKnown("energy_j_per_kg", "nobody measured it")])
    assert (total.value, total.low, total.high) == (2, 1, 3)
    assert total.left_out == ("nobody measured it",)
    assert total.remarks == ("Left out: nobody measured it",)


@given(st.lists(st.tuples(st.floats(1, 1e4), st.floats(0, 1e4), st.floats(0, 1e4)), min_size=1, max_size=20))
def test_sums_of_estimates_keep_their_order(parts):
    estimates = [estimate(value, value - min(below, value), value + above) for value, below, above in parts]
    total = sum_estimates("energy_j_per_kg", estimates)
    assert total.low <= total.value <= total.high
    assert total.value == pytest.approx(sum(one.value for one in estimates))


@given(st.lists(st.tuples(st.sampled_from(Direction), st.floats(1, 500), st.floats(0, 2000)), min_size=1, max_size=30))
def test_directions_add_up_to_the_whole(pieces):
    facts, start = [], 0.0
    for direction, duration, distance in pieces:
        bout = Bout(start, start + duration, direction, Gait.RUN, None, "test")
        facts.append(BoutFacts(bout, duration, distance))
        start += duration
    session = Session("id", (), tuple(facts), ())
    whole = session.totals()
    parts = [session.totals(direction) for direction in Direction]
    assert sum(part.duration_s for part in parts) == pytest.approx(whole.duration_s)
    assert sum(part.distance_m or 0.0 for part in parts) == pytest.approx(whole.distance_m)
