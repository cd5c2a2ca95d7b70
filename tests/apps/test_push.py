"""The coming week at intervals.icu: off until turned on, replaced and never doubled, and taken back by a stop."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from tests.apps.browsing import NOW, Browser
from tests.apps.stand_in import KEY, calendar

from backward_running import plans
from backward_running.apps import intervals_icu
from backward_running.apps.cli import backward
from backward_running.apps.intervals_icu import IntervalsIcu
from backward_running.apps.web.errands import Errands
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue, ServiceError, Stopped
from backward_running.flows import coach, making, push

FLAG = CheckIn(NOW, red_flags=("chest_pain",))


@pytest.fixture
def service(monkeypatch):
    with calendar() as (kept, address):
        monkeypatch.setattr(intervals_icu, "ADDRESS", address)
        yield kept


@pytest.fixture(autouse=True)
def as_it_is_kept(monkeypatch):
    """Let the plan that was put be the one in force: how one is made from another is tested elsewhere."""
    monkeypatch.setattr(making, "adapted", lambda store, found, wishes, *, now: plans.Adapted(found.plan, (), ()))


@pytest.fixture
def store(full):
    return full.store


def on(store):
    return push.turn_on(store, IntervalsIcu(KEY), KEY, now=NOW)


def again(store, now=NOW):
    return push.push(store, IntervalsIcu(KEY), now=now)


def moved(store, by):
    """Put every session of the plan on other days, as a re-plan would."""
    plan = store.plan()
    weeks = [
        replace(week, workouts=tuple(replace(one, on=one.on + by) for one in week.workouts)) for week in plan.weeks
    ]
    return replace(plan, weeks=tuple(weeks), revision=plan.revision + 1)


def test_nothing_is_asked_before_it_is_turned_on(full, service):
    errands = Errands(full.store, IntervalsIcu, lambda: NOW)
    errands.keep_up()
    full.get("/plan/export/intervals")
    assert service.asked == [] and not push.state(full.store).on


def test_what_is_shown_is_what_is_sent_and_nothing_else(full, service):
    shown = push.preview(full.store, now=NOW)
    assert len(shown) >= 2
    page = full.get("/plan/export/intervals").text
    assert all(event["name"] in page for event in shown) and "It is off" in page
    pushed = on(full.store)
    assert pushed.sent == len(shown)
    (sent,) = [
        json.loads(body) for (method, _), body in zip(service.asked, service.bodies, strict=True) if method == "POST"
    ]
    assert tuple(sent) == shown
    assert set(sent[0]) == {"category", "start_date_local", "type", "name", "description", "external_id"}
    days = [event["start_date_local"][:10] for event in sent]
    assert min(days) >= NOW.date().isoformat() and max(days) < (NOW.date() + push.SENT).isoformat()


def test_a_plan_made_anew_replaces_and_never_doubles(store, service):
    on(store)
    first = dict(service.by_external_id())
    again(store)
    assert service.by_external_id() == first
    store.put_plan(moved(store, timedelta(days=1)))
    again(store)
    after = service.by_external_id()
    same = set(first) & set(after)
    assert same and all(after[one]["id"] == first[one]["id"] for one in same)
    assert all(after[one]["start_date_local"] > first[one]["start_date_local"] for one in same)
    plan = store.plan()
    weeks = [
        replace(week, workouts=tuple(replace(one, workout_id=f"new-{one.workout_id}") for one in week.workouts))
        for week in plan.weeks
    ]
    store.put_plan(replace(plan, plan_id="new", weeks=tuple(weeks)))
    again(store)
    assert not set(service.by_external_id()) & set(first), "those of the plan before are gone"


def test_a_deleted_session_goes_and_what_others_put_there_stays(store, service):
    theirs = service.add(category="WORKOUT", start_date_local=f"{NOW.date()}T00:00:00", name="swim")
    foreign = service.add(
        category="WORKOUT", start_date_local=f"{NOW.date()}T00:00:00", external_id="backward-other-p-w1", name="x"
    )
    on(store)
    before = service.by_external_id()
    plan = store.plan()
    first = push.preview(store, now=NOW)[0]["external_id"].split("-", 2)[2]
    weeks = [
        replace(week, workouts=tuple(one for one in week.workouts if one.workout_id != first)) for week in plan.weeks
    ]
    store.put_plan(replace(plan, weeks=tuple(weeks)))
    assert again(store).removed >= 1
    left = service.by_external_id()
    assert set(before) - set(left) == {one for one in before if one.endswith(first)}
    assert theirs in service.events and foreign in service.events


def test_a_red_flag_sends_nothing_and_takes_back_what_is_to_come(store, service):
    on(store)
    assert service.by_external_id()
    coach.add_check_in(store, FLAG)
    with pytest.raises(Stopped):
        push.preview(store, now=NOW)
    service.bodies.clear(), service.asked.clear()
    with pytest.raises(Stopped):
        again(store)
    assert service.events == {}
    assert "POST" not in {method for method, _ in service.asked}


def test_turned_on_under_a_red_flag_it_sends_nothing(store, service):
    coach.add_check_in(store, FLAG)
    with pytest.raises(Stopped):
        on(store)
    assert service.events == {} and push.state(store).on


def test_the_open_app_keeps_it_up_and_asks_nothing_while_all_is_as_it_was(full, service):
    on(full.store)
    clock = [NOW]
    errands = Errands(full.store, IntervalsIcu, lambda: clock[0])
    service.asked.clear()
    errands.keep_up()
    assert service.asked == []
    full.store.put_plan(moved(full.store, timedelta(days=1)))
    errands.keep_up()
    assert [method for method, _ in service.asked][-1] == "POST"
    coach.add_check_in(full.store, FLAG)
    with pytest.raises(Stopped):
        errands.keep_up()
    assert service.events == {}
    service.asked.clear()
    clock[0] = NOW + push.AGAIN_AFTER
    with pytest.raises(Stopped):
        errands.keep_up()
    assert [method for method, _ in service.asked] == ["GET"], "nothing is left to take back"


def test_a_key_that_is_not_taken_is_not_kept(full, service):
    service.key = "another"
    reply = full.submit("/plan/export/intervals", {"key": KEY})
    assert reply.status_code == 422 and "did not take the key" in reply.text
    assert full.store.secret(push.KEY) is None and not push.state(full.store).on
    assert KEY not in reply.text
    for wrong in ("", "two words", "schlüssel"):
        assert full.submit("/plan/export/intervals", {"key": wrong}).status_code == 422
    with pytest.raises(BadValue):
        push.key_of("x" * 500)


def test_what_goes_wrong_is_said_and_tried_again(store, service):
    on(store)
    service.refuses = 503
    with pytest.raises(ServiceError, match="tried again"):
        again(store)
    assert "503" in push.state(store).problem and push.state(store).on
    service.refuses = None
    assert push.keep_up(store, IntervalsIcu(KEY), now=NOW)
    assert push.state(store).problem is None


def test_nobody_is_asked_without_encryption_but_this_machine():
    with pytest.raises(ServiceError, match="encryption"):
        IntervalsIcu(KEY, "http://intervals.example").events(NOW.date(), NOW.date())


def test_a_service_that_cannot_be_reached_is_told_in_one_sentence():
    with pytest.raises(ServiceError, match="cannot be reached"):
        IntervalsIcu(KEY, "http://127.0.0.1:1").events(NOW.date(), NOW.date())


def test_the_key_lies_in_no_database_and_off_forgets_it(full, filled, service, tmp_path):
    browser = Browser(create_app(full.store, now=lambda: NOW), follow_redirects=False)
    assert browser.submit("/plan/export/intervals", {"key": KEY}).status_code == 303
    assert full.store.secret(push.KEY) == KEY
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.glob("*.db*"))
    (lies,) = tmp_path.glob("*.secret")
    assert lies.stat().st_mode & 0o077 == 0
    assert "It is on" in browser.get("/plan/export/intervals").text
    assert browser.submit("/plan/export/intervals/send").status_code == 303
    assert browser.submit("/plan/export/intervals/off").status_code == 303
    assert service.events == {} and full.store.secret(push.KEY) is None and not lies.exists()


def test_off_forgets_the_key_also_where_the_service_does_not_answer(store, service):
    on(store)
    service.refuses = 500
    assert "still stands there" in push.turn_off(store, IntervalsIcu(KEY), now=NOW)
    assert store.secret(push.KEY) is None and not push.state(store).on


def test_in_a_terminal(full, service, tmp_path):
    def said(*arguments, **more):
        return CliRunner().invoke(backward, ["--home", str(tmp_path), "push", *arguments], **more)

    assert "the push is off" in str(said().exception).lower()
    assert "would be sent" in said("--preview").output and service.asked == []
    turned_on = said("--on", input=f"{KEY}\n")
    assert "At intervals.icu: 2 sessions" in turned_on.output and KEY not in turned_on.output
    assert said("--json").exit_code == 0
    assert "off" in said("--off").output and service.events == {}
