"""Starting a plan: health first, then running; who gets none is told at once and never sees a programme."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from tests.apps.browsing import HEALTH, NOW, answers, parsed

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.screening import CONDITIONS, RED_FLAGS
from backward_running.flows import coach
from backward_running.plans import all_protocols

TITLES = tuple(one.title for one in all_protocols().values())
OLDER = HEALTH | {"birth_year": "1950", "have": ["spotter", "supervisor"], "supervisor_name": "Ada"}


def words(reply) -> str:
    return " ".join("".join(parsed(reply.text).text).split())


def follow(browser, reply):
    """Open the page a reply leads to."""
    assert reply.status_code == 303, reply.text
    return browser.get(reply.headers["location"])


def test_health_comes_first_in_short_groups_and_running_after_it(empty):
    first = empty.get("/plan/start").text
    assert 'name="health"' in first and 'name="easy_speed_mps"' not in first and 'name="days"' not in first
    assert first.index('name="health"') < first.index('name="birth_year"')
    assert all(heading in first for heading in ("Right now", "Balance, nerves and bones", "Pregnancy and medicines"))
    reply = empty.submit("/plan/start", HEALTH)
    assert reply.headers["location"] == "/plan/start/running"
    second = empty.get("/plan/start/running").text
    assert 'name="easy_speed_mps"' in second and 'name="health"' not in second


def test_a_page_of_health_that_is_not_complete_says_so_beside_its_fields(empty):
    reply = empty.submit("/plan/start", HEALTH | {"parq": "", "birth_year": "1823"})
    assert reply.status_code == 422
    assert 'id="e-parq"' in reply.text and 'id="e-birth_year"' in reply.text
    assert empty.get("/plan/start/running").headers["location"] == "/plan/start"
    assert empty.get("/plan/start/details").headers["location"] == "/plan/start"
    assert empty.get("/plan/start/not-now").headers["location"] == "/plan/start/running"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"health": ["seizures_or_fainting"]}, "Come back when they have agreed"),
        ({"health": ["concussion_3_months"]}, "three months"),
        ({"health": ["pregnancy"]}, "after the birth"),
        ({"health": ["pregnancy_first_trimester"]}, "midwife or doctor first"),
        ({"health": ["neuropathy"], "have": ["known_spot"]}, "something to hold"),
        ({"health": ["anticoagulation"]}, "doctor or physiotherapist"),
        ({"parq": "yes_any"}, "cleared you"),
        ({"parq": "not_done"}, "eparmedx.com"),
        ({"birth_year": "2014"}, "when you are 13"),
        ({"birth_year": "2012"}, "Find an adult"),
        ({"birth_year": "2012", "have": ["supervisor"]}, "name of the person"),
        ({"have": []}, "Ask a friend to come along"),
        ({"goal": "rehab:achilles"}, "write down what your clinician allows"),
        ({"goal": "rehab:knee_osteoarthritis"}, "somebody beside"),
    ],
)
def test_who_cannot_get_a_plan_is_told_at_once_what_instead_and_when_to_come_back(empty, changed, says):
    reply = empty.submit("/plan/start", HEALTH | changed)
    assert reply.headers["location"] == "/plan/start/not-now", "before a word about running"
    page = follow(empty, reply)
    said = words(page)
    assert "Not now" in said and says in said
    assert "come back" in said.lower()
    assert "forward" in said.lower(), "what can be done meanwhile"
    assert not re.search(r"\bsafe|diagnos", said.lower())
    for path in ("/plan/start/not-now", "/plan", "/plan/start/running", "/plan/start/details", "/"):
        shown = empty.get(path)
        shown = follow(empty, shown) if shown.status_code == 303 else shown
        assert not any(title in shown.text for title in TITLES), path
    assert coach.current_plan(empty.app.state.store) is None
    assert "No plan for now" in empty.get("/plan").text
    assert empty.submit("/plan/start", answers(**changed)).headers["location"] == "/plan/start/not-now"
    assert coach.current_plan(empty.app.state.store) is None


@pytest.mark.parametrize("flag", [flag.key for flag in RED_FLAGS])
def test_a_warning_sign_is_enough_whatever_else_is_not_answered(empty, flag):
    page = follow(empty, empty.submit("/plan/start", {"asks": ["health"], "then": "running", "health": [flag]}))
    assert 'role="alert"' in page.text and "Somebody should look at this first" in page.text
    assert {key for one in empty.app.state.store.check_ins() for key in one.red_flags} == {flag}
    empty.submit("/plan/start", HEALTH)  # not ticked any more
    assert "Somebody should look at this first" in follow(empty, empty.submit("/plan/start", HEALTH)).text
    assert len(empty.app.state.store.check_ins()) == 1, "said once"


def test_a_warning_sign_stops_the_plan_there_is(full):
    reply = full.submit("/plan/start", HEALTH | {"health": ["chest_pain"]})
    assert "The plan you have waits" in follow(full, reply).text
    assert coach.current_plan(full.store, today=NOW.date()).stopped
    assert "/plan/workout/" not in full.get("/plan").text


def test_a_condition_said_anew_closes_the_plan_there_is_and_opens_it_again(full):
    full.submit("/plan/start", HEALTH | {"health": ["pregnancy"]})
    closed = {gate.key for gate in coach.current_plan(full.store, today=NOW.date()).gates if not gate.open}
    assert closed == {"not_for_backward"}
    view = coach.today(full.store, now=NOW)
    assert view.next_workout is None and [gate.key for gate in view.gates] == ["not_for_backward"]
    full.submit("/plan/start", HEALTH)
    assert not all(gate.open for gate in coach.current_plan(full.store, today=NOW.date()).gates), "told is told"
    taken = {"of": "pregnancy", "on": f"{NOW:%Y-%m-%d}", "reason": "she is born"}
    assert full.submit("/clearing/over", taken).status_code == 303
    assert all(gate.open for gate in coach.current_plan(full.store, today=NOW.date()).gates)


def test_the_walk_test_is_asked_right_there(empty):
    page = follow(empty, empty.submit("/plan/start", OLDER))
    assert "walk 3 metres backward" in page.text
    sent = {"asks": ["backward_walk_test_s"], "backward_walk_test_s": "fast"}
    reply = empty.submit("/plan/start/not-now", sent)
    assert reply.status_code == 422 and 'id="e-backward_walk_test_s"' in reply.text
    sent["backward_walk_test_s"] = "9"
    assert "about your balance" in empty.submit("/plan/start/not-now", sent).text
    sent["backward_walk_test_s"] = "3"
    assert empty.submit("/plan/start/not-now", sent).headers["location"] == "/plan/start/running"
    running = answers(then="details", birth_year="1950", have=OLDER["have"], supervisor_name="Ada")
    page = follow(empty, empty.submit("/plan/start", running))
    offered = page.text[page.text.index('class="offers"') : page.text.index("not fit, and why")]
    assert "Walking backward" in offered and "First steps" not in offered, "where walking is left it is a walk"
    assert empty.submit("/plan/start/details", {"asks": ["protocol"]}).headers["location"] == "/plan"
    plan = coach.current_plan(empty.app.state.store)
    assert plan.weeks and "runs_20_minutes" not in all_protocols()[plan.protocol].gates


def test_nobody_is_sent_to_the_walk_test_while_something_else_speaks_against_a_step_backward(empty):
    page = follow(empty, empty.submit("/plan/start", OLDER | {"health": ["seizures_or_fainting"]})).text
    assert "backward_walk_test_s" not in page and "3-metre" not in page
    taken = {"of": "seizures_or_fainting", "on": f"{NOW:%Y-%m-%d}", "reason": "ticked the wrong line"}
    empty.submit("/clearing/over", taken)
    empty.submit("/plan/start", OLDER | {"supervisor_name": ""})
    page = empty.get("/plan/start/not-now").text
    assert 'name="backward_walk_test_s"' in page and "name of the person" in page, "who stays can be with them"


def test_fits_best_is_said_of_what_fits(empty):
    page = follow(empty, empty.submit("/plan/start", answers(then="details"))).text
    assert page.count("fits best") == 1
    assert page.index("fits best") < page.index("do not fit")


def test_a_programme_that_does_not_fit_is_refused_beside_its_field(empty):
    reply = empty.submit("/plan/start", answers(protocol="ordway_2016"))
    assert reply.status_code == 422 and "does not fit" in reply.text
    assert coach.current_plan(empty.app.state.store) is None


def test_the_walk_test_after_a_fall_is_asked_on_the_plan_and_answered_once(full):
    full.store.add_check_in(CheckIn(datetime(2026, 11, 18, 12, tzinfo=UTC), fell=True, concussion_signs=False))
    assert 'href="/plan/start/not-now"' in full.get("/plan").text
    sent = {"asks": ["backward_walk_test_s"], "backward_walk_test_s": "4"}
    assert full.submit("/plan/start/not-now", sent).headers["location"] == "/plan"
    assert all(gate.open for gate in coach.current_plan(full.store, today=NOW.date()).gates)
    assert 'href="/plan/start/not-now"' not in full.get("/plan").text


def test_a_plan_is_not_kept_while_something_of_now_is_in_the_way(empty):
    store = empty.app.state.store
    store.add_check_in(CheckIn(NOW, calf_soreness_nrs=6.0))
    assert "Calves" in follow(empty, empty.submit("/plan/start", answers())).text or store.plan() is None
    assert store.plan() is None
    store.add_check_in(CheckIn(NOW + timedelta(hours=1), calf_soreness_nrs=0.0))
    assert empty.submit("/plan/start", answers()).headers["location"] == "/plan"


def test_a_condition_in_the_link_is_chosen_among_its_group(empty):
    page = empty.get("/plan/start?goal=rehab:stroke").text
    assert re.search(r'value="rehab:stroke" checked', page)
    assert "Rehabilitation, beside your clinician" in page


def test_what_was_typed_survives_on_every_page(empty):
    empty.submit("/plan/start", answers(then="details"))
    assert empty.submit("/plan/draft", {"asks": ["hard_days"], "hard_days": ["6"]}).status_code == 204
    assert re.search(r'name="hard_days" value="6" checked', empty.get("/plan/start/details").text)
    assert 'value="5:44"' in empty.get("/plan/start/running").text, "the answers are still there"
    assert 'value="1988"' in empty.get("/plan/start").text


def test_the_name_of_who_stays_is_asked_and_kept(empty):
    empty.submit("/plan/start", OLDER)
    assert re.search(r'name="supervisor_name"[^>]* value="Ada"', empty.get("/plan/start").text)


def test_a_beta_blocker_puts_the_heart_rate_aside_everywhere(full):
    heart = {"resting_heart_rate_bpm": 50.0, "maximal_heart_rate_bpm": 190.0}
    full.store.put_athlete(Athlete(**heart))
    assert "120" in words(full.get("/load"))
    full.submit("/plan/start", answers(health=["beta_blocker"]))
    assert full.store.athlete() == Athlete(**heart, beta_blocker=True)
    assert any("how hard it feels" in note.text for note in coach.current_plan(full.store).notes)
    page = words(full.get("/load"))
    assert "You take a beta-blocker" in page and "set your own borders" not in page
    assert "You take a beta-blocker" in words(full.get("/cost?pace=6:00&grade=0"))
    full.submit("/plan/start", answers(health=["none"]))
    assert full.store.athlete().beta_blocker is False
    assert "beta-blocker" not in words(full.get("/load"))


def test_every_condition_can_be_ticked(empty):
    page = empty.get("/plan/start").text
    asked = {key for key, _ in CONDITIONS} - {"vestibular_or_visual"}
    assert all(f'name="health" value="{key}"' in page for key in asked)
