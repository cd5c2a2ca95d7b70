"""What people type is read as they mean it, and what nobody can be sure of is refused."""

from __future__ import annotations

from datetime import date

import pytest

from backward_running.apps.words.typed import did_you_mean, read_day, read_direction
from backward_running.apps.words.units import Units
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue

TODAY = date(2026, 5, 20)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-05-12", date(2026, 5, 12)), ("yesterday", date(2026, 5, 19)), (" Today ", TODAY),
        ("12 May", date(2026, 5, 12)), ("May 12", date(2026, 5, 12)), ("12th may 2025", date(2025, 5, 12)),
        ("12.5.", date(2026, 5, 12)), ("24.12.", date(2025, 12, 24)), ("24 Dec", date(2025, 12, 24)),
        ("29 Feb", date(2024, 2, 29)), ("Monday", date(2026, 5, 18)), ("wed", TODAY),
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_the_last_such_day(typed, day):
    assert read_day(typed, today=TODAY) == day


def test_a_day_ahead_is_the_next_such_day():
    assert read_day("24 Dec", today=TODAY, ahead=True) == date(2026, 12, 24)
    assert read_day("12 May", today=TODAY, ahead=True) == date(2027, 5, 12)
    assert read_day("Monday", today=TODAY, ahead=True) == date(2026, 5, 25)


@pytest.mark.parametrize("typed", ["", "12/5", "5/12/2026", "31 Feb", "30 Foo", "12 ma", "99", "monkey", "2026-13-01"])
def test_what_may_mean_two_days_or_none_is_refused_with_a_hint(typed):
    with pytest.raises(BadValue) as refused:
        read_day(typed, today=TODAY)
    assert "yesterday" in refused.value.hint


@pytest.mark.parametrize("typed", ["backward", "Backwards", "bwd", " b "])
def test_a_direction_is_understood(typed):
    assert read_direction(typed, Direction) is Direction.BACKWARD


def test_a_direction_nearly_right_is_asked_back_and_never_taken():
    with pytest.raises(BadValue) as refused:
        read_direction("bakward", (Direction.FORWARD, Direction.BACKWARD))
    assert refused.value.hint == "Did you mean backward?"
    assert did_you_mean("xyzzy", ["runs"]) == ""


@pytest.mark.parametrize("typed", ["6:05", "6.05", "6,05", "605", "6'05", "6:05 /km"])
def test_a_pace_is_read_however_its_colon_is_written(typed):
    assert 1000 / Units("metric").read_pace(typed) == pytest.approx(365)


@pytest.mark.parametrize("typed", ["6.5", "6:75", "675", "6.", "fast", "60000"])
def test_a_pace_that_is_none_is_refused(typed):
    with pytest.raises(BadValue):
        Units("metric").read_pace(typed)
