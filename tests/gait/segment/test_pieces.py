"""From what detectors say to bouts: who is asked, what is joined, which gait an unknown piece has, where borders lie."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from tests.gait.segment.saying import detectors, opinion, scores, stretches

from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.recording import Span
from backward_running.gait.base import DirectionHint, Role, State
from backward_running.gait.segment.bouts import _joined, find_bouts_with
from backward_running.gait.segment.deciding import Piece

F, B, U, S = Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN, Direction.STILL
RUNS_F, WALKS_F, RUNS_B = State.FORWARD_RUN, State.FORWARD_WALK, State.BACKWARD_RUN


def bouts(recording, *opinions, seconds=200, roles=None, **more):
    return find_bouts_with(detectors(*opinions, roles=roles), recording(seconds, **more), None)


def told(found):
    return [(one.start_s, one.end_s, one.direction) for one in found]


def test_who_knows_the_person_is_asked_of_the_person(recording):
    one, habits, asked = recording(10.0), Habits(), []

    def judge(name):
        return lambda *given: asked.append((name, *given))

    strange = SimpleNamespace(judge=judge("strange"), judge_person=None, role=Role.DIRECTION)
    knows = SimpleNamespace(judge=judge("known to nobody"), judge_person=judge("known"), role=Role.DIRECTION)
    find_bouts_with({"strange": strange, "knows": knows}, one, None, habits)
    find_bouts_with({"knows": knows}, one, None)
    assert [name for name, *_ in asked] == ["strange", "known", "known to nobody"]
    assert all(seen is one and len(time_s) == 10 for _, seen, time_s, *_ in asked)
    assert [rest for *_, rest in (asked[1],)] == [habits]


def test_what_is_not_done_on_foot_is_asked_for_standing_and_moving_only(recording):
    sure = opinion("sure", scores(200, (0, 200, {RUNS_B: 0.0})))
    motion = opinion("motion", scores(200, (0, 200, {State.STILL: 4.0}), other=0.0), speaks=False)
    roles = {"motion": Role.MOTION}
    assert told(bouts(recording, sure, motion, roles=roles)) == [(0.0, 200.0, B)]
    assert told(bouts(recording, sure, motion, roles=roles, sport="cycling")) == [(0.0, 200.0, S)]


def test_a_pause_is_told_by_who_tells_motion(recording):
    runs = opinion("runs", scores(200, (0, 200, {RUNS_F: 0.0})))
    motion = opinion("motion", scores(200), speaks=False)
    for roles, who in (({"motion": Role.MOTION}, "motion"), ({}, "nothing")):
        found = bouts(recording, runs, motion, roles=roles, pauses=(Span(50.0, 80.0),))
        assert told(found) == [(0.0, 50.0, F), (50.0, 80.0, S), (80.0, 200.0, F)]
        assert found[1].found_by == who


def moving(*parts):
    """What tells motion: (seconds, lead of running over walking, or None where it stands)."""
    said, at = np.zeros((sum(seconds for seconds, _ in parts), len(State))), 0
    for seconds, lead in parts:
        here = said[at : at + seconds]
        if lead is None:
            here[:, State.FORWARD_WALK :] = -0.1
        else:
            here[:, State.STILL] = -8.0
            here[:, [State.FORWARD_RUN, State.BACKWARD_RUN]] = max(lead, 0.0)
            here[:, [State.FORWARD_WALK, State.BACKWARD_WALK]] = max(-lead, 0.0)
        at += seconds
    return opinion("motion", said, speaks=False)


@pytest.mark.parametrize(
    ("parts", "gait"),
    [
        ([(100, 2.0)], Gait.RUN),
        ([(100, -2.0)], Gait.WALK),
        ([(90, 2.0), (10, -2.0)], Gait.RUN),
        ([(89, 2.0), (11, -2.0)], None),
        ([(10, 2.0), (90, -2.0)], Gait.WALK),
        ([(11, 2.0), (89, -2.0)], None),
        ([(100, 0.5)], None),
        ([(100, -0.5)], None),
        ([(100, 0.6)], Gait.RUN),
        ([(100, -0.6)], Gait.WALK),
        ([(50, 2.0), (50, -2.0)], None),
        ([(60, 2.0), (40, None)], Gait.RUN),  # only who moves has a gait
        ([(60, -2.0), (40, None)], Gait.WALK),
        ([(100, None)], None),
    ],
)
@pytest.mark.parametrize(("before", "lead"), [(0, 0.0), (60, 2.0), (60, -2.0)])
def test_of_an_unknown_piece_the_gait_is_told_where_nine_in_ten_agree(recording, parts, gait, before, lead):
    """Whatever was found before it: the seconds of the piece alone are counted."""
    seconds = before + 100
    runs = opinion("runs", scores(seconds, (0, before, {RUNS_F: 0.0})), speaks=np.arange(seconds) < before)
    motion = moving(*([(before, lead)] if before else []), *parts)
    found = bouts(recording, runs, motion, seconds=seconds, roles={"motion": Role.MOTION})
    unknown = [one for one in found if one.direction is U]
    assert unknown and {one.gait for one in unknown} == {gait}
    assert unknown[-1].end_s == seconds


def test_each_unknown_piece_has_a_gait_of_its_own(recording):
    cells = np.arange(200)
    runs = opinion("runs", scores(200, (50, 150, {RUNS_F: 0.0})), speaks=(cells >= 50) & (cells < 150))
    found = bouts(recording, runs, moving((50, None), (100, 2.0), (50, -2.0)), roles={"motion": Role.MOTION})
    assert [(one.direction, one.gait) for one in found] == [(U, None), (F, Gait.RUN), (U, Gait.WALK)]


def test_what_is_hinted_at_comes_with_the_bout(recording):
    hint = DirectionHint(np.where(np.arange(200) < 100, 3.0, -3.0))
    found = bouts(recording, opinion("asks", scores(200), speaks=False, hint=hint))
    assert [(one.start_s, one.direction, one.hint.direction) for one in found] == [(0.0, U, B), (100.0, U, F)]


def test_without_who_tells_motion_an_unknown_piece_has_no_gait(recording):
    (one,) = bouts(recording, moving((200, 2.0)))
    assert (one.direction, one.gait) == (U, None)


def piece(first, last, share, direction=F, found_by="x"):
    return Piece(first, last, direction, Gait.RUN, share, found_by)


def test_neighbours_with_one_answer_are_joined_and_as_sure_as_their_mean_over_time():
    found = _joined([piece(10, 20, 0.9), piece(20, 50, 0.7), piece(50, 60, 0.8, B), piece(60, 70, 0.9, B, "y")])
    assert [(one.first, one.last, one.found_by) for one in found] == [(10, 50, "x"), (50, 60, "x"), (60, 70, "y")]
    assert [one.share for one in found] == pytest.approx([(0.9 * 10 + 0.7 * 30) / 40, 0.8, 0.9])
    for first, second in ((None, None), (0.9, None), (None, 0.9)):
        (one,) = _joined([piece(0, 5, first), piece(5, 9, second)])
        assert (one.last, one.share) == (9, first)


def planned(*borders_s):
    """A plan: forward to 100 s, then backward; and the moments at which it says that something begins or ends."""
    said = scores(200, (0, 100, {RUNS_F: 0.0}), (100, 200, {RUNS_B: 0.0}))
    return opinion("plan", said, statement=stretches(200, borders_s=borders_s))


@pytest.mark.parametrize(
    ("borders_s", "border_s"),
    [
        ((), 100.0),
        ((101.25,), 101.25),
        ((98.5,), 98.5),
        ((96.0,), 96.0),
        ((104.0,), 104.0),
        ((95.9,), 100.0),
        ((104.1,), 100.0),
        ((50.0, 97.0, 102.0, 150.0), 102.0),
    ],
)
def test_what_a_plan_found_begins_where_the_plan_says(recording, borders_s, border_s):
    found = bouts(recording, planned(*borders_s), roles={"plan": Role.STATED})
    assert told(found) == [(0.0, border_s, F), (border_s, 200.0, B)]


def test_what_others_found_stays_where_they_found_it(recording):
    others = opinion("others", planned().log_likelihood)
    plan = opinion("plan", scores(200), speaks=False, statement=stretches(200, borders_s=(102.0,)))
    assert told(bouts(recording, others, plan, roles={"plan": Role.STATED})) == [(0.0, 100.0, F), (100.0, 200.0, B)]
    assert told(bouts(recording, planned(102.0))) == [(0.0, 100.0, F), (100.0, 200.0, B)], "it states nothing"


def test_a_border_beyond_the_end_is_none(recording):
    said = scores(200, (0, 198, {RUNS_F: 0.0}), (198, 200, {RUNS_B: 0.0}), other=-60.0)
    plan = opinion("plan", said, statement=stretches(200, borders_s=(200.0, 201.0)))
    assert told(bouts(recording, plan, roles={"plan": Role.STATED})) == [(0.0, 198.0, F), (198.0, 200.0, B)]


def test_a_silence_of_five_seconds_takes_what_is_around_it_and_a_longer_one_does_not(recording):
    for silent, expected in ((5, [F]), (6, [F, U, F])):
        speaks = np.ones(200, dtype=bool)
        speaks[100 : 100 + silent] = False
        found = bouts(recording, opinion("runs", scores(200, (0, 200, {RUNS_F: 0.0})), speaks=speaks))
        assert [one.direction for one in found] == expected


def test_a_border_that_is_taken_is_not_taken_twice(recording):
    said = scores(200, (0, 3, {RUNS_F: 0.0}), (3, 200, {RUNS_B: 0.0}), other=-60.0)
    plan = opinion("plan", said, statement=stretches(200, borders_s=(0.0,)))
    assert told(bouts(recording, plan, roles={"plan": Role.STATED})) == [(0.0, 3.0, F), (3.0, 200.0, B)]
