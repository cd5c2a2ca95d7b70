"""What the runner says of one recording makes the next one better judged, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.habits import MOST_TRAITS, Habits, Traits, Trend
from backward_running.core.recording import Stream
from backward_running.core.session import Paint
from backward_running.flows import activity, paint, trash
from backward_running.flows.intake import import_file
from backward_running.formats.fit_activity import FitActivity, write_activity

SECONDS = 1500
BACK = (700.0, 800.0)
DAY = datetime(2026, 5, 1, 7, tzinfo=UTC)


def fit(number, *, laps=(), steps=(), simulated=False):
    """A run with a stretch that looks backward only to who knows this runner: 5 % more steps, 0.8 of the speed."""
    rng = np.random.default_rng(number)
    backward = (np.arange(SECONDS) >= BACK[0]) & (np.arange(SECONDS) < BACK[1])
    speed = (3.1 + rng.normal(0.0, 0.1, SECONDS)) * np.where(backward, 0.8, 1.0)
    cadence = 168.0 * np.exp(0.045 * (speed - 3.0)) * np.where(backward, 1.055, 1.0)
    columns = {"speed_mps": speed, "cadence_spm": np.round(cadence / 2) * 2, "distance_m": np.cumsum(speed)}
    stream = Stream("wrist", "earth", np.arange(float(SECONDS)), columns)
    started_at = DAY + timedelta(days=number)
    return write_activity(
        FitActivity(
            started_at=started_at,
            utc_offset_s=0,
            sport="running",
            sub_sport=None,
            stream=stream,
            laps=laps,
            steps=steps,
            pauses=(),
            title=f"Run {number}",
            simulated=simulated,
        )
    )


def asked(store, activity_id):
    return [
        (one.bout.start_s, one.bout.end_s)
        for one in activity.activity_page(store, activity_id).bouts
        if one.bout.hint is not None and one.bout.hint.direction is Direction.BACKWARD
    ]


def taken_in(store, now, number, **more):
    (entry,) = import_file(store, f"{number}.fit", fit(number, **more), now=now)
    assert entry.status == "new", entry.message
    return entry.activity_ids[0]


def test_painting_two_recordings_makes_the_third_better_judged(store, now):
    first = taken_in(store, now, 1)
    assert asked(store, first) == []
    for activity_id in (first, taken_in(store, now, 2)):
        paint.paint(store, activity_id, Paint(*BACK, Direction.BACKWARD))
    third = taken_in(store, now, 3)
    ((start_s, end_s),) = asked(store, third)
    assert start_s == pytest.approx(BACK[0], abs=10)
    assert end_s == pytest.approx(BACK[1], abs=10)
    assert activity.activity_page(store, third).ledger.backward.moving_s == 0.0  # a question is no answer


def test_undoing_the_paint_takes_the_lesson_back(store, now):
    first = taken_in(store, now, 1)
    untaught = store.habits()
    paint.paint(store, first, Paint(*BACK, Direction.BACKWARD))
    assert store.habits().traits[0].backward_cadence_nat == pytest.approx(np.log(1.055), abs=0.015)
    paint.undo(store, first)
    assert store.habits() == untaught
    trash.delete(store, first, now=now)
    assert store.habits() == Habits()


def test_a_painted_answer_leaves_no_question(store, now):
    for number in (1, 2):
        paint.paint(store, taken_in(store, now, number), Paint(*BACK, Direction.BACKWARD))
    third = taken_in(store, now, 3)
    ((start_s, end_s),) = asked(store, third)
    page = paint.paint(store, third, Paint(start_s, end_s, Direction.BACKWARD))
    assert asked(store, third) == []
    assert page.ledger.backward.moving_s == pytest.approx(end_s - start_s, abs=2)


def test_the_simulated_runner_teaches_nothing_about_the_real_one(store, now):
    for number in (1, 2):
        paint.paint(store, taken_in(store, now, number, simulated=True), Paint(*BACK, Direction.BACKWARD))
    assert asked(store, taken_in(store, now, 3)) == []
    assert {one.simulated for one in store.habits().traits} == {True, False}
    from backward_running.flows import demo

    demo.clear_demo(store)
    assert {one.simulated for one in store.habits().traits} == {False}


def test_habits_keep_the_newest_once_each():
    habits = Habits()
    for number in range(MOST_TRAITS + 5):
        habits = habits.with_traits(Traits(str(number), DAY + timedelta(days=number)))
    habits = habits.with_traits(Traits("30", DAY + timedelta(days=30), forward_run_cadence=Trend(1.0)))
    assert len(habits.traits) == MOST_TRAITS
    assert [one.started_at for one in habits.traits] == sorted(one.started_at for one in habits.traits)
    assert [one.forward_run_cadence.seconds_s for one in habits.traits if one.activity_id == "30"] == [1.0]
    assert habits.without("30").traits == tuple(one for one in habits.traits if one.activity_id != "30")
