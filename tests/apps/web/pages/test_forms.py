"""What a runner can do without script: import, paint, undo, rename, delete, plan, take out."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from tests.apps.browsing import HEALTH, answers, runs_before, track_file, unplanned_file

from backward_running.apps.web.pages.labelling import REDRAWN
from backward_running.core.direction import Direction


def seconds(browser, activity_id, direction):
    return browser.store.session(activity_id).totals(direction).duration_s


def test_painting_without_script_goes_back_to_the_page_and_undo_takes_it_back(full):
    run = full.ids[1]
    assert seconds(full, run, Direction.BACKWARD) == 0
    reply = full.submit(
        f"/runs/{run}/paint", {"start_s": "1:00", "end_s": "3:00", "direction": "backward", "gait": "run"}
    )
    assert (reply.status_code, reply.headers["location"]) == (303, f"/runs/{run}#bouts")
    assert seconds(full, run, Direction.BACKWARD) == pytest.approx(120)
    assert "by you" in full.get(f"/runs/{run}").text
    assert full.submit(f"/runs/{run}/undo").status_code == 303
    assert seconds(full, run, Direction.BACKWARD) == 0


def test_every_second_lap_is_said_once_and_undone_once(full):
    run = full.ids[1]
    assert full.get(f"/runs/{run}").text.count('name="laps"') == 2
    reply = full.submit(f"/runs/{run}/laps", {"laps": "even-backward"})
    assert (reply.status_code, reply.headers["location"]) == (303, f"/runs/{run}#laps")
    assert seconds(full, run, Direction.BACKWARD) == pytest.approx(300)
    page = full.get(f"/runs/{run}").text
    assert re.search(r'value="even-backward"[^>]*aria-pressed="true"', page)
    assert 'value="clear"' in page
    assert full.submit(f"/runs/{run}/undo").status_code == 303
    assert seconds(full, run, Direction.BACKWARD) == 0
    assert full.submit(f"/runs/{run}/laps", {"laps": "sometimes"}).status_code == 422


def test_steps_are_shown_where_they_are_known(full):
    page = full.get(f"/runs/{full.ids[0]}").text
    table = page[page.index("Steps of each stretch") : page.index("</details>", page.index("Steps of each stretch"))]
    assert ["per min" in table, "length cm" in table, "contact ms" in table] == [True, True, False]
    assert "<td>170</td>" in table
    assert "<dt>cadence</dt>" in page
    assert "<dt>contact</dt>" not in page


def test_an_empty_stretch_means_the_whole_run(full):
    run = full.ids[1]
    full.submit(f"/runs/{run}/paint", {"start_s": "", "end_s": "", "direction": "forward"})
    assert seconds(full, run, Direction.FORWARD) == pytest.approx(full.store.row(run).duration_s)


def test_painting_from_the_chart_gives_bouts_and_fragments(full):
    headers = {"Accept": "application/json", "X-CSRF-Token": full.token()}
    form = {"start_s": "60", "end_s": "180.5", "direction": "backward", "gait": ""}
    said = full.post(f"/runs/{full.ids[1]}/paint", data=form, headers=headers).json()
    assert [one["direction"] for one in said["bouts"]].count("backward") == 1
    assert said["bouts"][0]["start_s"] == 0
    for before, after in zip(said["bouts"], said["bouts"][1:], strict=False):
        assert before["end_s"] == after["start_s"]
    assert "data-ledger" in said["ledger_html"]
    assert "data-bouts" in said["bouts_html"]
    assert "data-laps" in said["laps_html"]


def test_painting_by_htmx_swaps_what_rests_on_the_bouts(full):
    page = full.submit(f"/runs/{full.ids[1]}/paint", {"direction": "backward"}, headers={"HX-Request": "true"}).text
    assert page.count('hx-swap-oob="true"') == len(REDRAWN)


@pytest.mark.parametrize(
    "wrong",
    [
        {"direction": "up"},
        {"direction": "still"},
        {},
        {"direction": "backward", "start_s": "soon"},
        {"direction": "backward", "start_s": "400", "end_s": "100"},
        {"direction": "backward", "start_s": "-5", "end_s": "100"},
        {"direction": "backward", "start_s": "nan", "end_s": "100"},
    ],
)
def test_paint_that_makes_no_sense_is_refused_and_changes_nothing(full, wrong):
    assert full.submit(f"/runs/{full.ids[1]}/paint", wrong).status_code == 422
    assert full.store.paints(full.ids[1]) == ()


def test_the_series_are_valid_json_with_null_for_missing(full):
    said = full.get(f"/runs/{full.ids[0]}/data.json").json()
    assert len(said["time_s"]) == len(said["track"]) == len(said["columns"]["speed_mps"])
    assert {one["direction"] for one in said["bouts"]} >= {"forward", "backward"}


def test_import_of_one_file_leads_to_the_run(empty):
    reply = empty.submit("/import", files=[("files", ("hill.fit", track_file()))])
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/runs/")
    again = empty.submit("/import", files=[("files", ("hill.fit", track_file()))])
    assert (
        again.headers["location"] == "/import/log?new=0&joined=0&same=1&partly=0&waiting=0&left_out=0&listed=0&failed=0"
    )
    assert "1 file already here" in empty.get(again.headers["location"]).text


def test_import_of_many_files_leads_to_the_log(empty):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.fit", track_file(day=3))
        archive.writestr("b.fit", track_file(day=4))
    files = [("files", ("both.zip", packed.getvalue())), ("files", ("holiday.jpg", b"\xff\xd8\xff\xe0 no run"))]
    reply = empty.submit("/import", files=files)
    assert (
        reply.headers["location"] == "/import/log?new=2&joined=0&same=0&partly=0&waiting=0&left_out=1&listed=0&failed=0"
    )
    page = empty.get(reply.headers["location"]).text
    assert "holiday.jpg" in page
    assert "left out" in page


def test_import_file_by_file_says_what_came_of_it(empty):
    headers = {"X-CSRF-Token": empty.token(), "Accept": "application/json"}
    said = empty.post("/import/file", headers=headers, files={"files": ("hill.fit", track_file())}).json()
    assert [one["status"] for one in said["entries"]] == ["new"]
    assert said["entries"][0]["activity_ids"]


def test_import_without_a_file_says_so(empty):
    reply = empty.submit("/import")
    assert reply.status_code == 422
    assert "Choose FIT, TCX or GPX" in reply.text


def test_rename_and_delete_ask_first(full):
    run = full.ids[0]
    full.submit(f"/runs/{run}/rename", {"title": "  Evening hill  "})
    assert full.store.row(run).title == "Evening hill"
    assert "30 days" in full.get(f"/runs/{run}/delete").text
    assert full.submit(f"/runs/{run}/delete").status_code == 404
    assert full.store.row(run)
    assert full.submit(f"/runs/{run}/delete", {"sure": "yes"}).headers["location"] == "/trash"
    assert full.get(f"/runs/{run}").status_code == 404


def test_each_of_the_units_and_weeks_that_can_be_chosen_is_what_pages_then_speak(full):
    run = f"/runs/{full.ids[0]}"
    for units, says in (("imperial", "mi"), ("mixed", "mi"), ("metric", "km")):
        full.submit("/settings/look", {"units": units, "week_starts": "sunday", "theme": "auto"})
        page = full.get("/settings").text
        assert f'name="units" value="{units}" checked' in page
        assert 'name="week_starts" value="sunday" checked' in page
        assert f"/{says}" in full.get(run).text and f'data-units="{units}"' in full.get(run).text
    assert re.findall(r'<th scope="col">(\w+)</th>', full.get("/calendar").text)[0] == "Sun"
    full.store.put_setting("units", "of a later version")
    assert 'data-units="metric"' in full.get(run).text


def test_half_a_questionnaire_survives(empty):
    assert empty.submit("/plan/draft", {"easy_speed_mps": "5:44", "longest_run_s": "fourty"}).status_code == 204
    empty.submit("/plan/start", HEALTH)
    page = empty.get("/plan/start/running").text
    assert 'value="5:44"' in page
    assert 'value="fourty"' in page
    assert "Go on with the questions" in empty.get("/plan").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"easy_speed_mps": "fast"}, "easy_speed_mps"), ({"birth_year": "old"}, "birth_year"), ({"days": []}, "days")],
)
def test_an_answer_that_will_not_do_is_said_beside_its_field(empty, wrong, field):
    reply = empty.submit("/plan/start", answers(**wrong))
    assert reply.status_code == 422
    assert f'id="e-{field}"' in reply.text
    assert 'value="old"' in reply.text or 'value="45"' in reply.text


def test_a_pace_typed_in_miles_is_understood(empty):
    empty.submit("/settings/look", {"units": "imperial"})
    assert empty.submit("/plan/start", answers(easy_speed_mps="9:14")).status_code == 303
    assert 'value="9:14"' in empty.get("/plan/start/running").text


def test_the_plan_shows_its_weeks_and_each_workout_its_steps(full):
    page = full.get("/plan").text
    assert "Week 12" in page
    assert 'class="steps small"' in page
    workout = full.get(f"/plan/workout/{full.workout_id}").text
    assert "times" in workout
    assert "backward, walk" in workout


@pytest.mark.parametrize(
    ("path", "starts", "media"),
    [
        ("/runs/{run}/original", b"\x0e", "application/octet-stream"),
        ("/runs/{run}/bouts.csv", b"start_s,", "text/csv"),
        ("/runs/{run}/samples.csv", b"time_s,", "text/csv"),
        ("/runs/{run}/track.geojson", b"{", "application/geo+json"),
        ("/runs.csv?direction=backward", b"activity_id,", "text/csv"),
        ("/plan.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        ("/plan.csv", b"on,", "text/csv"),
        ("/plan/week/1.fit.zip", b"PK", "application/zip"),
        ("/plan/workout/{workout}.fit", b"\x0e", "application/octet-stream"),
    ],
)
def test_everything_can_be_taken_out(full, path, starts, media):
    reply = full.get(path.format(run=full.ids[0], workout=full.workout_id))
    assert reply.status_code == 200
    assert reply.content.removeprefix(b"\xef\xbb\xbf").startswith(starts)
    assert reply.headers["content-type"].startswith(media)
    assert reply.headers["content-disposition"].startswith("attachment; ")


def test_the_original_comes_back_to_the_byte_under_an_escaped_name(full):
    reply = full.get(f"/runs/{full.ids[1]}/original")
    assert reply.content == full.store.original(full.store.row(full.ids[1]).file_key)[1]
    disposition = reply.headers["content-disposition"]
    assert "<" not in disposition
    assert "'1'" not in disposition
    assert "filename*=UTF-8''%3Cscript%3E" in disposition


def test_an_energy_that_leaves_time_out_says_so(full):
    """A total that covers only part of the time would read as a cheap run."""
    from dataclasses import replace

    from backward_running.core.direction import Direction, Gait
    from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
    from backward_running.core.standing import Standing

    known = Estimate("energy_j_per_kg", 900.0, 800.0, 1000.0, "m", Standing.OPINION)
    facts = (
        BoutFacts(Bout(0.0, 60.0, Direction.BACKWARD, Gait.RUN, 0.9, "x"), 60.0, 130.0, energy_j_per_kg=known),
        BoutFacts(
            Bout(60.0, 160.0, Direction.BACKWARD, Gait.RUN, 0.9, "x"),
            100.0,
            200.0,
            energy_j_per_kg=NotKnown("energy_j_per_kg", "Nobody has measured backward running downhill."),
        ),
    )
    session = full.store.session(full.ids[0])
    full.store.put_session(replace(session, bouts=facts), full.store.row(full.ids[0]))
    page = full.get(f"/runs/{full.ids[0]}").text
    assert "for 1:00" in page
    assert "The other 1:40 are not in it. Nobody has measured backward running downhill." in page


def test_the_page_asks_what_a_watch_could_not_tell_and_one_click_answers(empty):
    empty.submit("/import", files=[("files", one) for one in runs_before()])
    where = empty.submit("/import", files=[("files", ("asked.fit", unplanned_file()))]).headers["location"]
    page = empty.get(where).text
    assert page.count("Was this backward?") == 1
    assert "Yes, backward" in page
    start_s, end_s = (
        re.search(rf'class="row ask">.*?name="{name}" value="([\d.]+)"', page, re.S)[1] for name in ("start_s", "end_s")
    )
    reply = empty.submit(f"{where}/paint", {"start_s": start_s, "end_s": end_s, "direction": "backward"})
    assert reply.status_code == 303
    answered = empty.get(where).text
    assert "Was this backward?" not in answered
    assert "by you" in answered


def test_a_stranger_is_not_asked_before_three_runs_of_them_are_known(empty):
    where = empty.submit("/import", files=[("files", ("asked.fit", unplanned_file()))]).headers["location"]
    assert "Was this backward?" not in empty.get(where).text


def test_a_very_long_recording_is_charted_by_every_second_sample(empty):
    from benchmarks._data import simulated_fit

    where = empty.submit("/import", files=[("files", ("long.fit", simulated_fit(7)))]).headers["location"]
    said = empty.get(f"{where}/data.json").json()
    assert 10_000 < len(said["time_s"]) <= 20_000
    assert said["time_s"][-1] >= 52 * 480 - 10
    rows = empty.get(f"{where}/samples.csv").text.count("\r\n")
    assert rows > 24_900, "the table has them all"
