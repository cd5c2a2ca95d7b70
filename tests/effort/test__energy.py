"""Energy per bout: every bout gets a number or a reason."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.work import lines_run

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, sum_facts
from backward_running.core.standing import Standing
from backward_running.effort import add_energy, all_models, awake_s, span_of_unknown
from backward_running.effort._energy import BOTH_WAYS, LEVEL_ASSUMED, PARTLY_OUTSIDE, SLOW_RUN
from backward_running.effort._prices import NO_SPEED
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import EXPERIENCE_UNKNOWN
from backward_running.effort.personal_factor import Belief, OwnFactor, prior_of

PRACTISED = Athlete(backward_experience_min=60.0)


def stream(speed: np.ndarray, grade: np.ndarray | float | None = 0.0) -> Stream:
    columns = {"speed_mps": np.asarray(speed, dtype=float)}
    if grade is not None:
        columns["grade_ratio"] = np.broadcast_to(np.asarray(grade, dtype=float), columns["speed_mps"].shape).copy()
    return Stream("wrist", "earth", np.arange(float(len(speed))), columns)


def bout(direction: Direction, gait: Gait | None = Gait.RUN, start: float = 0.0, end: float = 600.0) -> BoutFacts:
    return BoutFacts(Bout(start, end, direction, gait, None, "paint"), moving_s=end - start)


def energy(working: Stream | None, one: BoutFacts, athlete: Athlete = PRACTISED, pauses: tuple[Span, ...] = ()):
    return add_energy(working, [one], athlete, pauses)[0].energy_j_per_kg


def test_ten_minutes_forward_at_8_04_kmh() -> None:
    found = energy(stream(np.full(600, 8.04 / 3.6)), bout(Direction.FORWARD))
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx((2.209 + 3.163 * 8.04) * 10 * 20.92, rel=1e-6)
    assert found.low == pytest.approx(found.value * (1 - 1.2816 * 0.092))
    assert found.model == "oxygen_uptake_leger_mercier_1984"
    assert found.standing is Standing.SINGLE_STUDY
    assert found.caveats == ()


def test_ten_minutes_backward_cost_more_than_forward() -> None:
    working = stream(np.full(600, 2.2))
    forward, backward = energy(working, bout(Direction.FORWARD)), energy(working, bout(Direction.BACKWARD))
    assert isinstance(forward, Estimate)
    assert isinstance(backward, Estimate)
    assert backward.value > forward.value
    assert backward.low < backward.value < backward.high
    assert backward.standing is Standing.SINGLE_STUDY


def test_unknown_experience_is_said() -> None:
    found = energy(stream(np.full(600, 2.2)), bout(Direction.BACKWARD), Athlete())
    assert isinstance(found, Estimate)
    assert EXPERIENCE_UNKNOWN in found.caveats


@pytest.mark.parametrize("direction", [Direction.UNKNOWN, Direction.SIDEWAYS, Direction.TURNING])
def test_other_directions_are_not_known(direction: Direction) -> None:
    found = energy(stream(np.full(600, 2.2)), bout(direction))
    assert isinstance(found, NotKnown)
    assert found.why.endswith(".")


def test_unknown_direction_asks_the_runner() -> None:
    found = energy(stream(np.full(600, 2.2)), bout(Direction.UNKNOWN))
    assert isinstance(found, NotKnown)
    assert "say which way you ran" in found.why


def test_standing_still_is_one_met_and_pauses_are_left_out() -> None:
    found = energy(None, bout(Direction.STILL, None), pauses=(Span(0.0, 300.0),))
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(3.5 * 5 * 20.92)


def test_without_speed_there_is_no_energy() -> None:
    for working in (None, stream(np.full(600, np.nan))):
        found = energy(working, bout(Direction.FORWARD))
        assert isinstance(found, NotKnown)
        assert "No speed" in found.why


def test_backward_too_fast_is_not_known() -> None:
    found = energy(stream(np.full(600, 3.8)), bout(Direction.BACKWARD))
    assert found == NotKnown("energy_j_per_kg", "Backward faster than 3.5 m/s: nobody has measured it.")


def test_backward_downhill_is_not_known() -> None:
    found = energy(stream(np.full(600, 2.2), -0.02), bout(Direction.BACKWARD))
    assert isinstance(found, NotKnown)
    assert "downhill" in found.why


def test_a_little_downhill_noise_is_level() -> None:
    working = stream(np.full(600, 2.2), -0.009)
    assert energy(working, bout(Direction.BACKWARD)) == energy(stream(np.full(600, 2.2)), bout(Direction.BACKWARD))


def test_a_few_fast_seconds_are_left_out_and_said() -> None:
    speed = np.full(600, 2.5)
    speed[:60] = 3.8
    found = energy(stream(speed), bout(Direction.BACKWARD))
    whole = energy(stream(np.full(600, 2.5)), bout(Direction.BACKWARD))
    assert isinstance(found, Estimate)
    assert isinstance(whole, Estimate)
    assert found.value == pytest.approx(whole.value * 0.9)
    assert found.left_out == ("Backward faster than 3.5 m/s: nobody has measured it.",)


def test_what_cannot_be_priced_never_withholds_the_rest() -> None:
    speed = np.full(600, 2.5)
    speed[:500] = 3.8
    (fact,) = add_energy(stream(speed), [bout(Direction.BACKWARD)], PRACTISED, ())
    whole = energy(stream(np.full(600, 2.5)), bout(Direction.BACKWARD))
    assert isinstance(fact.energy_j_per_kg, Estimate)
    assert isinstance(whole, Estimate)
    assert fact.energy_j_per_kg.value == pytest.approx(whole.value / 6.0)
    assert fact.energy_lacks_s == pytest.approx(500.0)
    assert sum_facts([fact]).energy_unknown_s == pytest.approx(500.0)
    assert isinstance(energy(stream(np.full(600, 3.8)), bout(Direction.BACKWARD)), NotKnown)


def test_an_unknown_direction_has_a_span_from_all_forward_to_all_backward() -> None:
    working = stream(np.full(600, 2.5))
    facts = [bout(Direction.UNKNOWN, None)]
    found = span_of_unknown(working, facts, Athlete(), ())
    forward, backward = (energy(working, bout(way, None)) for way in (Direction.FORWARD, Direction.BACKWARD))
    assert isinstance(found, Estimate)
    assert isinstance(forward, Estimate)
    assert isinstance(backward, Estimate)
    assert (found.low, found.high) == pytest.approx((forward.low, backward.high))
    assert isinstance(span_of_unknown(working, [bout(Direction.FORWARD)], Athlete(), ()), NotKnown)
    fast = span_of_unknown(stream(np.full(600, 3.8)), facts, Athlete(), ())
    assert isinstance(fast, NotKnown)
    assert "3.5 m/s" in fast.why


HALF_FAST = np.where(np.arange(600) < 300, 2.5, 3.8)
A_FIFTH_FAST = np.where(np.arange(600) < 480, 2.5, 3.8)


def span(working: Stream | None, *facts: BoutFacts, own: OwnFactor | None = None, pauses: tuple[Span, ...] = ()):
    return span_of_unknown(working, facts or (bout(Direction.UNKNOWN),), Athlete(), pauses, own)


def test_the_span_of_the_unknown_says_what_is_in_it_and_what_is_not() -> None:
    """A fifth of it is too fast to be priced backward: it is left out both ways, and that is said."""
    found = span(stream(A_FIFTH_FAST))
    slow = span(stream(np.full(480, 2.5)), bout(Direction.UNKNOWN, end=480.0))
    assert isinstance(found, Estimate)
    assert isinstance(slow, Estimate)
    assert (found.low, found.high) == pytest.approx((slow.low, slow.high))
    assert found.value == pytest.approx((found.low + found.high) / 2.0)
    assert found.name == "energy_j_per_kg"
    assert "oxygen_uptake_leger_mercier_1984" in found.models and len(found.models) > 1
    assert found.standing is Standing.SINGLE_STUDY
    assert found.caveats == (BOTH_WAYS,)
    assert found.left_out == ("Backward faster than 3.5 m/s: nobody has measured it.",)
    assert slow.left_out == ()


def test_without_more_than_a_fifth_no_span_is_said() -> None:
    """It would be taken for that of the run, and lie below what the run took going forward alone."""
    for speeds in (HALF_FAST, np.where(np.arange(600) < 470, 2.5, 3.8)):
        assert span(stream(speeds)) == NotKnown(
            "energy_j_per_kg", "Backward faster than 3.5 m/s: nobody has measured it."
        )


def test_the_span_of_the_unknown_leaves_pauses_out_and_takes_no_gait_for_granted() -> None:
    working = stream(np.full(600, 2.5))
    paused, whole = span(working, pauses=(Span(0.0, 300.0),)), span(working)
    assert isinstance(paused, Estimate)
    assert isinstance(whole, Estimate)
    assert paused.high == pytest.approx(whole.high / 2.0)
    walked = span(working, bout(Direction.UNKNOWN, Gait.WALK))
    assert isinstance(walked, Estimate)
    assert walked == whole, "at 2.5 m/s it is a run, whatever the unknown bout was called"


def test_the_span_of_the_unknown_takes_the_runners_own_factor_where_it_rests_on_enough() -> None:
    working = stream(np.full(600, 2.5))
    belief = Belief(math.log(1.5), 0.02)
    enough = OwnFactor(prior_of(None), belief, (None,) * 9)  # type: ignore[arg-type]
    few = OwnFactor(prior_of(None), belief, (None,))  # type: ignore[arg-type]
    own, without = span(working, own=enough), span(working)
    assert isinstance(own, Estimate)
    assert isinstance(without, Estimate)
    assert own.low == pytest.approx(without.low) and own.high > without.high
    assert span(working, own=few) == without


def test_why_there_is_no_span_of_the_unknown() -> None:
    assert span(None) == NotKnown("energy_j_per_kg", NO_SPEED)
    assert span(None, bout(Direction.FORWARD)) == NotKnown("energy_j_per_kg", "Every stretch has a direction.")
    assert span(stream(HALF_FAST), bout(Direction.UNKNOWN, start=300.0)) == NotKnown(
        "energy_j_per_kg", "Backward faster than 3.5 m/s: nobody has measured it."
    )
    unmeasured = span(stream(np.full(600, np.nan)))
    assert unmeasured == NotKnown("energy_j_per_kg", NO_SPEED)


def test_a_wall_in_the_height_data_is_left_out() -> None:
    grade = np.zeros(600)
    grade[:60] = 0.44
    found = energy(stream(np.full(600, 4.0), grade), bout(Direction.FORWARD))
    assert isinstance(found, Estimate)
    assert any("more oxygen than any body" in why for why in found.left_out)
    level = energy(stream(np.full(600, 4.0)), bout(Direction.FORWARD))
    assert isinstance(level, Estimate)
    assert found.value == pytest.approx(level.value * 0.9)


def test_unknown_height_is_level_and_said() -> None:
    found = energy(stream(np.full(600, 2.5), None), bout(Direction.FORWARD))
    assert isinstance(found, Estimate)
    assert LEVEL_ASSUMED in found.caveats


def test_gait_by_speed_where_none_was_found() -> None:
    slow = energy(stream(np.full(600, 1.4)), bout(Direction.FORWARD, None))
    fast = energy(stream(np.full(600, 3.0)), bout(Direction.FORWARD, None))
    assert isinstance(slow, Estimate)
    assert isinstance(fast, Estimate)
    assert slow.model == "oxygen_uptake_looney_2019_walk"
    assert fast.model == "oxygen_uptake_leger_mercier_1984"


def test_slow_backward_running_is_priced_as_walking_and_said() -> None:
    found = energy(stream(np.full(600, 0.8)), bout(Direction.BACKWARD))
    assert isinstance(found, Estimate)
    assert found.model == "oxygen_uptake_backward_walk_scaled_looney"
    assert SLOW_RUN in found.caveats
    assert PARTLY_OUTSIDE in found.caveats
    assert found.standing is Standing.EXTRAPOLATED


def test_backward_walking_at_the_measured_speed_stands_on_its_study() -> None:
    found = energy(stream(np.full(600, 4.83 / 3.6)), bout(Direction.BACKWARD, Gait.WALK))
    assert isinstance(found, Estimate)
    assert found.standing is Standing.SINGLE_STUDY
    assert found.low < 15.95 * 10 * 20.92 < found.high
    assert found.value == pytest.approx(15.95 * 10 * 20.92, rel=0.05)


def test_standing_within_a_bout_is_priced_as_standing() -> None:
    speed = np.full(600, 2.5)
    speed[:300] = 0.1
    found = energy(stream(speed), bout(Direction.BACKWARD))
    running = energy(stream(np.full(300, 2.5)), bout(Direction.BACKWARD, end=300.0))
    assert isinstance(found, Estimate)
    assert isinstance(running, Estimate)
    assert found.value == pytest.approx(running.value + 3.5 * 5 * 20.92)


def test_pauses_and_missing_speed_add_nothing() -> None:
    speed = np.full(600, 2.5)
    speed[:60] = np.nan
    found = energy(stream(speed), bout(Direction.FORWARD), pauses=(Span(300.0, 360.0),))
    whole = energy(stream(np.full(600, 2.5)), bout(Direction.FORWARD))
    assert isinstance(found, Estimate)
    assert isinstance(whole, Estimate)
    assert found.value == pytest.approx(whole.value * 0.8)
    assert found.left_out == ("No speed was recorded here.",)


def test_a_bout_split_in_two_costs_the_same() -> None:
    speed = 2.2 + 0.5 * np.sin(np.arange(600) / 40)
    whole = energy(stream(speed), bout(Direction.BACKWARD))
    parts = add_energy(
        stream(speed), [bout(Direction.BACKWARD, end=211.0), bout(Direction.BACKWARD, start=211.0)], PRACTISED, ()
    )
    assert isinstance(whole, Estimate)
    assert sum(one.energy_j_per_kg.value for one in parts) == pytest.approx(whole.value)


def test_a_bout_without_samples_is_not_known() -> None:
    assert isinstance(energy(stream(np.full(10, 2.5)), bout(Direction.FORWARD, start=50.0)), NotKnown)


def test_nothing_is_changed_in_place() -> None:
    before = bout(Direction.FORWARD)
    add_energy(stream(np.full(600, 2.5)), [before], PRACTISED, ())
    assert isinstance(before.energy_j_per_kg, NotKnown)


def test_ten_hours_take_no_more_steps_than_one() -> None:
    def hours(count: int) -> int:
        seconds = np.arange(3600.0 * count)
        working = stream(2.3 + 0.8 * np.sin(seconds / 97), 0.03 * np.sin(seconds / 400))
        facts = [
            bout(Direction.BACKWARD if one % 2 else Direction.FORWARD, start=60.0 * one, end=60.0 * (one + 1) * count)
            for one in range(6)
        ]
        return lines_run(lambda: add_energy(working, facts, PRACTISED, ()))

    hours(1)  # what is read once and kept
    assert hours(10) < 3 * hours(1)  # a loop over samples would be ten times


@pytest.mark.parametrize(
    ("pauses", "awake"),
    [
        ((), 100.0),
        (((10.0, 20.0), (50.0, 60.0)), 80.0),
        (((-5.0, 10.0), (90.0, 120.0)), 80.0),
        (((200.0, 300.0),), 100.0),
        (((-10.0, 99.5),), 0.5),
        (((-10.0, 200.0),), 0.0),
    ],
)
def test_pauses_are_taken_off_as_far_as_they_lie_in_the_bout(pauses, awake) -> None:
    bout = Bout(0.0, 100.0, Direction.FORWARD, Gait.RUN, 0.9, "test")
    assert awake_s(bout, [Span(*pause) for pause in pauses]) == awake


def test_standing_still_is_priced_by_its_own_model_and_says_so() -> None:
    (priced,) = add_energy(None, [BoutFacts(Bout(0.0, 60.0, Direction.STILL, None, 0.9, "test"), 0.0)], Athlete(), ())
    energy = priced.energy_j_per_kg
    assert (energy.name, energy.model) == ("energy_j_per_kg", "oxygen_uptake_standing_acsm")
    assert energy.standing is all_models()[energy.model].standing
    assert 0.0 < energy.low < energy.value < energy.high


def test_the_span_of_the_unknown_says_that_no_speed_was_recorded() -> None:
    speed = np.where(np.arange(600) < 500, 2.5, np.nan)
    found = span(stream(speed))
    assert isinstance(found, Estimate)
    assert found.left_out == (NO_SPEED,)
