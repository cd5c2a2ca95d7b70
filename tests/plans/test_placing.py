from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backward_running.plans.placing import place_sessions

MONDAY = date(2026, 5, 4)


def test_three_sessions_are_spread() -> None:
    placed = place_sessions(MONDAY, range(7), 3, week=1)
    assert [day.weekday() for day in placed.dates] == [0, 2, 4]
    assert placed.binding is None


def test_the_session_before_the_week_counts() -> None:
    placed = place_sessions(MONDAY, (0, 2), 2, week=2, before=[MONDAY - timedelta(days=1)])
    assert placed.dates == (MONDAY + timedelta(days=2),)
    assert placed.binding is not None and "48 hours" in placed.binding


def test_no_free_day_is_said() -> None:
    placed = place_sessions(MONDAY, (), 2, week=1)
    assert placed.dates == () and "0 free days" in (placed.binding or "")


def test_after_week_four_days_may_touch_where_there_are_no_others() -> None:
    assert len(place_sessions(MONDAY, (5, 6), 2, week=6).dates) == 2
    assert len(place_sessions(MONDAY, (5, 6), 2, week=4).dates) == 1


@given(st.sets(st.integers(0, 6)), st.integers(1, 3), st.integers(1, 12), st.integers(0, 6))
def test_days_are_free_inside_the_week_and_rested(days: set[int], count: int, week: int, shift: int) -> None:
    starts_on = MONDAY + timedelta(days=shift)
    placed = place_sessions(starts_on, sorted(days), count, week=week)
    assert len(placed.dates) <= count and (placed.binding is None) == (len(placed.dates) == count)
    assert all(day.weekday() in days and 0 <= (day - starts_on).days < 7 for day in placed.dates)
    assert all((late - early).days >= (2 if week <= 4 else 1) for early, late in pairwise(placed.dates))
    assert bool(placed.dates) == bool(days)
