from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.plans._binding import what_binds, why_not
from backward_running.plans._week_table import Request, best_days, candidates, cost, keeps_rules
from backward_running.plans.placing import place_sessions

MONDAY = date(2026, 5, 4)
ALL = tuple(range(7))


def days(request: Request) -> list[int]:
    return [(day - MONDAY).days for day in place_sessions(MONDAY, request).dates]


def test_three_sessions_are_spread() -> None:
    placed = place_sessions(MONDAY, Request(3, ALL, rest_days=2))
    assert [day.weekday() for day in placed.dates] == [0, 2, 4]
    assert placed.binding is None


def test_the_session_before_the_week_counts() -> None:
    placed = place_sessions(MONDAY, Request(2, (0, 2), rest_days=2, stands=((-1, 2),)))
    assert placed.dates == (MONDAY + timedelta(days=2),)
    assert placed.binding is not None and "48 hours" in placed.binding


def test_after_week_four_days_may_touch_where_there_are_no_others() -> None:
    assert days(Request(2, (5, 6))) == [5, 6]
    assert len(days(Request(2, (5, 6), rest_days=2))) == 1
    assert days(Request(2, (0, 1, 3))) == [0, 3]


def test_hard_days_are_avoided_where_others_do() -> None:
    assert not {0, 1} & set(days(Request(2, ALL, rest_days=2, hard=(0, 1))))
    assert days(Request(2, (0, 1), hard=(0, 1))) == [0, 1], "they cost, they do not forbid"


def test_the_days_of_the_week_before_are_liked() -> None:
    assert days(Request(2, ALL, rest_days=2, stands=((-6, 2), (-3, 2)), habit=(1, 4))) == [1, 4]


def test_a_day_that_the_runner_chose_is_kept_and_need_not_be_free() -> None:
    found = days(Request(2, (0, 2), rest_days=2, fixed=(5,)))
    assert 5 in found and len(found) == 2


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request(2, (), rest_days=2), "you have 0 free days in this week"),
        (Request(3, (0, 2), rest_days=2), "One more free day between Friday and Sunday would do"),
        (Request(3, (0, 2, 3), rest_days=2), "too close together for the 48 hours between sessions. One more free day"),
        (Request(3, (0, 1), rest_days=2), "More free days, apart from each other, would do"),
        (Request(3, (0, 3), rest_days=2), "One more free day would do: Saturday or Sunday."),
        (Request(2, ALL, rest_days=2, away=(0, 1, 2, 3, 4, 5)), "you are away or ill"),
        (Request(2, ALL, rest_days=2, first=6), "for rest, or past"),
        (Request(3, ALL, rest_days=2, ceiling_count=1, ceiling_on=ALL), "at most 1 in seven days are allowed to you"),
        (Request(3, (0, 2, 4), rest_days=2, fixed=(3,)), "keeps them out"),
        (Request(4, ALL), "more would make over 3 in seven days"),
    ],
)
def test_what_binds_is_named_and_what_would_help(request_: Request, says: str) -> None:
    size = len(best_days(request_))
    assert size < request_.count
    assert says in what_binds(request_, size, 0)


@pytest.mark.parametrize(
    ("request_", "day", "says"),
    [
        (Request(2, ALL, rest_days=2, stands=((0, 2),)), 1, "48 hours"),
        (Request(2, ALL, rest_days=2, stands=((0, 2),)), 0, "a session on that day"),
        (Request(2, ALL, rest_days=2, away=(3,)), 3, "away or ill"),
        (Request(2, ALL, rest_days=2, first=4), 3, "past, or for rest"),
        (Request(2, ALL, rest_days=2), 7, "stays in its week"),
        (Request(2, ALL, rest_days=2, ceiling_count=0, ceiling_on=ALL), 3, "at most 0"),
        (Request(1, ALL, stands=((-3, 1), (-2, 1), (-1, 1))), 0, "more than 3 in seven days"),
    ],
)
def test_why_a_session_cannot_go_where_its_runner_wants_it(request_: Request, day: int, says: str) -> None:
    assert says in (why_not(request_, day) or "")


def test_a_day_that_is_not_free_may_be_chosen_by_hand() -> None:
    assert why_not(Request(2, (0,), rest_days=2), 4) is None


def test_equal_weeks_have_equal_days_whatever_the_date() -> None:
    first = place_sessions(MONDAY, Request(2, ALL, rest_days=2))
    later = place_sessions(MONDAY + timedelta(weeks=5), Request(2, ALL, rest_days=2))
    assert [day.weekday() for day in first.dates] == [day.weekday() for day in later.dates]


def test_of_equally_cheap_days_the_earliest_are_taken() -> None:
    request = Request(1, (1, 3))
    assert cost(request, (1,)) == cost(request, (3,))
    assert best_days(request) == (1,)


REQUESTS = st.builds(
    Request,
    count=st.integers(0, 3),
    free=st.sets(st.integers(0, 6)).map(lambda found: tuple(sorted(found))),
    rest_days=st.integers(1, 2),
    stands=st.dictionaries(st.integers(-7, 2), st.integers(1, 2), max_size=3).map(lambda f: tuple(sorted(f.items()))),
    away=st.sets(st.integers(0, 6), max_size=2).map(lambda found: tuple(sorted(found))),
    first=st.integers(0, 4),
    ceiling_count=st.none() | st.integers(0, 3),
    ceiling_on=st.integers(-7, 7).map(lambda first: tuple(range(first, 7))),
    hard=st.sets(st.integers(0, 6), max_size=3).map(lambda found: tuple(sorted(found))),
    habit=st.sets(st.integers(0, 6), max_size=3).map(lambda found: tuple(sorted(found))),
)


@settings(max_examples=150, deadline=None)
@given(REQUESTS)
def test_no_other_set_of_days_holds_more_or_costs_less(request: Request) -> None:
    found = best_days(request)
    assert not found or keeps_rules(request, found)
    every = (days for count in range(request.count + 1) for days in combinations(range(7), count))
    for days in every:
        if set(days) <= set(candidates(request)) and keeps_rules(request, days):
            assert (-len(found), cost(request, found), found) <= (-len(days), cost(request, days), days)


@settings(max_examples=150, deadline=None)
@given(REQUESTS, st.integers(0, 6))
def test_days_are_possible_and_rested(request: Request, shift: int) -> None:
    starts_on = MONDAY + timedelta(days=shift)
    placed = place_sessions(starts_on, request)
    found = [(day - starts_on).days for day in placed.dates]
    assert len(found) <= request.count and (placed.binding is None) == (len(found) == request.count)
    assert set(found) <= set(request.free) - set(request.away) - set(range(request.first))
    assert all(late - early >= request.rest_days for early, late in pairwise(found))
    line = sorted({*found, *(day for day, _ in request.stands)})
    for first in line:
        within = [day for day in line if first <= day < first + 7]
        assert len(within) <= 3 or not set(found) & set(within)
