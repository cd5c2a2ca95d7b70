"""What is stated of laps: one stroke, undone in one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.browsing import unplanned_file
from tests.flows.test_paint import close

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotEnoughData, NotFound
from backward_running.core.recording import Lap
from backward_running.core.session import Paint
from backward_running.flows.activity import activity_page
from backward_running.flows.intake import import_file
from backward_running.flows.laps import state_laps
from backward_running.flows.paint import paint, undo
from backward_running.store import open_store

LAPS = tuple(Lap(300.0 * one, 300.0 * (one + 1)) for one in range(5))


def imported(store, now, laps=LAPS, days_before=0):
    (entry,) = import_file(store, "laps.fit", unplanned_file(laps=laps, days_before=days_before), now=now)
    return entry.activity_ids[0]


@pytest.fixture
def activity_id(store, now):
    return imported(store, now)


def ways(page):
    return [(one.bout.start_s, one.bout.direction.value) for one in page.bouts if one.bout.found_by == "paint"]


def test_every_second_lap_in_one_stroke(store, activity_id, now):
    before = activity_page(store, activity_id)
    page = state_laps(store, activity_id, "Even-backward", now=now)
    assert ways(page) == [(0, "forward"), (300, "backward"), (600, "forward"), (900, "backward"), (1200, "forward")]
    assert (len(page.paints), page.laps_stated) == (1, "even-backward")
    assert store.row(activity_id).backward_s == pytest.approx(600, abs=2)
    assert [lap.seconds_by_direction for lap in page.laps][1] == {Direction.BACKWARD: 300.0}
    taken_back = undo(store, activity_id)
    assert close(taken_back.bouts, before.bouts)
    assert (taken_back.paints, taken_back.laps_stated) == ((), None)


def test_clearing_leaves_other_strokes_and_can_be_undone(store, activity_id, now):
    state_laps(store, activity_id, "odd-backward", now=now)
    paint(store, activity_id, Paint(310.0, 330.0, Direction.SIDEWAYS, painted_at=now + timedelta(seconds=5)))
    both = activity_page(store, activity_id)
    cleared = state_laps(store, activity_id, "clear", now=now)
    assert ways(cleared) == [(310.0, "sideways")]
    assert cleared.laps_stated is None
    back = undo(store, activity_id)
    assert close(back.bouts, both.bouts)
    assert back.laps_stated == "odd-backward"


def test_the_last_statement_wins(store, activity_id, now):
    state_laps(store, activity_id, "odd-backward", now=now)
    page = state_laps(store, activity_id, "2,3-backward", now=now)
    assert [way for _, way in ways(page)] == ["forward", "backward", "forward"]
    assert page.laps_stated == "2,3-backward"


def test_it_teaches_what_any_stroke_teaches(store, now, tmp_path):
    """Each lap by hand, or all at once: the same is learned of the person."""
    state_laps(store, imported(store, now), "even-backward", now=now)
    other = open_store(tmp_path / "other")
    activity_id = imported(other, now)
    for number, lap in enumerate(LAPS, start=1):
        way = Direction.FORWARD if number % 2 else Direction.BACKWARD
        paint(other, activity_id, Paint(lap.start_s, lap.end_s, way, painted_at=now))
    assert store.habits() == other.habits()
    assert store.habits().traits
    other.close()


def test_what_cannot_be_is_refused_and_nothing_is_kept(store, activity_id, now):
    for pattern in ("every other", "9-backward", ""):
        with pytest.raises(BadValue):
            state_laps(store, activity_id, pattern, now=now)
    with pytest.raises(NotFound):
        state_laps(store, "nothing", "odd-backward", now=now)
    assert store.paints(activity_id) == ()
    whole = imported(store, now, laps=LAPS[:1], days_before=1)
    with pytest.raises(NotEnoughData):
        state_laps(store, whole, "odd-backward", now=now)
