"""What was learned since is used on older recordings, when the runner asks for it, and never on what they labelled."""

from __future__ import annotations

import pytest
from tests.flows import test_habits as runs

from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.session import Paint
from backward_running.flows import judging, paint


def test_what_was_learned_is_used_on_older_recordings(store, now):
    old = runs.taken_in(store, now, 0)
    labelled = [runs.taken_in(store, now, number) for number in (1, 2)]
    assert runs.asked(store, old) == []
    for activity_id in labelled:
        paint.paint(store, activity_id, Paint(*runs.BACK, Direction.BACKWARD))
    before = [store.session(activity_id) for activity_id in labelled]
    done = list(judging.judge_again(store))
    assert [(one.number, one.of, one.row.activity_id, one.changed) for one in done] == [(1, 1, old, True)]
    assert done[0].asked_before_s == 0.0
    assert done[0].asked_s == pytest.approx(100.0, abs=20.0)
    ((start_s, end_s),) = runs.asked(store, old)
    assert (start_s, end_s) == pytest.approx(runs.BACK, abs=10)
    assert [store.session(activity_id) for activity_id in labelled] == before
    assert [one.changed for one in judging.judge_again(store)] == [False]


def test_it_can_be_stopped_half_way(store, now):
    for number in (1, 2, 3):
        runs.taken_in(store, now, number)
    work = judging.judge_again(store)
    assert next(work).of == 3
    work.close()
    assert store.counts().activities == 3


def test_it_says_what_was_learned_and_forgets_it(store, now):
    assert judging.what_was_learned(store).known.recordings == 0
    first = runs.taken_in(store, now, 1)
    runs.taken_in(store, now, 2)
    paint.paint(store, first, Paint(*runs.BACK, Direction.BACKWARD))
    found = judging.what_was_learned(store)
    assert (found.known.recordings, found.simulated, judging.count_unlabelled(store)) == (2, False, 1)
    assert found.known.backward_cadence.ratio == pytest.approx(1.055, abs=0.015)
    assert judging.forget_all(store) == 2
    assert store.habits() == Habits()
    assert judging.forget_all(store) == 0


def test_the_demo_runner_is_called_simulated_and_real_recordings_come_first(store, now):
    runs.taken_in(store, now, 1, simulated=True)
    assert judging.what_was_learned(store).simulated
    runs.taken_in(store, now, 2)
    found = judging.what_was_learned(store)
    assert (found.simulated, found.known.recordings) == (False, 1)
