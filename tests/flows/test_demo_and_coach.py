import io
import shutil
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.plan import Plan
from backward_running.core.ports import ActivityQuery
from backward_running.flows import anew, coach, demo, export_plan, profile, runs, sources
from backward_running.flows.activity import activity_page, chart_data
from backward_running.store import open_store

TODAY = date(2026, 11, 22)

ANSWERS = {
    "forward_runs_per_week": 3,
    "easy_speed_mps": 2.8,
    "longest_run_s": 2400.0,
    "backward_experience_min": 0.0,
    "birth_year": 1990,
    "goal": "try",
    "days": ["0", "3", "5"],
    "have": ["spotter"],
    "starts_on": TODAY,
    "parq": "all_no",
    "health": ["none"],
}


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory):
    """A folder with the demo runner, to copy; and what came of each file."""
    home = tmp_path_factory.mktemp("demo")
    store = open_store(home)
    entries = list(demo.load_demo(store, today=TODAY))
    store.close()
    return home, entries


@pytest.fixture(scope="module")
def demo_store(demo_home, tmp_path_factory):
    home, entries = demo_home
    store = open_store(shutil.copytree(home, tmp_path_factory.mktemp("demo") / "copy"))
    yield store, entries
    store.close()


def test_the_demo_comes_in_by_the_normal_door(demo_store):
    store, entries = demo_store
    assert len(entries) > 45
    assert {entry.status for entry in entries} == {"new"}
    assert store.counts().simulated == store.counts().activities == len(entries)
    assert all(row.simulated for row in store.activities(ActivityQuery(limit=500)))


def test_the_demo_finds_what_was_really_done(demo_store):
    """Sessions that follow a workout or carry a chest sensor: the seconds found are the seconds done."""
    store, entries = demo_store
    runner = demo.simulate(seed=demo.DEMO_SEED, weeks=demo.DEMO_WEEKS, until=TODAY)
    for entry, truth in zip(entries, runner.truths, strict=True):
        row = store.row(entry.activity_ids[0])
        true_s = sum(bout.duration_s for bout in truth if bout.direction is Direction.BACKWARD)
        if row.unknown_s < 60:
            assert row.backward_s == pytest.approx(true_s, abs=0.06 * true_s + 2), row.title
        else:
            assert row.backward_s == 0.0, "unknown stays unknown"


def test_nobody_in_the_demo_has_run_later_than_now():
    """A Monday at noon: its session is at a quarter to six, so it is still to come, and nothing was said of it."""
    monday, noon = TODAY - timedelta(days=TODAY.weekday()), time(12)
    now = datetime.combine(monday, noon, UTC)
    whole, so_far = (demo.simulate(seed=1, weeks=2, until=monday, now=at) for at in (None, now))
    assert [name for name, _ in whole.files if name not in dict(so_far.files)] == [whole.files[-1][0]]
    assert so_far.files == whole.files[:-1] and whole.files[-1][0].startswith(f"{monday}-1")
    assert max(said.made_at for said in so_far.check_ins) <= now < max(said.made_at for said in whole.check_ins)


def test_loading_twice_changes_nothing(demo_store):
    store, entries = demo_store
    again = list(demo.load_demo(store, today=TODAY))
    assert {entry.status for entry in again} == {"same"}
    assert store.counts().activities == len(entries)


def test_the_page_of_a_backward_session(demo_store):
    store, _ = demo_store
    row = next(row for row in store.activities(ActivityQuery(direction=Direction.BACKWARD)) if row.distance_m)
    page = activity_page(store, row.activity_id)
    assert page.ledger.backward.moving_s > 60
    assert page.ledger.forward.energy_j_per_kg.low < page.ledger.forward.energy_j_per_kg.high
    assert page.badges
    assert all(badge.says and badge.citations for badge in page.badges.values())
    data = chart_data(store, row.activity_id)
    assert {len(values) for values in data.columns.values()} == {len(data.time_s)}


def test_neighbours_lead_through_the_list_in_order_of_time(demo_store):
    store, _ = demo_store
    rows = store.activities(ActivityQuery(limit=500))
    page = activity_page(store, rows[3].activity_id)
    assert (page.next_id, page.previous_id) == (rows[2].activity_id, rows[4].activity_id)
    assert activity_page(store, rows[0].activity_id).next_id is None


def test_the_calendar_shows_planned_and_done(demo_store):
    store, _ = demo_store
    days = runs.calendar_month(store, 2026, 10, today=TODAY)
    assert len(days) % 7 == 0
    assert days[0].on.weekday() == 0
    both = [day for day in days if day.planned and day.done]
    assert len(both) >= 8


def test_sums_of_a_period(demo_store):
    store, _ = demo_store
    ledger = runs.period_ledger(store, ActivityQuery())
    rows = store.activities(ActivityQuery(limit=500))
    assert ledger.backward_s == pytest.approx(sum(row.backward_s for row in rows))
    assert ledger.activities == len(rows)


def test_the_demo_leaves_who_you_are(store):
    profile.put_athlete(store, Athlete(mass_kg=70.0))
    entry = next(demo.load_demo(store, today=TODAY))
    assert store.row(entry.activity_ids[0]).simulated
    assert store.athlete().mass_kg == 70.0


def test_clearing_the_demo_leaves_what_is_yours(demo_home, tmp_path):
    store = open_store(shutil.copytree(demo_home[0], tmp_path / "home"))
    store.put_athlete(Athlete(mass_kg=70.0))
    assert demo.clear_demo(store) > 45
    assert store.counts().activities == 0
    assert store.athlete().mass_kg == 70.0
    store.close()


def test_answers_make_a_plan_and_the_plan_goes_out(store, now):
    plan = coach.start_plan(store, ANSWERS, now=now)
    assert isinstance(plan, Plan)
    assert not plan.stopped
    first = plan.weeks[0].workouts[0]
    name, data = export_plan.workout_file(store, first.workout_id, today=TODAY)
    assert name.endswith(".fit")
    assert data[8:12] == b".FIT"
    _, packed = export_plan.week_zip(store, 1, today=TODAY)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert len(archive.namelist()) == len(plan.weeks[0].workouts)
    _, ics = export_plan.plan_ics(store, now=now)
    events = icalendar.Calendar.from_ical(ics).walk("VEVENT")
    assert len(events) == len(list(plan.workouts()))
    assert coach.today(store, now=now).next_workout == next(one for one in plan.workouts() if one.on >= TODAY)


def test_half_a_questionnaire_survives(store, now):
    checked = coach.start_plan(store, {"birth_year": 1823, "easy_speed_mps": 2.8}, now=now)
    assert not checked.good
    assert "birth_year" in checked.problems
    assert coach.draft(store)["easy_speed_mps"] == 2.8
    assert store.plan() is None


def test_a_red_flag_stops_the_coaching_at_once(store, now):
    coach.start_plan(store, ANSWERS, now=now)
    key = coach.red_flags()[0][0]
    coach.add_check_in(store, CheckIn(now, red_flags=(key,)))
    view = coach.today(store, now=now)
    assert view.next_workout is None
    assert view.gates[0].is_red_flag
    assert not view.gates[0].open
    assert view.gates[0].what_to_do


def test_calves_are_asked_about_after_a_backward_session(store, session_fit, now):
    from backward_running.flows.intake import import_file

    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    began = store.row(entry.activity_ids[0]).started_at
    assert coach.today(store, now=began + timedelta(days=1)).check_in_due
    assert coach.today(store, now=began + timedelta(days=5)).check_in_due is None
    coach.add_check_in(store, CheckIn(began + timedelta(days=1), calf_soreness_nrs=1.0))
    assert coach.today(store, now=began + timedelta(days=1)).check_in_due is None


def test_exertion_enters_the_load_of_its_run(store, session_fit, now):
    from backward_running.flows.intake import import_file

    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    coach.add_check_in(store, CheckIn(now, activity_id=entry.activity_ids[0], perceived_exertion_cr10=5.0))
    load = next(one for one in activity_page(store, entry.activity_ids[0]).estimates if one.name == "session_load_au")
    assert load.value == pytest.approx(5.0 * 24.0, rel=0.03)


def test_a_changed_body_changes_the_stored_results(store, session_fit, now):
    from backward_running.flows.intake import import_file

    import_file(store, "run.fit", session_fit, now=now)
    assert profile.put_athlete(store, Athlete(backward_experience_min=600.0)) == 1
    assert [one.left for one in anew.derive_anew(store)] == [0]
    assert profile.put_athlete(store, Athlete(backward_experience_min=600.0, birth_year=1990)) == 0


def test_there_is_nothing_to_export_without_a_plan(store, now):
    with pytest.raises(NotFound, match="start one"):
        export_plan.plan_ics(store, now=now)


def test_every_number_has_a_source_and_a_place():
    page = sources.evidence_page()
    assert len(page.claims) == 15
    assert len(page.numbers) > 100
    keys = [one.key for one in page.numbers if one.value is not None]
    assert len(keys) == len(set(keys)), "a number stands twice"
    for one in page.numbers:
        assert one.citation, one.key
        assert one.says.strip(), one.key
        assert ".py:" in one.used_in


def test_sore_calves_make_the_next_session_wait(store, now):
    coach.start_plan(store, ANSWERS, now=now)
    assert coach.today(store, now=now).waits_for == ()
    coach.add_check_in(store, CheckIn(now, calf_soreness_nrs=6.0))
    (gate,) = coach.today(store, now=now).waits_for
    assert not gate.open
    assert "6 of 10" in gate.reason.text
    coach.add_check_in(store, CheckIn(now + timedelta(hours=30), calf_soreness_nrs=1.0))
    assert coach.today(store, now=now + timedelta(hours=30)).waits_for == ()
