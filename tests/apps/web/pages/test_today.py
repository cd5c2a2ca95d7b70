"""Today says what now, how it goes and what comes next."""

from __future__ import annotations

from datetime import timedelta

from tests.apps.browsing import NOW

from backward_running.flows import coach
from backward_running.flows.progress import progress

TODAY = NOW.date()


def test_today_shows_the_week_the_next_first_and_the_bests(full):
    page = full.get("/").text
    for words in ("How it goes", "This week: ", "Next first", "First time running backward", "Longest stretch"):
        assert words in page
    assert page.index("Next session") < page.index("How it goes")


def test_a_red_flag_takes_the_next_first_and_the_row_of_weeks_away(full):
    full.submit("/check-in", {"moment": "other", "red_flags": "chest_pain"})
    page = full.get("/").text
    assert "Next first" not in page and "in a row" not in page


def test_the_next_first_is_the_first_longer_run_to_come(full):

    plan = coach.current_plan(full.store)
    first = progress(full.store, plan, today=TODAY).next_first
    assert first is not None and first.is_first_run and first.on >= TODAY
    nothing = progress(full.store, plan, today=max(one.on for one in plan.workouts()) + timedelta(days=1))
    assert nothing.next_first is None
