"""A sign ticked by mistake is taken back, a clinician's word is written down: on the screen and in a terminal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.apps.browsing import NOW, answers

from backward_running.apps.cli import MISUSED, main

WORD = {
    "of": "chest_pain",
    "by": "Dr. Moss",
    "on": "2026-11-22",
    "allows": "walking and easy running",
    "running": "yes",
}


@pytest.fixture
def flagged(full):
    full.submit("/check-in", {"red_flags": "chest_pain"})
    assert "/plan/workout/" not in full.get("/").text
    return full


def later(browser, **ago) -> None:
    browser.app.state.now = lambda: NOW + timedelta(**ago)


def test_today_leads_to_where_a_sign_is_cleared(flagged):
    assert 'href="/clearing"' in flagged.get("/").text
    page = flagged.get("/clearing").text
    assert "Chest pain" in page and 'action="/clearing/mistake"' in page and 'action="/clearing/clinician"' in page


def test_a_mistake_taken_back_brings_the_session_back(flagged):
    reply = flagged.submit("/clearing/mistake", {"of": "chest_pain", "reason": "my thumb slipped"})
    assert reply.headers["location"] == "/clearing?kept"
    assert "/plan/workout/" in flagged.get("/").text
    assert "my thumb slipped" in flagged.get("/clearing").text
    (kept,) = flagged.store.clearances()
    assert (kept.of, kept.reason) == (("chest_pain",), "my thumb slipped")


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"reason": " "}, "Write in a few words"), ({"of": "", "reason": "x"}, "Choose what is cleared")],
)
def test_a_mistake_needs_a_reason(flagged, typed, says):
    reply = flagged.submit("/clearing/mistake", {"of": "chest_pain"} | typed)
    assert reply.status_code == 422 and says in reply.text
    assert flagged.store.clearances() == ()


def test_the_next_day_a_mistake_is_refused_in_words(flagged):
    later(flagged, days=1)
    assert 'action="/clearing/mistake"' not in flagged.get("/clearing").text
    reply = flagged.submit("/clearing/mistake", {"of": "chest_pain", "reason": "my thumb slipped"})
    assert reply.status_code == 422 and "was not ticked today" in reply.text
    assert "/plan/workout/" not in flagged.get("/").text


def test_a_second_mistake_within_seven_days_is_refused_in_words(flagged):
    flagged.submit("/clearing/mistake", {"of": "chest_pain", "reason": "my thumb slipped"})
    for days, status in ((6, 422), (8, 303)):
        later(flagged, days=days)
        flagged.submit("/check-in", {"red_flags": "locked_knee"})
        reply = flagged.submit("/clearing/mistake", {"of": "locked_knee", "reason": "again"})
        assert reply.status_code == status, days
        if status == 422:
            assert "within 7 days" in reply.text
            word = WORD | {"of": "locked_knee", "on": f"{NOW + timedelta(days=6):%Y-%m-%d}"}
            assert flagged.submit("/clearing/clinician", word).status_code == 303


def test_a_clinicians_word_is_kept_and_the_plan_is_the_one_that_was(flagged):
    plan = flagged.store.plan()
    assert flagged.submit("/clearing/clinician", WORD | {"running": "no"}).status_code == 303
    (kept,) = flagged.store.clearances()
    assert (kept.by, kept.allows, kept.on) == ("Dr. Moss", "walking and easy running", NOW.date())
    assert flagged.store.athlete().ceilings.walking_only
    assert flagged.store.plan() == plan, "nothing begins anew"
    assert "/plan/workout/" in flagged.get("/").text
    assert "Dr. Moss: “walking and easy running”" in flagged.get("/clearing").text
    today = flagged.get("/").text
    assert "“walking and easy running”" in today and "walking only" in today, (
        "words and limits stand beside the session"
    )


def test_limits_written_down_before_stay_where_none_are_named(flagged):
    flagged.submit("/ceilings", {"by": "physiotherapist", "running": "no"})
    flagged.submit("/clearing/clinician", WORD)
    assert flagged.store.athlete().ceilings.by == "physiotherapist"


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"by": " "}, "by", "Write who cleared it"),
        ({"allows": ""}, "allows", "Write what they allow"),
        ({"on": "2026-11-23"}, "on", "today or earlier"),
        ({"on": "2026-11-21"}, "on", "pick the day on which they saw you"),
        ({"on": "never"}, "on", "Pick the day"),
        ({"of": "locked_knee"}, "of", "does not stand"),
        ({"minutes": "a few"}, "minutes", "Write minutes"),
        ({"running": ""}, "running", "Say whether they allow running"),
        ({"running": "perhaps"}, "running", "Say whether they allow running"),
    ],
)
def test_a_word_that_lacks_something_is_refused_beside_its_field(flagged, wrong, field, says):
    reply = flagged.submit("/clearing/clinician", WORD | wrong)
    assert reply.status_code == 422
    assert re.search(rf'id="e-clinician-{field}">[^<]*{re.escape(says)}', reply.text)
    assert flagged.store.clearances() == () and flagged.store.athlete().ceilings is None


def test_a_flag_ticked_in_the_questions_keeps_the_plan_and_is_cleared_the_same_way(full):
    plan = full.store.plan()
    assert full.submit("/plan/start", answers(health=["chest_pain"])).headers["location"] == "/plan/start/not-now"
    assert 'href="/clearing"' in full.get("/plan/start/not-now").text
    assert full.store.plan() == plan
    assert "Call the emergency number" in full.get("/plan").text
    full.submit("/clearing/clinician", WORD)
    assert "/plan/workout/" in full.get("/plan").text
    page = full.get("/plan/start").text
    assert not re.search(r'value="chest_pain"[^>]*checked', page), "asked anew, not ticked again by itself"


def test_a_flag_beside_a_wrong_field_is_kept_all_the_same(full):
    reply = full.submit("/plan/start", answers(health=["chest_pain"], birth_year="x"))
    assert reply.headers["location"] == "/plan/start/not-now", "a sign comes before a slip of the finger"
    assert "Call the emergency number" in full.get("/").text
    full.submit("/plan/start", answers(health=["chest_pain"], birth_year="x"))
    assert len(full.store.check_ins()) == 1, "it stands already"


def test_a_first_plan_is_made_once_its_flag_is_cleared(empty):
    empty.submit("/plan/start", answers(health=["chest_pain"]))
    empty.submit("/plan/start", answers())  # not ticked any more: it stands all the same
    assert empty.app.state.store.plan() is None
    empty.submit("/clearing/clinician", WORD)
    assert empty.submit("/plan/start", answers()).headers["location"] == "/plan"


def test_a_condition_is_opened_by_a_clinicians_word_before_there_is_a_plan(empty):
    empty.submit("/plan/start", answers(health=["neuropathy"], have=["known_spot"]))
    assert 'href="/clearing"' in empty.get("/plan/start/not-now").text
    empty.submit("/clearing/clinician", WORD | {"of": "condition:neuropathy"})
    assert empty.get("/plan/start/not-now").headers["location"] == "/plan/start/running"


def test_a_sign_told_before_there_is_a_plan_is_said_first_too(empty):
    empty.submit("/check-in", {"red_flags": "chest_pain"})
    page = empty.get("/").text
    assert "Call the emergency number" in page and 'href="/clearing"' in page
    assert "/plan/start" not in page.split("<main")[1], "nothing is suggested"
    assert "Stop here" in empty.get("/check-in/saved").text


def test_severe_pain_is_for_a_clinician_and_not_for_48_hours(full):
    full.submit("/check-in", {"pain_left_knee": "10"})
    page = full.get("/check-in/saved").text
    assert "Stop here" in page and "10 of 10 at your left knee" in page and "See a doctor" in page
    assert "48 hours off" not in page
    full.submit("/clearing/clinician", WORD | {"of": "pain"})
    assert "Pain for somebody to look at" not in full.get("/plan").text.split("gatebar")[0]
    full.submit("/check-in", {"pain_left_shin": "0.5"})
    page = full.get("/check-in/saved").text
    assert "Stop here" not in page, "a little is answered otherwise"


def test_a_fall_asks_about_the_head_first_without_a_script(full):
    form = full.get("/check-in").text
    assert form.index('name="concussion"') > form.index('id="fell-yes"')
    full.submit("/check-in", {"fell": "yes"})
    for path in ("/", "/check-in/saved", "/plan"):
        page = full.get(path).text
        assert "vomiting" in page and page.count('name="concussion"') == 2, path
    assert "/plan/workout/" not in full.get("/").text
    full.submit("/check-in", {"moment": "other", "concussion": "no"})
    assert full.get("/").text.count('name="concussion"') == 0
    assert "48 hours" in full.get("/check-in/saved").text


def test_a_yes_after_a_fall_is_the_red_flag(full):
    full.submit("/check-in", {"fell": "yes"})
    full.submit("/check-in", {"concussion": "yes"})
    assert "See a doctor today, not alone" in full.get("/").text


def test_a_session_broken_off_is_kept_and_pauses(full):
    full.submit("/check-in", {"broke_off": "yes", "activity_id": full.ids[0]})
    assert full.store.check_ins()[-1].broke_off is True
    later(full, days=-4)  # the day after the run of the 17th
    assert "You broke off the session of 17 November" in full.get("/plan").text


# In a terminal


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_the_commands_show_take_back_and_clear(run):
    run("log", "--red-flag", "chest_pain", "--red-flag", "locked_knee")
    assert "chest_pain" in run("clearing", "show")[1]
    assert run("clearing", "mistake", "chest_pain", "--reason", "the wrong line")[0] == 0
    code, _, err = run("clearing", "mistake", "locked_knee", "--reason", "again")
    assert code == MISUSED and "within 7 days" in err
    word = ("clearing", "clinician", "locked_knee", "--by", "Dr. Moss", "--allows", "walking", "--running", "no")
    assert run(*word)[0] == 0
    out = run("clearing", "show")[1]
    assert "Nothing stands" in out and "a mistake: the wrong line" in out and "Dr. Moss: “walking”" in out
    assert "walking only" in run("ceilings")[1]


def test_what_does_not_stand_cannot_be_cleared(run):
    code, _, err = run("clearing", "clinician", "chest_pain", "--by", "Dr. Moss", "--allows", "all", "--running", "yes")
    assert code == MISUSED and "does not stand" in err


def test_a_condition_is_taken_back_in_words_on_the_screen_and_in_a_terminal(empty, run):
    empty.submit("/plan/start", answers(health=["vertigo"]))
    empty.submit("/plan/start", answers())
    page = empty.get("/plan/start/not-now").text
    assert 'href="/clearing#over"' in page
    for wrong, says in (({"reason": ""}, "Write in a few words"), ({"on": "2026-12-24"}, "today or earlier")):
        typed = {"of": "vertigo", "on": f"{NOW:%Y-%m-%d}", "reason": "a slip"} | wrong
        reply = empty.submit("/clearing/over", typed)
        assert reply.status_code == 422 and says in reply.text
    typed = {"of": "vertigo", "on": f"{NOW:%Y-%m-%d}", "reason": "it was the neck"}
    assert empty.submit("/clearing/over", typed).status_code == 303
    assert "it was the neck" in empty.get("/clearing").text
    assert empty.submit("/plan/start", answers()).headers["location"] == "/plan"
    code, _, err = run("clearing", "over", "vertigo", "--reason", "x")
    assert code == MISUSED and "was not told" in err
