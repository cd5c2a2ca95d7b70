"""What the backward part of an activity loads, from bouts and habits to the page."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits, Traits
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts, NotKnown
from backward_running.core.tissue import Basis, KnownFrom
from backward_running.effort.tissues import SLOPED
from backward_running.flows.tissues import muscles, own_forward_steps, tissues_of
from backward_running.gait.person.regression import trend_of

FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


def facts(direction, start_s, seconds, speed, cadence, gait=Gait.RUN):
    bout = Bout(start_s, start_s + seconds, direction, gait, 0.9, "nothing")
    steps = None if cadence is None else cadence * seconds / 60
    return BoutFacts(bout, seconds, speed * seconds, steps, cadence_spm=cadence)


def habits(cadence_spm=180.0, speed_mps=3.2):
    speed = speed_mps + 0.3 * np.sin(np.arange(3600) / 50)
    nat = np.log(cadence_spm) + 0.04 * (speed - speed_mps)
    trend = trend_of(speed, nat, np.ones(3600, dtype=bool))
    return Habits((Traits("other", datetime(2026, 11, 1, tzinfo=UTC), forward_run_cadence=trend),))


AHEAD = facts(FORWARD, 0, 600, 3.0, 172.0)
BACK = facts(BACKWARD, 600, 200, 2.1, 172.0)


def test_without_anything_backward_there_is_nothing_to_say():
    assert tissues_of([AHEAD], None, Habits()) is None


def test_own_forward_running_of_this_run_comes_first():
    view = tissues_of([AHEAD, BACK], None, habits())
    assert [one.known_from for one in view.forward] == [KnownFrom.THIS_RUN]
    knee = view.loads[0]
    assert knee.said[Basis.KILOMETRE].value == pytest.approx(0.76 / 0.7)
    assert view.forward_steps_count == pytest.approx(200 * 2.1 / 3.0 * 172 / 60)
    assert view.steps_count == pytest.approx(172 * 200 / 60)


def test_else_that_of_other_runs_with_its_interval():
    view = tissues_of([BACK], None, habits())
    own = view.forward[0]
    assert own.known_from is KnownFrom.OTHER_RUNS
    assert own.cadence_low_spm < own.cadence_spm < own.cadence_high_spm
    assert view.loads[0].said[Basis.KILOMETRE].value == pytest.approx(
        0.76 * (172 / 2.1) / (own.cadence_spm / own.speed_mps)
    )


def test_else_the_ratio_of_the_studies_and_nothing_of_ones_own():
    view = tissues_of([BACK], None, Habits())
    assert view.forward == ()
    assert view.forward_steps_count is None
    assert view.loads[0].said[Basis.KILOMETRE].value == pytest.approx(0.76 * 1.095)


def test_a_few_forward_seconds_are_no_pace():
    short = facts(FORWARD, 0, 30, 4.0, 190.0)
    assert own_forward_steps([short], None, Gait.RUN) is None


def test_walking_is_set_against_walking():
    stroll = facts(FORWARD, 0, 300, 1.4, 112.0, Gait.WALK)
    view = tissues_of([AHEAD, stroll, facts(BACKWARD, 900, 200, 1.0, 112.0, Gait.WALK)], None, Habits())
    assert [one.gait for one in view.forward] == [Gait.WALK]
    assert view.loads[0].said[Basis.KILOMETRE].value == pytest.approx(1.4)


def test_a_slope_is_seen_in_the_working_stream():
    time_s = np.arange(0.0, 800.0)
    working = Stream("wrist", "earth", time_s, {"grade_ratio": np.where(time_s < 600, 0.0, -0.03)})
    calf = tissues_of([AHEAD, BACK], working, Habits()).loads[1].said[Basis.STEP]
    assert isinstance(calf, NotKnown)
    knee = tissues_of([AHEAD, BACK], working, Habits()).loads[0].said[Basis.STEP]
    assert SLOPED in knee.caveats


def test_missing_steps_leave_the_step_and_say_what_would_help():
    said = tissues_of([AHEAD, facts(BACKWARD, 600, 200, 2.1, None)], None, Habits()).loads[0].said
    assert not isinstance(said[Basis.STEP], NotKnown)
    assert "cadence" in said[Basis.MINUTE].why


def test_the_muscles_are_told_for_both_gaits():
    assert all(set(one.found) == set(Gait) for one in muscles())


def test_the_picture_has_a_place_for_every_tissue():
    from backward_running.apps.web.drawing.tissue_map import GROUND, SHAPES
    from backward_running.effort.tissues import all_tissues

    assert {key for view in SHAPES.values() for key in view} | {GROUND[0]} == {one.key for one in all_tissues()}
