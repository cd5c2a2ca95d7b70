"""The first line of a plan for a race, held to what its sessions reach; written for mutants that nothing else noticed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.plans.altering import altered
from tests.plans.test_checking import RUNNER, SPRINT, session

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason, Workout
from backward_running.plans import _racing, _sprints
from backward_running.plans.checking_sessions import broken_race_line

DENIES, PROMISES = Reason("It does not prepare the race."), Reason("It prepares the race.")
SHORT_M, LONG_M, DASH_M = _racing.SHORT_TO_M.value, _racing.SHORT_TO_M.value + 1000.0, _racing.SPRINT_TO_M.value
OWN_MPS = 20.0 / 6.0


def racer(race_distance_m: float | None, **more: object):
    return altered(RUNNER, goal="race", race_distance_m=race_distance_m, **more)


def bout_of(metres: float) -> Workout:
    return session(0, duration_s=None, distance_m=metres)


def line(race_m: float | None, *workouts: Workout, notes=(PROMISES,), **more: object) -> tuple[str, ...]:
    return broken_race_line(workouts, notes, racer(race_m, **more))


def said(metres: float) -> tuple[str, ...]:
    return (f"a plan whose longest bout is {metres:.0f} m does not say first that it does not prepare the race",)


@pytest.mark.parametrize(
    ("race_m", "share"),
    [
        (SHORT_M, _racing.SHORT_SHARE.value),
        (LONG_M, _racing.LONG_SHARE.value),
    ],
)
def test_a_race_is_prepared_from_its_share_on_to_the_metre(race_m: float, share: float) -> None:
    reach_m = share * race_m
    assert line(race_m, bout_of(reach_m - 1)) == ()
    assert line(race_m, bout_of(reach_m - 1.5)) == said(reach_m - 1.5)
    assert line(race_m, bout_of(40.0), bout_of(reach_m), bout_of(50.0)) == ()
    assert line(race_m, bout_of(reach_m - 1.5), notes=(DENIES,)) == ()
    assert line(race_m, bout_of(reach_m - 1.5), notes=(PROMISES, DENIES)) == said(reach_m - 1.5)
    assert line(race_m, bout_of(reach_m - 1.5), notes=()) == said(reach_m - 1.5)


def test_a_bout_in_minutes_reaches_as_far_as_its_cap_takes_it() -> None:
    reach_m = _racing.LONG_SHARE.value * LONG_M
    assert line(LONG_M, session(0, reach_m / 1.2 / 60)) == ()
    assert line(LONG_M, session(0, (reach_m - 3) / 1.2 / 60)) == said(reach_m - 3)
    assert line(LONG_M, session(0, reach_m, direction=Direction.FORWARD)) == said(0.0)


def test_a_race_without_a_distance_is_not_prepared() -> None:
    assert line(None, bout_of(5000.0)) == said(5000.0)


def test_what_is_no_race_and_what_has_no_session_is_not_asked() -> None:
    assert broken_race_line((bout_of(10.0),), (PROMISES,), replace(racer(LONG_M), goal="try")) == ()
    assert line(LONG_M) == ()


@pytest.mark.parametrize(
    ("own_s", "share", "sprint", "prepared"),
    [
        (6.0, 1.0, True, True),
        (6.0, _sprints.NEXT_SHARE.value, True, False),
        (6.0, 1.0, False, False),
        (None, 1.0, True, False),
    ],
)
def test_a_dash_is_prepared_by_sprints_above_the_share_of_the_third_week(own_s, share, sprint, prepared) -> None:
    far = bout_of(DASH_M)
    fast = session(0, **{**SPRINT, "speed_high_mps": share * OWN_MPS, "gait": Gait.RUN, "is_sprint": sprint})
    found = line(DASH_M, far, fast, backward_20_m_s=own_s)
    assert found == (() if prepared else said(DASH_M))
    if prepared:
        assert line(DASH_M + 1, far, backward_20_m_s=own_s) == (), "above that distance no sprint is asked"
