"""What of a plan is held stands at its top, with why and until when: on the page and in a terminal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.apps.browsing import NOW, answers

from backward_running.apps.cli import _shared, main
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn, Moment
from backward_running.flows import adapt, coach, conditions, said_done

LIMITS = Ceilings("A. Reed, physiotherapist", NOW.date(), backward_session_s=240.0, note="No hills, please.")


@pytest.fixture
def hurt(empty):
    """A runner whose knee hurt, and who has seen what that changed."""
    store = empty.app.state.store
    assert empty.submit("/plan/start", answers()).status_code == 303
    one = next(iter(coach.current_plan(store).workouts()))
    said_done.say_done(store, one, now=NOW)
    evening = NOW + timedelta(hours=3)
    coach.add_check_in(store, CheckIn(evening, Moment.AFTER, pain_nrs={"left knee": 4.0}))
    coach.add_check_in(store, CheckIn(evening + timedelta(hours=12), pain_nrs={"left knee": 0.0}))
    conditions.set_ceilings(store, LIMITS)
    later = NOW + timedelta(days=4)
    seen = coach.today(store, now=later).proposal
    adapt.accept(store, seen.proposal_id, now=later)
    assert coach.today(store, now=later).proposal is None
    empty.app.state.now = lambda: later
    return empty


def test_the_plan_says_what_is_held_and_why_after_the_change_was_seen(hurt):
    for page in ("/plan", "/plan?view=month"):
        text = hurt.get(page).text
        held = text[text.index('id="held"') :].partition("</section>")[0]
        assert "left knee was at 4 of 10" in held and "(0 of 2 so far)" in held
        assert "A. Reed, physiotherapist" in held and "“No hills, please.”" in held


def test_the_terminal_says_it_too(hurt, new_home, monkeypatch, capsys):
    monkeypatch.setattr(_shared, "machine_clock", lambda: NOW + timedelta(days=4))
    with pytest.raises(SystemExit) as stop:
        main(["--home", str(new_home), "plan"])
    assert not stop.value.code
    out = capsys.readouterr().out
    assert "Held: Your left knee was at 4 of 10" in out and "(0 of 2 so far)" in out
    assert "A. Reed, physiotherapist" in out and "“No hills, please.”" in out


def test_nothing_is_held_where_nothing_happened(full):
    assert 'id="held"' not in full.get("/plan").text


def test_a_test_older_than_a_fall_is_asked_for_where_the_session_waits(empty):
    """After the 48 hours Today leads to the form, which takes new seconds with their day."""
    store = empty.app.state.store
    tested = {"health": "fell_12_months", "backward_walk_test_s": "4", "have": ["spotter", "known_spot"]}
    assert empty.submit("/plan/start", answers(**tested)).headers["location"] == "/plan"
    coach.add_check_in(store, CheckIn(NOW + timedelta(hours=2), fell=True, concussion_signs=False))
    for days, leads in ((1, False), (5, True)):
        empty.app.state.now = lambda days=days: NOW + timedelta(days=days)
        assert ('href="/plan/start/not-now"' in empty.get("/").text) is leads, days
    form = empty.get("/plan/start/not-now").text
    assert "does not count any more" in form and 'name="backward_walk_test_on"' in form
    on = f"{NOW + timedelta(days=5):%Y-%m-%d}"
    sent = {"asks": ["backward_walk_test_s", "backward_walk_test_on"], "backward_walk_test_s": "4"}
    assert empty.submit("/plan/start/not-now", sent | {"backward_walk_test_on": on}).headers["location"] == "/plan"
    assert 'href="/plan/start/not-now"' not in empty.get("/").text


def test_a_questionnaire_that_is_old_is_asked_anew_where_the_plan_waits(empty):
    """Sending the page again with the old outcome is not doing it again: nothing is ticked for them."""
    assert empty.submit("/plan/start", answers()).status_code == 303
    later = NOW + timedelta(days=370)
    empty.app.state.now = lambda: later
    assert "PAR-Q+" in empty.get("/").text and 'href="/plan/start"' in empty.get("/plan").text
    sent = {key: value for key, value in answers().items() if key != "parq"}
    assert empty.submit("/plan/start", sent | {"then": "running"}).status_code == 422, "asked for beside the field"
    assert "12 months" in empty.get("/").text
    empty.submit("/plan/start", answers())
    assert "12 months" not in empty.get("/").text
