"""The plan on the screen: weeks, months, one session planned against done, and how it follows."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta

import pytest
from tests.apps.browsing import NOW, answers, browse, parsed, track_file

from backward_running.apps.words.phrases import short_day
from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction
from backward_running.core.plan import Reason
from backward_running.flows import coach, intake, match
from backward_running.flows.sources import evidence_page
from backward_running.store import open_store

TODAY = NOW.astimezone().date()


@pytest.fixture(scope="session")
def begun_home(tmp_path_factory):
    """A plan that began last Monday, with the first session recorded on its day; and the id of that run."""
    home = tmp_path_factory.mktemp("begun")
    store = open_store(home)
    monday = date(2026, 11, 16)
    browser = browse(store)
    browser.app.state.now = lambda: NOW - timedelta(days=6)
    assert browser.submit("/plan/start", answers(starts_on=monday.isoformat())).status_code == 303
    day = next(iter(coach.current_plan(store).workouts())).on.day
    entries = intake.import_file(store, "done.fit", track_file(day=day, backward=(100, 500)), now=NOW)
    store.close()
    return home, entries[0].activity_ids[0]


@pytest.fixture
def begun(begun_home, tmp_path):
    """A browser at a copy of it."""
    home, run = begun_home
    store = open_store(shutil.copytree(home, tmp_path / "home"))
    browser = browse(store)
    browser.run, browser.store = run, store
    browser.workouts = list(coach.current_plan(store).workouts())
    yield browser
    store.close()


def words(reply) -> str:
    return " ".join("".join(parsed(reply.text).text).split())


def test_a_week_shows_seven_days_and_what_was_done_beside_what_was_planned(begun):
    page = begun.get("/plan?week=1").text
    days = page[page.index('class="week-days"') : page.index("</section>", page.index('class="week-days"'))]
    assert days.count('class="d"') == 7
    assert 'class="session done"' in days
    assert "6.7\u00a0min" in days  # the backward minutes of the recording
    assert "Week 2" in page and 'href="/plan?week=2"' in page


def test_a_month_shows_planned_and_done_in_one_grid(begun):
    page = begun.get("/plan?view=month&month=2026-11").text
    assert 'class="ev plan done"' in page
    assert 'class="ev plan planned"' in page
    assert begun.get("/plan?view=month&month=2026-99").status_code == 422


@pytest.mark.parametrize("week", ["0", "99", "x", "-1", "1e9", ""])
def test_a_week_that_is_none_shows_the_running_one(begun, week):
    reply = begun.get("/plan", params={"week": week})
    assert reply.status_code == 200
    assert "Week 2" in re.search(r'id="week-title">(.*?)</h2>', reply.text)[1]


def test_a_run_that_belongs_to_no_session_stands_small_on_its_day(begun):
    intake.import_file(begun.store, "other.fit", track_file(title="Lunch jog", day=19, backward=(0, 0)), now=NOW)
    page = begun.get("/plan?week=1").text
    assert re.search(r'class="other" href="/runs/[^"]+"><span>Lunch jog', page)


def test_a_session_shows_each_step_against_the_plan_in_words_and_signs(begun):
    reply = begun.get(f"/plan/workout/{begun.workouts[0].workout_id}")
    table = reply.text[reply.text.index('class="compared"') : reply.text.index("</table>")]
    steps = sum(1 for _ in begun.workouts[0].steps())
    rows = len(re.findall(r'<tr class="is-(?:met|short|fast|other|unknown|missing)">', table))
    together = sum(int(count) for count in re.findall(r'class="nw">(\d+) steps', table))
    assert together > 1 and rows - table.count(" steps</span>") + together == steps
    assert table.count("Not in the recording.") == table.count('<tr class="is-missing">') == 1
    assert table.count("As planned.") == table.count('<tr class="is-met">')
    assert f'href="/runs/{begun.run}"' in reply.text
    assert "Another day?" not in reply.text  # it is done


def test_another_recording_is_matched_by_hand_and_taken_back(begun):
    path = f"/plan/workout/{begun.workouts[0].workout_id}"
    other = intake.import_file(begun.store, "b.fit", track_file(title="The real one", day=18), now=NOW)[0].activity_ids[
        0
    ]
    assert "The real one" in begun.get(path).text
    assert begun.submit(f"{path}/match", {"activity_id": other}).status_code == 303
    assert match.compare(begun.store, begun.workouts[0].workout_id).row.activity_id == other
    assert "your own hand" in begun.get(path).text
    begun.submit(f"{path}/match", {"activity_id": "none"})
    assert match.compare(begun.store, begun.workouts[0].workout_id) is None
    begun.submit(f"{path}/match", {"activity_id": "itself"})
    assert match.compare(begun.store, begun.workouts[0].workout_id).row.activity_id == begun.run
    assert begun.submit(f"{path}/match", {"activity_id": "no such run"}).status_code == 404
    assert begun.submit("/plan/workout/nope/match", {"activity_id": begun.run}).status_code == 404


def test_moving_a_session_is_shown_first_and_then_taken(begun):
    one = next(each for each in begun.workouts if each.on > TODAY)
    to = one.on + timedelta(days=1)
    before = coach.current_plan(begun.store, today=TODAY)
    reply = begun.get("/plan/changes", params={"kind": "move", "workout": one.workout_id, "to": to.isoformat()})
    assert reply.status_code == 200
    assert "What would change" in reply.text
    assert f"moves to {short_day(to)}" in words(reply)
    assert before.weeks == coach.current_plan(begun.store).weeks, "looking changes nothing"
    form = dict(re.findall(r'name="(proposal_id|kind|workout|to)" value="([^"]+)"', reply.text))
    assert begun.submit("/plan/changes/take", form).headers["location"] == "/plan?changed"
    moved = {each.workout_id: each.on for each in coach.current_plan(begun.store).workouts()}
    assert moved[one.workout_id] == to


def test_leaving_a_session_out_names_it_and_changes_nothing_by_looking(begun):
    one = next(each for each in begun.workouts if each.on > TODAY)
    reply = begun.get("/plan/changes", params={"kind": "skip", "workout": one.workout_id})
    assert reply.status_code == 200
    assert "is left out" in words(reply)
    assert "no session" in words(reply)
    revision = coach.current_plan(begun.store).revision
    taken = begun.submit("/plan/changes/take", {"proposal_id": re.search(r'proposal_id" value="(\w+)"', reply.text)[1]})
    assert taken.headers["location"] == "/plan?changed"
    plan = coach.current_plan(begun.store)
    assert plan.revision == revision + 1
    assert one.workout_id not in {each.workout_id for each in plan.workouts()}
    assert "What changed" in begun.get("/plan?changed").text


def test_a_day_that_breaks_a_rule_is_refused_in_words_and_stays_typed(begun):
    one = next(each for each in begun.workouts if each.on > TODAY)
    for days in (-3, 3, 60):  # past, too many in seven days, another week
        to = (one.on + timedelta(days=days)).isoformat()
        reply = begun.get("/plan/changes", params={"kind": "move", "workout": one.workout_id, "to": to})
        assert reply.status_code == 422
        assert "will not do" in words(reply)
        assert "The nearest day that would is" in words(reply)
        assert f'value="{to}"' in reply.text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"kind": "away", "from": "2026-12-05", "until": "2026-12-01"}, "lies before the first"),
        ({"kind": "away", "from": "2026-12-05"}, "last day on which you are away"),
        ({"kind": "away", "until": "2026-12-05"}, "first day"),
        ({"kind": "ill", "from": "soon"}, "first day"),
        ({"kind": "sulk"}, "be one of"),
        ({"kind": "well"}, "not said that you are ill"),
    ],
)
def test_a_wish_that_makes_no_sense_loses_nothing(begun, asked, says):
    reply = begun.get("/plan/changes", params=asked)
    assert reply.status_code == 422
    assert says in words(reply)
    for name in ("from", "until"):
        if asked.get(name):
            assert f'value="{asked[name]}"' in reply.text


def test_ill_then_well_again(begun):
    reply = begun.get("/plan/changes", params={"kind": "ill", "from": TODAY.isoformat()})
    assert reply.status_code == 200
    form = dict(re.findall(r'name="(proposal_id|kind|from)" value="([^"]+)"', reply.text))
    assert begun.submit("/plan/changes/take", form).headers["location"] == "/plan?changed"
    page = begun.get("/plan").text
    assert "I am well again" in page
    reply = begun.get("/plan/changes?kind=well")
    assert reply.status_code == 200
    assert "stage back" in words(reply)
    form = dict(re.findall(r'name="(proposal_id|kind)" value="([^"]+)"', reply.text))
    assert begun.submit("/plan/changes/take", form).headers["location"] == "/plan?changed"
    assert "I am well again" not in begun.get("/plan").text
    assert any(one.on > TODAY for one in coach.current_plan(begun.store).workouts())


def test_a_proposal_that_is_stale_is_shown_again_and_not_taken(begun):
    before = coach.current_plan(begun.store, today=TODAY)
    reply = begun.submit("/plan/changes/take", {"proposal_id": "made up", "kind": "ill", "from": "2026-11-30"})
    assert reply.headers["location"] == "/plan/changes?kind=ill&from=2026-11-30&stale=yes"
    assert "it was not taken" in begun.get(reply.headers["location"]).text
    assert coach.current_plan(begun.store).weeks == before.weeks


def test_a_missed_session_makes_the_plan_lighter_and_is_told_until_it_was_seen(begun):
    match.match_by_hand(begun.store, begun.workouts[0].workout_id, None)
    begun.app.state.now = lambda: NOW + timedelta(days=8)
    page = begun.get("/").text
    assert "Your plan got lighter" in page
    assert "Your plan got lighter" in begun.get("/plan").text
    changes = begun.get("/plan/changes").text
    assert "not known to be done" in changes and "I have seen it" in changes and "Keep as it is" not in changes
    form = {"proposal_id": re.search(r'proposal_id" value="(\w+)"', changes)[1]}
    assert begun.submit("/plan/changes/take", form).headers["location"] == "/plan?changed"
    assert "Your plan got lighter" not in begun.get("/").text


def test_a_red_flag_takes_the_sessions_off_the_plan_and_off_their_own_pages(begun):
    begun.submit("/check-in", {"red_flags": ["chest_pain"]})
    for path in ("/plan", "/plan?view=month"):
        page = begun.get(path).text
        assert 'role="alert"' in page
        assert "/plan/workout/" not in page
    reply = begun.get(f"/plan/workout/{begun.workouts[-1].workout_id}")
    assert reply.status_code == 422 and "Not now" in reply.text
    assert "Another day?" not in reply.text and begun.workouts[-1].title not in reply.text


def test_every_reason_leads_to_its_evidence(begun):
    plan = coach.current_plan(begun.store, today=TODAY)
    reasons: list[Reason] = [*plan.notes, *(gate.reason for gate in plan.gates)]
    reasons += [why for one in plan.workouts() for why in one.reasons]
    keys = {why.evidence_key for why in reasons if why.evidence_key}
    assert len(keys) > 10
    numbers = evidence_page().numbers
    for key in keys:
        assert key in {one.evidence_key for one in numbers} or f'id="{key}"' in begun.get("/evidence").text, key
    reply = begun.get("/evidence?q=hreljac2005.transition")
    assert "Hreljac" in reply.text.split('id="number-list"')[1].split("</ul>")[0]


def test_the_plan_is_quick_beside_ten_thousand_runs(begun):
    """Counted, not timed: a page that reads every stored row would read ten thousand of them."""
    read = []
    activities = begun.store.activities

    def counting(query):
        rows = activities(query)
        read.append(len(rows) if query.since is None and query.limit > 100 else 0)
        return rows

    begun.store.activities = counting
    for path in ("/plan", "/plan?view=month", f"/plan/workout/{begun.workouts[0].workout_id}"):
        assert begun.get(path).status_code == 200
    assert sum(read) == 0


def test_the_second_step_offers_programmes_with_why_and_keeps_what_was_chosen(empty):
    assert empty.submit("/plan/start", answers(then="details")).headers["location"] == "/plan/start/details"
    page = empty.get("/plan/start/details").text
    assert "fits best" in page
    assert "It serves your goal" in page
    assert "do not fit" in page
    wrong = {"asks": ["starts_on", "hard_days", "protocol"], "starts_on": "2020-01-01", "hard_days": ["5"]}
    reply = empty.submit("/plan/start/details", wrong)
    assert reply.status_code == 422
    assert 'id="e-starts_on"' in reply.text
    assert 'value="2020-01-01"' in reply.text
    chosen = wrong | {"starts_on": "2026-11-30", "protocol": "article_method"}
    assert empty.submit("/plan/start/details", chosen).headers["location"] == "/plan"
    plan = coach.current_plan(empty.app.state.store)
    assert (plan.protocol, plan.weeks[0].starts_on) == ("article_method", date(2026, 11, 30))


def test_a_race_is_asked_for_only_by_those_who_race(empty):
    empty.submit("/plan/start", answers(then="details"))
    assert 'name="race_on"' not in empty.get("/plan/start/details").text
    empty.submit("/plan/start", answers(then="details", goal="race"))
    page = empty.get("/plan/start/details").text
    assert 'name="race_on"' in page
    assert "Half marathon" in page


def test_sessions_in_miles_have_no_kilometres_in_their_reasons(begun):
    begun.submit("/settings/look", {"units": "imperial"})
    page = words(begun.get("/plan"))
    assert "km/h" not in page
    assert "mph" in page


def test_check_in_of_pain_reaches_the_plan(begun):
    begun.submit("/check-in", {"pain_left_knee": "5"})
    assert begun.store.check_ins()[-1] == CheckIn(begun.store.check_ins()[-1].made_at, pain_nrs={"left knee": 5.0})
    assert "Pain limits" in begun.get("/plan").text
    begun.submit("/check-in", {"pain_left_knee": "7"})
    page = begun.get("/plan").text
    assert "Pain limits" not in page and "clinician" in page, "one order, not two"
    assert sum(step.direction is Direction.BACKWARD for step in begun.workouts[0].steps()) > 0


# A session done without a recording


def open_session(begun):
    """Return the second session of the first week, which nobody recorded, and a browser two days after it."""
    one = begun.workouts[1]
    begun.app.state.now = lambda: NOW.replace(day=one.on.day, hour=20)
    return one


def test_one_tap_on_today_says_that_a_session_was_done(begun):
    one = open_session(begun)
    assert f'action="/plan/workout/{one.workout_id}/said"' in begun.get("/").text
    reply = begun.submit(f"/plan/workout/{one.workout_id}/said")
    assert (reply.status_code, reply.headers["location"]) == (303, "/?said")
    page = words(begun.get("/?said"))
    assert "Saved, by your word" in page and "Done by your word" in page
    assert f"How hard did {one.title} feel?" in page
    assert f'action="/plan/workout/{one.workout_id}/said"' not in begun.get("/").text
    week = begun.get("/plan?week=1").text
    assert week.count('<span class="badge q">said</span>') == 1


def test_a_said_session_is_shown_as_said_and_taken_back(begun):
    one = open_session(begun)
    path = f"/plan/workout/{one.workout_id}"
    begun.submit(f"{path}/said", {"minutes": "2.5", "on": one.on.isoformat()})
    page = words(begun.get(path))
    assert "Done by your word" in page and "Nothing was recorded" in page and "Another day?" not in page
    assert begun.store.said_done()[0].backward_s == 150.0
    assert begun.submit(f"{path}/said/back").status_code == 303
    assert begun.store.said_done() == ()
    assert "Did you do it?" in begun.get(path).text
    assert begun.submit(f"{path}/said/back").status_code == 404


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"minutes": "many"}, "minutes you went backward"),
        ({"minutes": "0"}, "minutes you went backward"),
        ({"minutes": "4", "on": "2026-12-24"}, "once it was done"),
        ({"minutes": "4", "on": "2026-10-01"}, "day of its week"),
        ({"minutes": "4", "on": "soon"}, "Write a day"),
    ],
)
def test_a_word_that_cannot_be_is_refused_beside_what_was_typed(begun, typed, says):
    one = open_session(begun)
    reply = begun.submit(f"/plan/workout/{one.workout_id}/said", typed)
    assert reply.status_code == 422 and says in words(reply)
    assert typed["minutes"] in reply.text
    assert begun.store.said_done() == ()


def test_the_check_in_after_it_speaks_of_the_said_session(begun):
    one = open_session(begun)
    begun.submit(f"/plan/workout/{one.workout_id}/said")
    name = f"said:{one.workout_id}"
    assert f'<option value="{name}" selected>' in begun.get(f"/check-in?run={name}").text
    form = {"moment": "after", "activity_id": name, "pain_left_knee": "5", "perceived_exertion_cr10": "4"}
    assert begun.submit("/check-in", form).status_code == 303
    assert coach.check_ins(begun.store)[0].run_title == one.title


def test_what_was_done_before_a_stop_can_still_be_said(begun):
    one = open_session(begun)
    begun.submit("/check-in", {"moment": "after", "red_flags": "chest_pain"})
    assert f'action="/plan/workout/{one.workout_id}/said"' not in begun.get("/").text
    assert begun.submit(f"/plan/workout/{one.workout_id}/said").status_code == 303
    assert one.title not in begun.get("/?said").text
    assert len(begun.store.said_done()) == 1


def test_now_is_the_week_of_today_and_what_comes_after_it_is_next(begun):
    begun.app.state.now = lambda: NOW  # a Sunday, its sessions are over
    page = begun.get("/plan").text
    assert re.search(r'id="week-title">Week 2<span class="badge">next</span>', page)
    assert re.search(r'id="week-title">Week 1<span class="badge">now</span>', begun.get("/plan?week=1").text)


def test_the_head_of_the_plan_names_the_day_it_was_made_and_the_day_it_was_changed(begun):
    begun.app.state.now = lambda: NOW + timedelta(days=8)
    begun.get("/")
    page = words(begun.get("/plan"))
    assert re.search(r"made Monday 16 November 2026 · changed Monday 30 November 2026, (once|\d times)", page), page[
        :300
    ]


def test_what_changed_begins_with_a_summary_and_folds_the_rest(begun):
    begun.app.state.now = lambda: NOW + timedelta(days=8)
    page = begun.get("/plan/changes").text
    assert re.search(r'<p class="lead">[^<]+ on what was planned comes [^<]+ later \(\d+ sessions\)', page)
    changed = page[page.index('<section class="card changed">') :]
    assert '<details class="open">' in changed and "before and after" in changed
