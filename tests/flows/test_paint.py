from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.session import Bout, Paint
from backward_running.flows.activity import activity_page
from backward_running.flows.intake import import_file
from backward_running.flows.paint import SLIVER_S, paint, undo, without_slivers


@pytest.fixture
def activity_id(store, session_fit, now):
    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    return entry.activity_ids[0]


def test_paint_wins_over_what_was_found_and_is_kept_apart(store, activity_id):
    before = store.session(activity_id)
    page = paint(store, activity_id, Paint(0.0, 200.0, Direction.BACKWARD, Gait.WALK))
    assert page.bouts[0].bout.direction is Direction.BACKWARD
    assert page.bouts[0].bout.found_by == "paint"
    assert page.bouts[0].bout.end_s == 200.0
    assert store.session(activity_id).found == before.found
    assert store.row(activity_id).backward_s > 500


def close(bouts, others):
    """Equal but for the last digits: stored streams are fixed-point numbers."""
    return [one.bout for one in bouts] == [one.bout for one in others] and [
        one.distance_m for one in bouts
    ] == pytest.approx([one.distance_m for one in others])


def test_undo_takes_strokes_back_one_by_one(store, activity_id):
    before = activity_page(store, activity_id).bouts
    paint(store, activity_id, Paint(0.0, 200.0, Direction.BACKWARD))
    once = activity_page(store, activity_id).bouts
    paint(store, activity_id, Paint(100.0, 300.0, Direction.UNKNOWN))
    assert close(undo(store, activity_id).bouts, once)
    assert close(undo(store, activity_id).bouts, before)
    assert close(undo(store, activity_id).bouts, before)


@pytest.mark.parametrize(
    "stroke",
    [
        Paint(-5.0, 10.0, Direction.FORWARD),
        Paint(0.0, 1e6, Direction.FORWARD),
        Paint(10.0, 10.0, Direction.FORWARD),
        Paint(0.0, 10.0, Direction.TURNING),
    ],
)
def test_impossible_strokes_are_refused_and_change_nothing(store, activity_id, stroke):
    before = activity_page(store, activity_id).bouts
    with pytest.raises(BadValue):
        paint(store, activity_id, stroke)
    assert close(activity_page(store, activity_id).bouts, before)


def test_an_unknown_activity_is_not_found(store):
    with pytest.raises(NotFound):
        paint(store, "nothing-0", Paint(0.0, 1.0, Direction.FORWARD))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1400),
            st.floats(1, 300),
            st.sampled_from([Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN]),
        ),
        max_size=5,
    )
)
def test_the_ledger_adds_up_under_any_paint(store, activity_id, strokes):
    for start, length, direction in strokes:
        paint(store, activity_id, Paint(start, min(start + length, 1440.0), direction)) if start < 1439 else None
    page = activity_page(store, activity_id)
    ledger = page.ledger
    parts = (ledger.forward, ledger.backward, ledger.unknown, ledger.rest)
    assert sum(part.duration_s for part in parts) == pytest.approx(ledger.whole.duration_s)
    assert sum(part.distance_m or 0 for part in parts) == pytest.approx(ledger.whole.distance_m)
    assert ledger.whole.duration_s == pytest.approx(page.row.duration_s)
    while store.paints(activity_id):
        undo(store, activity_id)


def test_a_label_by_the_clock_of_the_page_leaves_no_slivers(store, activity_id):
    borders = [one.bout.start_s for one in activity_page(store, activity_id).bouts]
    first, second = borders[1], borders[2]
    page = paint(store, activity_id, Paint(first + 0.6, second - 0.7, Direction.SIDEWAYS))
    (own,) = [one.bout for one in page.bouts if one.bout.found_by == "paint"]
    assert (own.start_s, own.end_s) == pytest.approx((first, second))
    assert store.paints(activity_id)[0].start_s == pytest.approx(first)
    before = activity_page(store, activity_id).bouts
    assert close(undo(store, activity_id).bouts, activity_page(store, activity_id).bouts)
    assert len(before) == len(borders)


@settings(max_examples=200, deadline=None)
@given(
    lengths=st.lists(st.floats(0.2, 30.0), min_size=1, max_size=8),
    ends=st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)),
)
def test_what_a_stroke_leaves_is_a_second_or_nothing(lengths, ends):
    borders = [0.0]
    for length in lengths:
        borders.append(borders[-1] + length)
    bouts = [Bout(a, b, Direction.FORWARD, None, 0.9, "x") for a, b in pairwise(borders)]
    start, end = sorted(share * borders[-1] for share in ends)
    if end <= start:
        return
    stroke = without_slivers(Paint(start, end, Direction.BACKWARD), bouts, borders[-1])
    assert stroke.start_s <= start
    assert stroke.end_s >= end
    assert start - stroke.start_s < SLIVER_S
    assert stroke.end_s - end < SLIVER_S
    for one in bouts:
        for left in (stroke.start_s - one.start_s, one.end_s - stroke.end_s):
            assert not 0.0 < left < SLIVER_S or not (one.start_s < stroke.end_s and stroke.start_s < one.end_s)
