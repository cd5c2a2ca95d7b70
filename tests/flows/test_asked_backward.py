"""Asked only where it is likely, and where this runner could have done it; never guessed from several people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backward_running import gait
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits, Traits, Trend
from backward_running.core.session import Bout, BoutFacts, Hint
from backward_running.flows.asked_backward import asked

UNKNOWN = Direction.UNKNOWN


def looks(share, *, speed_mps=2.4, moving_s=100.0, way=Direction.BACKWARD, kind=Gait.RUN):
    bout = Bout(0.0, moving_s, UNKNOWN, kind, None, "nothing", Hint(way, share, "watch_at_1_hz"))
    return BoutFacts(bout, moving_s, None if speed_mps is None else speed_mps * moving_s)


@pytest.mark.parametrize(
    ("one", "is_asked"),
    [
        (looks(0.7), True),
        (looks(0.69), False),
        (looks(0.95, moving_s=31.0), True),
        (looks(0.95, moving_s=29.0), False),  # a watch smooths, and its speed lags
        (looks(0.95, way=Direction.FORWARD), False),
        (looks(0.9, speed_mps=1000.0 / 314.0, moving_s=47 * 60.0), False),  # 5:14 /km for 47 minutes
        (looks(0.9, speed_mps=4.6), False),
        (looks(0.9, speed_mps=2.5, kind=Gait.WALK), False),
        (looks(0.9, speed_mps=None), True),  # how fast it was nobody knows
    ],
)
def test_likely_and_plausible(one, is_asked):
    assert asked([one], Habits()) == ((one,) if is_asked else ())


def test_the_runners_own_usual_speed_says_what_they_could_hold():
    assert gait.may_be_backward(2.6, 120.0, Gait.RUN, 3.0)
    assert not gait.may_be_backward(2.8, 120.0, Gait.RUN, 3.0)
    assert gait.may_be_backward(2.8, 20.0, Gait.RUN, 3.0)  # for some seconds
    assert gait.may_be_backward(2.8, 120.0, Gait.RUN, None)


def test_what_was_answered_is_not_asked_again():
    assert asked([replace(looks(0.9), bout=Bout(0.0, 100.0, UNKNOWN, Gait.RUN, None, "paint"))], Habits()) == ()


def steps(number, cadence_nat):
    """Ten minutes at speeds round 3 m/s with 4 % more steps for each m/s."""
    speeds = [2.8, 3.0, 3.2] * 200
    logs = [cadence_nat + 0.04 * (speed - 3.0) for speed in speeds]
    line = Trend(
        float(len(speeds)),
        sum(speeds),
        sum(logs),
        sum(x * x for x in speeds),
        sum(x * y for x, y in zip(speeds, logs, strict=True)),
        sum(y * y for y in logs),
    )
    return Traits(f"{number}-0", datetime(2026, 5, 1 + number, tzinfo=UTC), forward_run_cadence=line)


def habits_of(*cadences_nat):
    return Habits(tuple(steps(number, one) for number, one in enumerate(cadences_nat)))


def test_runs_of_several_people_are_not_guessed_from():
    one_person = habits_of(*(5.13 + 0.02 * (-1) ** number for number in range(10)))
    several = habits_of(*(5.0 + 0.05 * (number % 5) for number in range(10)))
    assert not gait.are_of_several(one_person)
    assert gait.are_of_several(several)
    assert not gait.are_of_several(habits_of(4.9, 5.3, 5.1))  # too few to say
    assert not gait.are_of_several(habits_of(*([5.13] * 9), 5.9))  # one odd recording
    assert asked([looks(0.9, speed_mps=1.5)], several) == ()
    assert len(asked([looks(0.9, speed_mps=1.5)], one_person)) == 1
