"""Bad input in a browser: at every door a sentence and 4xx, what was typed stays in its form, nothing changed."""

from __future__ import annotations

import html
import re

import pytest
from tests.apps.browsing import answers, parsed, post_doors, track_file
from tests.apps.conftest import browse_copy
from tests.apps.unchanged import DRAFT, everything_in

from backward_running.apps.web.server import create_app

CHECK_IN = {"moment": "after", "note": "The long hill", "sleep": "7:30"}
YOU = {"resting_heart_rate_bpm": "52", "maximal_heart_rate_bpm": "188"}
WEIGHED = {"kind": "weight", "value": "71.5", "on": "", "note": "after the long run"}
EXPERIMENT = {"ask": "pairs_of_weeks enjoyment", "begins": "2099-01-04", "units": "6", "after": ""}
CEILINGS = {"by": "Dr. Ekberg", "minutes": "20", "running": "no"}
CLOCK = {"at": "18:00", "zone": "Europe/Helsinki", "remind_min": "60"}
PAINT = {"start_s": "60", "end_s": "120", "direction": "backward"}
RACE = answers(goal="race", race_distance_m="5000", race_on="2027-03-01")

#: (door, what is typed over the sound form, what the sentence says, what stays in the form; None where it has no form).
CASES = [
    ("/works/measured", WEIGHED, {"value": "1000"}, "lie between 25.0", "after the long run"),
    ("/works/measured", WEIGHED, {"value": "heavy"}, "be a number", "heavy"),
    ("/works/measured", WEIGHED, {"value": ""}, "be a number", "after the long run"),
    ("/works/measured", WEIGHED, {"kind": "enjoyment", "value": "11"}, "lie between 0 and 10", "after the long run"),
    ("/works/measured", WEIGHED, {"on": "2026-02-30"}, "be a day", "after the long run"),
    ("/works/measured", WEIGHED, {"on": "2099-01-01"}, "not lie after today", "after the long run"),
    ("/works/measured", WEIGHED, {"kind": "shoe_size"}, "shoe_size", None),
    ("/works/ask/rand36_pain", {"q1": "1", "q2": "2"}, {"q1": "7"}, "be 1 to 6", None),
    ("/works/ask/rand36_pain", {"q1": "1", "q2": "2"}, {"q1": "many"}, "be the number of a choice", None),
    ("/works/ask/nothing", {}, {}, "no questions", None),
    ("/works/measured/nothing/back", {}, {}, "not here", None),
    ("/works/weight/device", {"on": "2026-11-01", "changed": "yes"}, {"on": "2099-01-01"}, "not lie after today", None),
    ("/works/weight/device", {"on": "2026-11-01", "changed": "yes"}, {"on": ""}, "be a day", None),
    ("/works/weight/device", {"on": "2026-11-01", "changed": "perhaps"}, {}, "be one of yes", None),
    ("/works/enjoyment/device", {"on": "2026-11-01", "changed": "yes"}, {}, "No device", None),
    ("/works/experiments", EXPERIMENT, {"units": "2"}, "between 6 and 26", "2099-01-04"),
    ("/works/experiments", EXPERIMENT, {"units": "many"}, "be a number", "many"),
    ("/works/experiments", EXPERIMENT, {"units": "6.5"}, "be a whole number", "6.5"),
    ("/works/experiments", EXPERIMENT, {"begins": "2020-01-01"}, "not lie before today", "2020-01-01"),
    ("/works/experiments", EXPERIMENT, {"begins": "soon"}, "be a day", "soon"),
    ("/works/experiments", EXPERIMENT, {"ask": "pairs_of_weeks weight"}, "be one of enjoyment", None),
    ("/works/experiments", EXPERIMENT, {"ask": "tea_leaves weight"}, "no design", None),
    ("/works/experiments/end", {}, {}, "nothing to end", None),
    ("/check-in", CHECK_IN, {"perceived_exertion_cr10": "11"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"perceived_exertion_cr10": "-1"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"perceived_exertion_cr10": "nan"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"calf_soreness_nrs": "-1"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"calf_soreness_nrs": "much"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"pain_left_knee": "12"}, "from 0 to 10", "The long hill"),
    ("/check-in", CHECK_IN, {"pain_left_elbow": "3"}, "left elbow", "The long hill"),
    ("/check-in", CHECK_IN, {"sleep": "40"}, "from 0 to 24", "40"),
    ("/check-in", CHECK_IN, {"sleep": "25:99"}, "from 0 to 24", "25:99"),
    ("/check-in", CHECK_IN, {"sleep": "7:75"}, "from 0 to 24", "7:75"),
    ("/check-in", CHECK_IN, {"mass": "700"}, "body mass", "700"),
    ("/check-in", CHECK_IN, {"moment": "yesterday"}, "when", "The long hill"),
    ("/check-in", CHECK_IN, {"fell": "perhaps"}, "fell", "The long hill"),
    ("/check-in", CHECK_IN, {"concussion": "perhaps"}, "signs", "The long hill"),
    ("/check-in", CHECK_IN, {"broke_off": "perhaps"}, "broke", "The long hill"),
    ("/clearing/mistake", {"of": "chest_pain", "reason": "slipped"}, {}, "does not stand", None),
    ("/clearing/clinician", {"of": "chest_pain", "by": "Moss", "allows": "a walk"}, {"on": "2026-02-30"}, "day", None),
    ("/check-in", CHECK_IN, {"red_flags": ["tired"]}, "warning sign", "The long hill"),
    ("/check-in", CHECK_IN, {"activity_id": "nothing"}, "run", "The long hill"),
    ("/check-in", {}, {}, "at least one field", None),
    ("/settings/look", {}, {"units": "cubits", "theme": "dark"}, "units", None),
    ("/settings/look", {}, {"units": "imperial", "theme": "plaid"}, "theme", None),
    ("/settings/you", YOU, {"mass_kg": "700"}, "body mass", "700"),
    ("/settings/you", YOU, {"mass_kg": "nan"}, "kg", "nan"),
    ("/settings/you", YOU, {"height_m": "17"}, "height", "17"),
    ("/settings/you", YOU, {"birth_year": "2027"}, "birth year", "2027"),
    ("/settings/you", YOU, {"birth_year": "1823"}, "birth year", "1823"),
    ("/settings/you", YOU, {"birth_year": "1988.5"}, "birth year", "1988.5"),
    ("/settings/you", YOU, {"resting_heart_rate_bpm": "190"}, "resting heart rate", "190"),
    ("/settings/you", YOU, {"maximal_oxygen_uptake_ml_per_kg_min": "900"}, "VO2max", "900"),
    ("/settings/you", YOU, {"backward_experience_min": "-5"}, "minutes run backward", "-5"),
    ("/settings/you", YOU, {"sex": "maybe"}, "sex", "188"),
    ("/ceilings", CEILINGS, {"by": "  "}, "who set these limits", "20"),
    ("/ceilings", CEILINGS, {"minutes": "-1"}, "minutes", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"minutes": "nan"}, "minutes", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"speed": "0"}, "km/h", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"slope": "90"}, "slope", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"sessions_per_week": "2.5"}, "whole sessions", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"sessions_per_week": "9"}, "sessions", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"until": "2026-02-30"}, "date", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"until": "2026-11-01"}, "still to come", "Dr. Ekberg"),
    ("/ceilings", CEILINGS, {"running": "sometimes"}, "whether they allow running", "Dr. Ekberg"),
    ("/conditions/balance/stage", {}, {"stage": "99"}, "stage", None),
    ("/conditions/balance/stage", {}, {"stage": "1.5"}, "stage", None),
    ("/conditions/balance/stage", {}, {}, "stage", None),
    ("/conditions/hiccups/stage", {}, {"stage": "1"}, "hiccups", None),
    ("/runs/{run}/paint", PAINT, {"direction": "upward"}, "direction", None),
    ("/runs/{run}/paint", PAINT, {"direction": ""}, "direction", None),
    ("/runs/{run}/paint", PAINT, {"gait": "hop"}, "gait", None),
    ("/runs/{run}/paint", PAINT, {"start_s": "25:99"}, "minutes and seconds", None),
    ("/runs/{run}/paint", PAINT, {"start_s": "1:60:00"}, "minutes and seconds", None),
    ("/runs/{run}/paint", PAINT, {"start_s": "nan"}, "number", None),
    ("/runs/{run}/paint", PAINT, {"start_s": "-5"}, "stretch", None),
    ("/runs/{run}/paint", PAINT, {"end_s": "30"}, "stretch", None),
    ("/runs/nothing/paint", PAINT, {}, "", None),
    ("/runs/nothing/undo", {}, {}, "", None),
    ("/runs/{run}/laps", {}, {"laps": "sometimes"}, "laps", None),
    ("/runs/{run}/laps", {}, {"laps": "7,99-backward"}, "lap", None),
    ("/runs/{run}/laps", {}, {}, "laps", None),
    ("/runs/{run}/rename", {}, {"title": "   "}, "title", None),
    ("/runs/nothing/rename", {}, {"title": "A title"}, "", None),
    ("/runs/{run}/delete", {}, {"sure": "maybe"}, "Nothing was deleted", None),
    ("/runs/{run}/sensor", {}, {"place": "moon", "mount": "known"}, "place", None),
    ("/runs/{run}/sensor", {}, {"place": "waist", "mount": "maybe"}, "mount", None),
    ("/import", {}, {}, "at least one recording", None),
    ("/import", {}, {"place": "waist", "date": "2026-02-30"}, "date", "2026-02-30"),
    ("/import", {}, {"columns": "time_s=t,acc_x=ax", "rate_hz": "0"}, "rate", "acc_x=ax"),
    ("/import/under-way", {"now": "hold"}, {"now": "dance"}, "be one of hold", None),
    ("/settings/sources", {"first": "Garmin", "second": "Strava"}, {"leads": "Moon"}, "gave the same run", None),
    ("/people/show", {}, {"person": "nobody"}, "not in the store", None),
    ("/settings/people", {}, {"name": "me"}, "nobody else", "me"),
    ("/settings/people/nobody/name", {}, {"name": "Ben"}, "not in the store", None),
    ("/settings/people/nobody/first", {}, {}, "not in the store", None),
    ("/settings/people/nobody/erase", {}, {"name": "Ben"}, "not in the store", None),
    ("/import/together", {}, {}, "at least two of one run", None),
    ("/runs/{run}/sensor", {}, {"place": "waist", "top": "up", "screen": "up"}, "right hand", None),
    ("/runs/{run}/sensor", {}, {"top": "north"}, "mount", None),
    ("/import", {}, {"top": "up"}, "at least two axes", None),
    ("/import/waiting/nothing", {}, {"columns": "time_s=t"}, "", None),
    ("/settings/one", {"field": "mass_kg"}, {"value": "700"}, "body mass", "700"),
    ("/settings/privacy", {"latitude": "95"}, {"longitude": "1"}, "latitude and longitude", None),
    ("/settings/privacy/remove", {}, {"name": "the moon"}, "no zone called", None),
    ("/said", {}, {"minutes": "many"}, "minutes you went backward", None),
    ("/said/before", {}, {"before": "since"}, "Pick the day", None),
    ("/said/nothing/back", {}, {}, "no such statement", None),
    ("/runs/said", {"run": "nothing"}, {"direction": "up"}, "direction", None),
    ("/runs/{run}/sport", {}, {"sport": "chess"}, "sport", None),
    ("/runs/{run}/zone", {}, {"zone": "Mars/Phobos"}, "time zone", "Mars/Phobos"),
    ("/runs/{run}/merge", {}, {"with": "nothing"}, "list of runs", None),
    ("/runs/{run}/note", {}, {"shoe_id": "nothing"}, "no such shoes", None),
    ("/runs/{run}/photos", {}, {}, "No photo was chosen", None),
    ("/runs/{run}/split", {}, {"at_s": "soon"}, "minutes and seconds", None),
    ("/runs/{run}/trim", {"end_s": "1:00"}, {"start_s": "x"}, "minutes and seconds", None),
    ("/runs/{run}/undo-edit", {}, {}, "no edit", None),
    ("/shoes", {}, {"name": ""}, "a name", None),
    ("/shoes/retire", {}, {"shoe": "nothing"}, "no such shoes", None),
    ("/spots/place", {"radius": "3"}, {"near": "here"}, "latitude and longitude", None),
    ("/spots/place", {"near": "60.1,24.9"}, {"radius": "500"}, "between 0.1 and 50 km", None),
    ("/spots/w1.1", {}, {"length_m": "many"}, "No map is prepared", None),
    ("/trash/empty", {}, {}, "tick that you are sure", None),
    ("/trash/restore", {}, {"activity_id": "nothing"}, "not in the trash", None),
    ("/clearing/over", {}, {"of": "chest_pain"}, "Pick the day", None),
    ("/plan/phone", {}, {"address": "http://runner.example/"}, "https://", None),
    ("/plan/phone/pair", {}, {}, "backward serve --lan", None),
    ("/plan/phone/forget", {}, {"phone_id": "nothing"}, "forgotten before", None),
    ("/plan/phone/sensors", {}, {"app": "other"}, "backward serve --lan", None),
    ("/plan/phone/sensors/end", {}, {}, "backward serve --lan", None),
    *((f"/plan/treadmill{door}", {}, {}, "Nothing is recorded here", None) for door in ("", "/look", "/do", "/stop", "/end")),
    ("/plan/export/intervals", {}, {"key": ""}, "API key", None),
    ("/plan/export/intervals/send", {}, {}, "no key", None),
    ("/plan/workout/{workout}/said", {}, {"minutes": "many"}, "minutes you went backward", None),
    ("/plan/workout/{workout}/said/back", {}, {}, "taken back", None),
    ("/plan/workout/{workout}/as-planned", {}, {}, "No recording of this session", None),
    ("/plan/workout/{workout}/as-planned/back", {}, {}, "nothing to take back", None),
    ("/plan/workout/{workout}/moved", {}, {"to": "someday"}, "Write a day", None),
    ("/load/zones", {}, {"borders": "115 100"}, "border", "115 100"),
    ("/load/zones", {}, {"borders": "heavy"}, "border", "heavy"),
    ("/load/ratio", {}, {"ratio": "maybe"}, "ratio", None),
    ("/load/ratio", {}, {}, "ratio", None),
    ("/plan/export/clock", CLOCK, {"at": "25:99"}, "hour", "Europe/Helsinki"),
    ("/plan/export/clock", CLOCK, {"at": "noon"}, "hour", "Europe/Helsinki"),
    ("/plan/export/clock", CLOCK, {"zone": "Mars/Phobos"}, "zone", "Mars/Phobos"),
    ("/plan/export/clock", CLOCK, {"zone": ""}, "zone", "18:00"),
    ("/plan/export/clock", CLOCK, {"remind_min": "soon"}, "reminder", "Europe/Helsinki"),
    ("/plan/export/clock", CLOCK, {"remind_min": "30.5"}, "reminder", "Europe/Helsinki"),
    ("/plan/export/clock", CLOCK, {"remind_min": "99999"}, "two days", "Europe/Helsinki"),
    ("/plan/export/clock", CLOCK, {"remind_min": "-1"}, "two days", "Europe/Helsinki"),
    ("/plan/changes/keep", {}, {"proposal_id": "nothing"}, "proposal", None),
    ("/plan/workout/nothing/match", {}, {"activity_id": "by itself"}, "nothing", None),
    ("/plan/workout/{workout}/match", {}, {"activity_id": "nothing"}, "", None),
    ("/plan/start", answers(), {"birth_year": "1823"}, "year you were born", "1823"),
    ("/plan/start", answers(), {"birth_year": "2027"}, "year you were born", "2027"),
    ("/plan/start", answers(), {"easy_speed_mps": "25:99"}, "minutes and seconds", "25:99"),
    ("/plan/start", answers(), {"easy_speed_mps": "fast"}, "minutes and seconds", "45"),
    ("/plan/start", answers(), {"longest_run_s": "-5"}, "longest run", "5:44"),
    ("/plan/start", answers(), {"longest_run_s": "1:75:00"}, "hours, minutes and seconds", "5:44"),
    ("/plan/start", answers(), {"forward_runs_per_week": "2.5"}, "whole number", "5:44"),
    ("/plan/start", answers(), {"backward_experience_min": "nan"}, "number", "5:44"),
    ("/plan/start", answers(), {"goal": "fame"}, "goals on the list", "1988"),
    ("/plan/start", answers(), {"days": ["7"]}, "day of the week", "5:44"),
    ("/plan/start", answers(), {"days": []}, "day of the week", "5:44"),
    ("/plan/start", answers(), {"health": ["none", "recent_fall"]}, "None of these", "1988"),
    ("/plan/start", answers(), {"health": ["hiccups"]}, "applies to you", "1988"),
    ("/plan/start", answers(), {"starts_on": "2026-02-30"}, "Pick a day from", "2026-02-30"),
    ("/plan/start", answers(), {"starts_on": "2026-11-01"}, "Pick a day from", "2026-11-01"),
    ("/plan/start", answers(), {"birthyear": "1988"}, "birth_year", "1988"),
    ("/plan/start", answers(), {"shoe_size": "43"}, "shoe_size", "1988"),
    ("/plan/start", RACE, {"race_on": "2026-11-01"}, "day of the race", "2026-11-01"),
    ("/plan/start", RACE, {"race_on": "2027-02-30"}, "day of the race", "2027-02-30"),
    ("/plan/start", RACE, {"race_distance_m": "12"}, "distances on the list", ""),
    ("/plan/start/details", {"asks": ["race_on"]}, {"race_on": "2026-11-01", "goal": "race"}, "day of the race", ""),
    ("/plan/start/details", {"asks": ["starts_on"]}, {"starts_on": "25:99"}, "Pick a day from", "25:99"),
    ("/plan/start/details", {"asks": ["starts_on"]}, {"race_no": "2027-05-01"}, "race_on", ""),
]  # fmt: skip

#: Doors that are given nothing that could be wrong, or that keep what is typed as it is typed, right or wrong.
NOTHING_TO_GET_WRONG = {
    "/demo", "/demo/clear", "/ceilings/clear", "/load/fill", "/plan/export/feed", "/plan/export/feed/close",
    "/plan/draft", "/demo/leave", "/plan/start/not-now", "/plan/export/intervals/off",
    "/runs/{activity_id}/photos/remove", "/runs/{activity_id}/privacy", "/settings/folder", "/settings/privacy/home",
    "/settings/zone",
    "/plan/changes/take",  # an unknown proposal is one that is past: the page shows the one of now
    "/import/file",  # has a table of its own below
}  # fmt: skip

#: Addresses that a person may write by hand. (address, status, what the sentence says)
ADDRESSES = [
    ("/runs/nothing", 404, ""),
    ("/works/nothing", 404, "no promise"),
    ("/conditions/hiccups", 404, "hiccups"),
    ("/plan/week/99.fit.zip", 404, "week"),
    ("/plan/week/two.fit.zip", 404, ""),
    ("/plan/week/1.mp3.zip", 404, ""),
    ("/plan/workout/nothing", 404, "nothing"),
    ("/plan/workout/{workout}.mp3", 404, "mp3"),
    ("/calendar/nothing.ics", 404, "calendar"),
    ("/plan/changes?kind=fly", 422, "be one of"),
    ("/plan/changes?kind=move&workout={workout}&to=2026-02-30", 422, "day"),
    ("/plan/changes?kind=skip&workout=nothing", 404, ""),
    ("/plan/changes?kind=ill&from=25:99", 422, "day"),
    ("/plan/changes?kind=ill&from=2026-11-20&until=2026-11-01", 422, "before"),
    ("/plan/changes?kind=away&from=2026-12-01", 422, "last day"),
    ("/plan/changes?kind=well", 422, "not said that you are ill"),
    ("/cost?pace=25:99", 422, "pace"),
    ("/cost?pace=7:30&grade=400", 422, "grade"),
    ("/cost?pace=7:30&mass=700", 422, "mass"),
]  # fmt: skip


def _named(case):
    door, _, wrong, *_ = case
    return f"{door} {wrong}"


@pytest.fixture(scope="module")
def refused(filled, tmp_path_factory):
    """One store for every test here: each of them shows that nothing in it has changed."""
    for browser in browse_copy(filled, tmp_path_factory.mktemp("refused")):
        browser.get(f"/runs/{browser.ids[0]}")  # the zone round home is drawn once, on the first look at a track
        browser.get("/settings/privacy")
        browser.get("/plan/export/intervals")
        browser.draft = browser.store.setting(DRAFT)
        yield browser


@pytest.fixture
def sent(refused):
    """Send a form that must be refused; return the answer. Nothing but half a questionnaire may have changed."""
    refused.store.put_setting(DRAFT, refused.draft)

    def send(door, form, **more):
        before = everything_in(refused.home, but=(DRAFT,))
        reply = refused.submit(door.format(run=refused.ids[0], workout=refused.workout_id), form, **more)
        assert everything_in(refused.home, but=(DRAFT,)) == before, "something changed"
        assert 400 <= reply.status_code < 500, reply.text[:300]
        assert "Traceback" not in reply.text
        return reply

    return send


@pytest.mark.parametrize(("door", "form", "wrong", "says", "kept"), CASES, ids=map(_named, CASES))
def test_what_cannot_be_is_said_and_changes_nothing(sent, door, form, wrong, says, kept):
    page = sent(door, form | wrong).text
    problems = _problems(page)
    assert problems, "no sentence"
    assert any(says.lower() in one.lower() for one in problems), problems
    for one in problems:
        assert re.search(r"[.!?]$", one), one
        for inside in ("Errno", "NoneType", "datetime.", "_cr10", "_nrs", "_bpm"):
            assert inside not in one
    if kept:
        assert kept in _typed(page), "what was typed is gone"


@pytest.mark.parametrize(
    ("door", "form", "wrong", "says"),
    [case[:4] for case in CASES if case[0].startswith(("/runs/", "/conditions/", "/settings/look", "/load/ratio"))],
)
def test_a_program_is_told_the_same_as_json(sent, door, form, wrong, says):
    told = sent(door, form | wrong, headers={"Accept": "application/json"}).json()
    assert set(told) == {"message"}
    assert says.lower() in told["message"].lower()
    assert "\n" not in told["message"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"date": "2026-02-30"}, "date"),
        ({"date": "2026-11-20T25:99"}, "date"),
        ({"date": "2026-11-23T08:00+00:00"}, "future"),
        ({"date": "0001-01-01"}, "date"),
        ({"place": "moon"}, "place"),
        ({"mount": "maybe"}, "mount"),
        ({"sport": "chess"}, "sport"),
        ({"rate_hz": "-5"}, "rate"),
        ({"rate_hz": "nan"}, "rate"),
        ({"unit": "acc=parsec"}, "unit"),
        ({"unit": "furlong"}, "unit"),
        ({"columns": "time_s"}, "columns"),
    ],
)
@pytest.mark.parametrize("door", ["/import", "/import/file"])
def test_what_is_told_of_files_is_checked_before_the_first_is_taken_in(sent, door, told, says):
    files = {"files": ("run.fit", track_file(day=19))}
    reply = sent(door, told, files=files, headers={"Accept": "application/json"})
    assert says in reply.json()["message"]


@pytest.mark.parametrize(("address", "status", "says"), ADDRESSES, ids=[one[0] for one in ADDRESSES])
def test_an_address_that_leads_nowhere_says_so(refused, address, status, says):
    before = everything_in(refused.home)
    reply = refused.get(address.format(workout=refused.workout_id))
    assert reply.status_code == status, reply.text[:300]
    assert reply.headers["content-type"].startswith("text/html")
    assert says.lower() in " ".join(parsed(reply.text).text).lower()
    assert everything_in(refused.home) == before


def test_every_door_that_takes_anything_is_in_the_table(full):
    doors = post_doors(create_app(full.store))
    assert len(doors) > 50
    tried = {door for door, *_ in CASES}
    missing = {
        door
        for door in doors - NOTHING_TO_GET_WRONG
        if not any(re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", door), one) for one in tried)
    }
    assert missing == set()


def _problems(page):
    """Return the sentences that stand where a page says what is wrong."""
    found = re.findall(
        r'<(\w+)[^>]*(?:role="alert"|class="(?:err|problem|lead|banner bad)")[^>]*>(.*?)</\1>', page, re.DOTALL
    )
    words = (html.unescape(re.sub(r"<[^>]+>", " ", inside)) for _, inside in found)
    return [" ".join(one.split()) for one in words]


def _typed(page):
    """Return what stands in the fields of a page, as one text."""
    read = parsed(page)
    values = [given.get("value") or "" for tag, given in read.tags if tag in ("input", "option", "button")]
    return "\n".join([*values, *read.text])
