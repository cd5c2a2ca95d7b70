"""What Today asks of a place that hurts, and what it says where nothing is planned just now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.browsing import browse
from tests.flows.test_adapt import ANSWERS, TODAY, noon
from tests.flows.test_asked_site import KNEE
from tests.flows.test_by_hand import by_a_plain_watch, evening

from backward_running.core.plan import Wish, WishKind
from backward_running.flows import adapt, coach, days
from backward_running.store import open_store


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


@pytest.fixture
def page(store):
    """A browser at noon of the day on which everything happens."""
    return browse(store, now=lambda: noon(TODAY), follow=True)


def test_a_tap_before_a_session_is_what_the_morning_is_compared_with(store, page) -> None:
    plan = coach.start_plan(store, KNEE, now=noon(TODAY) - timedelta(hours=1))
    assert next(iter(plan.workouts())).on == TODAY
    today = page.get("/").text
    assert "how much does your knee hurt now" in today and 'name="pain_knee"' in today
    page.submit("/check-in", {"moment": "other", "activity_id": "", "pain_knee": "2", "from": "today"})
    (said,) = days.telling_check_ins(store)
    assert said.pain_nrs == {"knee": 2.0}
    assert 'name="pain_knee"' not in page.get("/").text


def test_who_is_ill_is_not_told_that_the_plan_is_done(store, page) -> None:
    coach.start_plan(store, ANSWERS, now=noon(TODAY))
    ill = adapt.ask(store, Wish(WishKind.ILL, noon(TODAY), first_on=TODAY), now=noon(TODAY))
    adapt.accept(store, ill.proposal_id, now=noon(TODAY))
    today = page.get("/").text
    assert "the plan is not over" in today and "The plan is done" not in today


def test_what_was_missed_moves_with_one_tap(store) -> None:
    plan = coach.start_plan(store, ANSWERS, now=noon(TODAY))
    first, tuesday = next(iter(plan.workouts())), TODAY + timedelta(days=1)
    page = browse(store, now=lambda: noon(tuesday), follow=True)
    today = page.get("/").text
    assert "Or do it on another day of its week" in today and f'value="{tuesday.isoformat()}"' in today
    door = f"/plan/workout/{first.workout_id}/moved"
    refused = page.submit(door, {"to": (TODAY + timedelta(days=3)).isoformat()})
    assert refused.status_code == 422 and "more than 3 sessions in seven days" in refused.text
    assert coach.workout(store, first.workout_id).on == first.on
    assert "Moved to" in page.submit(door, {"to": tuesday.isoformat()}).text
    assert coach.workout(store, first.workout_id).on == tuesday


def test_a_plain_recording_is_filled_with_one_tap_and_emptied_with_one(store) -> None:
    first = next(iter(coach.start_plan(store, ANSWERS, now=noon(TODAY)).workouts()))
    activity_id = by_a_plain_watch(store, first.on, first.duration_s())
    page = browse(store, now=lambda: evening(first.on), follow=True)
    today = page.get("/").text
    assert "I did it as planned" in today
    door = f"/plan/workout/{first.workout_id}/as-planned"
    laid = page.submit(door).text
    assert "As planned, by your word" in laid and store.row(activity_id).backward_s > 200.0
    assert "I did it as planned" in page.submit(f"{door}/back").text
    assert store.row(activity_id).backward_s == 0.0


def test_a_recording_too_long_for_its_session_says_why_its_steps_cannot_lie_on_it(store) -> None:
    first = next(iter(coach.start_plan(store, ANSWERS, now=noon(TODAY)).workouts()))
    by_a_plain_watch(store, first.on, 2.0 * first.duration_s())
    page = browse(store, now=lambda: evening(first.on), follow=True)
    assert "I did it as planned" not in page.get("/").text
    assert "much longer" in page.get(f"/plan/workout/{first.workout_id}").text
    refused = page.submit(f"/plan/workout/{first.workout_id}/as-planned")
    assert refused.status_code == 422 and "much longer" in refused.text
