"""\"I did it as planned\": the steps of a session are laid on a recording that shows no direction, and taken back."""

from __future__ import annotations

import pytest
from tests.flows.test_by_hand import by_a_plain_watch, evening, plan

from backward_running import gait
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.session import Paint
from backward_running.flows import as_planned, coach, deriving, match, paint

__all__ = ["plan"]


@pytest.fixture
def first(plan):
    return plan.weeks[0].workouts[0]


def derived(store, activity_id):
    return deriving.derive(store, activity_id, found=store.session(activity_id).found)


def test_its_steps_lie_on_the_recording_and_are_its_runners_word(store, first):
    activity_id = by_a_plain_watch(store, first.on, first.duration_s() + 12.0)
    view = coach.today(store, now=evening(first.on))
    assert view.recorded.activity_id == activity_id and view.lay
    before = store.row(activity_id)
    assert derived(store, activity_id).lesson is not None
    as_planned.lay(store, first, activity_id, now=evening(first.on))
    row = store.row(activity_id)
    assert row.backward_s == pytest.approx(first.duration_s(Direction.BACKWARD), rel=0.02)
    assert row.unknown_s == pytest.approx(0.0, abs=5.0)
    bouts = [bout.bout for bout in store.session(activity_id).bouts if bout.bout.direction is Direction.BACKWARD]
    planned = [step for step in first.steps() if step.direction is Direction.BACKWARD]
    assert len(bouts) == len(planned) and {bout.gait for bout in bouts} == {planned[0].gait}
    compared = match.compare(store, first.workout_id)
    assert compared.no_steps is None and compared.verdict.startswith("Done: 5 of 5 minutes backward.")
    assert coach.today(store, now=evening(first.on)).not_recorded is None
    assert derived(store, activity_id).lesson is None  # its borders are the plan's: nothing is learned from them
    as_planned.take_back(store, activity_id)
    assert store.row(activity_id) == before and store.paints(activity_id) == ()
    with pytest.raises(NotFound):
        as_planned.take_back(store, activity_id)


@pytest.mark.parametrize(("share", "than"), [(0.8, "shorter"), (1.3, "longer")])
def test_on_a_recording_of_another_length_nobody_knows_where_they_lie(store, first, share, than):
    activity_id = by_a_plain_watch(store, first.on, share * first.duration_s())
    assert not coach.today(store, now=evening(first.on)).lay
    with pytest.raises(BadValue) as refused:
        as_planned.lay(store, first, activity_id, now=evening(first.on))
    assert f"much {than}" in refused.value.hint and store.paints(activity_id) == ()


def test_a_label_on_top_stays_until_it_is_taken_back_itself(store, first):
    activity_id = by_a_plain_watch(store, first.on, first.duration_s())
    as_planned.lay(store, first, activity_id, now=evening(first.on))
    paint.paint(store, activity_id, Paint(0.0, 60.0, Direction.BACKWARD, Gait.WALK, evening(first.on)))
    with pytest.raises(NotFound) as refused:
        as_planned.take_back(store, activity_id)
    assert "its page takes others back" in str(refused.value) and len(store.paints(activity_id)) == 2


def test_what_was_stated_of_laps_is_another_thing():
    """Clearing the laps leaves what was done as planned, and no page shows it as a pattern of laps."""
    laid = Paint(0.0, 120.0, Direction.BACKWARD, laps="planned:60fw,60br")
    clear = Paint(0.0, 120.0, Direction.UNKNOWN, laps=gait.CLEAR)
    strokes = gait.as_strokes(None, (laid, clear))
    assert [(stroke.end_s, stroke.direction, stroke.gait) for stroke in strokes] == [
        (60.0, Direction.FORWARD, Gait.WALK),
        (120.0, Direction.BACKWARD, Gait.RUN),
    ]
    assert gait.stated_laps((laid,)) is None


@pytest.mark.parametrize("pattern", ["planned:", "planned:60x", "planned:0fw", "planned:60fw,"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern):
    with pytest.raises(BadValue):
        gait.as_strokes(None, (Paint(0.0, 60.0, Direction.BACKWARD, laps=pattern),))
