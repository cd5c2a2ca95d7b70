"""What the runner says of many runs fills what nothing shows, is kept apart from what was seen, and is taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.flows import test_habits as runs

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.recording import Lap, RecordedStep
from backward_running.core.session import SAID, Estimate, Paint
from backward_running.core.statement import Runs
from backward_running.flows import activity, anew, paint, statements

FORWARD, BACKWARD, UNKNOWN = Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN
DAY = runs.DAY.date()
#: A run that followed a workout: its laps name their steps, and the second of them went backward.
MARKED = {
    "laps": (Lap(0.0, 700.0, step_index=0), Lap(700.0, 800.0, step_index=1), Lap(800.0, 1500.0, step_index=2)),
    "steps": (
        RecordedStep(0, name="easy", duration_s=700.0),
        RecordedStep(1, name="backward run", duration_s=100.0),
        RecordedStep(2, name="easy", duration_s=700.0),
    ),
}


def understood(store):
    """Derive anew all that is due, as the worker does; return how many that were."""
    done = list(anew.derive_anew(store))
    assert [one.problem for one in done] == [None] * len(done)
    assert list(anew.mismatches(store)) == []
    return len(done)


@pytest.fixture
def three(store, now):
    """Runs of a watch on the first three days of May, of which nothing shows the direction."""
    ids = [runs.taken_in(store, now, number) for number in range(3)]
    assert all(store.row(one).unknown_s > 1400.0 and store.row(one).forward_s == 0.0 for one in ids)
    return ids


def test_before_a_day_is_forward_as_said_and_priced_and_marked(store, now, three):
    made = statements.state(store, Runs(before=DAY + timedelta(days=2)), FORWARD, now=now)
    assert understood(store) == 2
    first, _, third = (store.row(one) for one in three)
    assert (first.unknown_s, first.forward_s) == (0.0, first.said_forward_s)
    assert first.said_forward_s > 1400.0
    assert {piece.said for piece in first.ribbon} == {True}
    assert (third.forward_s, third.said_forward_s) == (0.0, 0.0)
    page = activity.activity_page(store, three[0])
    assert isinstance(page.ledger.forward.energy_j_per_kg, Estimate)
    assert {bout.bout.found_by for bout in page.bouts} == {SAID}
    assert {bout.bout.probability_share for bout in page.bouts} == {None}  # nobody measured it
    assert {bout.direction for bout in store.session(three[0]).found} == {UNKNOWN}
    assert statements.in_force(store) == (made,)


def test_one_tap_takes_it_back_and_it_stays_in_the_books(store, now, three):
    made = statements.state(store, Runs(activity_ids=(three[1],)), FORWARD, now=now)
    assert understood(store) == 1
    assert store.row(three[1]).unknown_s == 0.0
    statements.revoke(store, made.statement_id, now=now + timedelta(hours=1))
    assert understood(store) == 1
    assert store.row(three[1]).unknown_s > 1400.0
    assert statements.in_force(store) == ()
    (kept,) = store.statements()
    assert kept.revoked_at == now + timedelta(hours=1)
    with pytest.raises(NotFound):
        statements.revoke(store, made.statement_id, now=now)


def test_the_newest_statement_wins_and_unknown_opens_runs_again(store, now, three):
    statements.state(store, Runs(before=date(2026, 6, 1)), FORWARD, now=now)
    statements.state(store, Runs(activity_ids=(three[0],)), BACKWARD, now=now + timedelta(minutes=1))
    statements.state(store, Runs(activity_ids=(three[1],)), UNKNOWN, now=now + timedelta(minutes=2))
    understood(store)
    assert [store.session(one).said for one in three] == [BACKWARD, None, FORWARD]
    assert store.row(three[0]).said_backward_s == store.row(three[0]).backward_s > 1400.0


def test_what_comes_in_later_is_in_it_too(store, now):
    statements.state(store, Runs(before=date(2026, 6, 1)), FORWARD, now=now)
    row = store.row(runs.taken_in(store, now, 4))
    assert row.said_forward_s == row.forward_s > 1400.0


def test_paint_and_laps_stand_above_it_and_a_contradiction_is_shown(store, now):
    marked = runs.taken_in(store, now, 1, **MARKED)
    painted = runs.taken_in(store, now, 2)
    paint.paint(store, painted, Paint(*runs.BACK, BACKWARD))
    paint.paint(store, painted, Paint(0.0, 60.0, UNKNOWN))
    statements.state(store, Runs(before=date(2026, 6, 1)), FORWARD, now=now)
    understood(store)
    row = store.row(marked)
    assert row.backward_s == pytest.approx(100.0, abs=10.0)
    assert (row.said_forward_s, row.unknown_s) == (0.0, 0.0)  # the steps of the workout say which way, all of it
    (against,) = activity.activity_page(store, marked).contradicted
    assert (against.start_s, against.end_s) == pytest.approx((700.0, 800.0), abs=5.0)
    row = store.row(painted)
    assert (row.backward_s, row.unknown_s) == pytest.approx((100.0, 60.0), abs=5.0)
    assert activity.activity_page(store, painted).contradicted == ()  # the runner's own hand, and the later word


def test_plain_runs_are_those_without_a_backward_step_planned_marked_or_labelled(store, now, three):
    marked = runs.taken_in(store, now, 5, **MARKED)
    paint.paint(store, three[0], Paint(*runs.BACK, BACKWARD))
    statements.state(store, Runs(plain=True), FORWARD, now=now)
    understood(store)
    assert [store.session(one).said for one in (*three, marked)] == [None, FORWARD, FORWARD, None]
    paint.undo(store, three[0])  # the label is gone, and with it the reason
    assert store.session(three[0]).said is FORWARD


def test_of_a_watch(store, now, three):
    name = store.recording(three[0]).device
    words = " ".join(filter(None, (name.maker, name.product)))
    statements.state(store, Runs(device=words[:5].upper()), FORWARD, now=now)
    statements.state(store, Runs(device="another watch"), BACKWARD, now=now + timedelta(minutes=1))
    understood(store)
    assert {store.session(one).said for one in three} == {FORWARD}


def test_said_forward_teaches_no_more_than_unknown_and_the_heart_of_the_runner(store, now, three):
    before = store.habits().traits
    statements.state(store, Runs(before=date(2026, 6, 1)), FORWARD, now=now)
    understood(store)
    after = store.habits().traits
    assert [one.told_forward_s for one in after] == [0.0, 0.0, 0.0]  # a rate of backward running is not read off a word
    for one, other in zip(before, after, strict=True):
        ratio = one.forward_run_cadence.seconds_s / other.forward_run_cadence.seconds_s
        assert ratio == pytest.approx(1.0, abs=0.15)


def test_the_demo_runner_is_not_spoken_of(store, now):
    demo = runs.taken_in(store, now, 1, simulated=True)
    statements.state(store, Runs(before=date(2026, 6, 1)), FORWARD, now=now)
    understood(store)
    assert store.session(demo).said is None


def test_a_new_answer_to_the_same_question_takes_the_place_of_the_old(store, now, three):
    for day in (2, 1):
        about = Runs(before=DAY + timedelta(days=day))
        statements.state(store, about, FORWARD, now=now, answers="a question")
    understood(store)
    assert [store.session(one).said for one in three] == [FORWARD, None, None]


def test_a_batch_is_counted_each_run_once(store, now, three):
    statements.state(store, Runs(activity_ids=tuple(three[:1])), FORWARD, now=now)
    understood(store)
    batch = statements.batch(store)
    assert (batch.runs, batch.shown, batch.forward, batch.backward, len(batch.asks)) == (3, 0, 1, 0, 2)
    assert [one.activity_id for one in statements.that_ask(store)] == [three[2], three[1]]


@pytest.mark.parametrize(
    "about", [{"before": date(2027, 1, 1)}, {"since": date(2026, 11, 23)}, {"activity_ids": ("not-there",)}]
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(store, now, about):
    with pytest.raises((BadValue, NotFound)):
        statements.state(store, Runs(**about), FORWARD, now=now)
    assert store.statements() == ()


def test_sets_that_are_none_are_refused():
    with pytest.raises(BadValue):
        Runs(since=DAY, before=DAY)
    with pytest.raises(BadValue):
        Runs(device=" ")
