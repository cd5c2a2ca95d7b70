"""The runner's day and clock on the screen and in the terminal, on machines of five zones."""

import json
from datetime import UTC, datetime

import pytest
from tests.apps.browsing import Browser, answers, browse, parsed
from tests.flows.clocks import at, fit, gpx, tcx

from backward_running.apps.cli import main
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BackwardRunningError
from backward_running.flows import zones
from backward_running.flows.intake import import_file
from backward_running.store import open_store

NEW_YORK = gpx(at(2026, 11, 17, 0, 5), 40.78, -73.97)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def text_of(reply):
    return " ".join(" ".join(parsed(reply.text).text).split())


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    import_file(store, "new_york.gpx", NEW_YORK, now=NOW)
    yield store
    store.close()


@pytest.fixture
def run(new_home, capfd):
    """Run the whole command, exit code and all."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(new_home), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_a_run_shows_its_day_and_clock_on_every_page(machine, store):
    browser = browse(store)
    (row,) = store.activities()
    page = text_of(browser.get(f"/runs/{row.activity_id}"))
    assert "Monday 16 November 2026, 19:05 (America/New_York)" in page
    assert "Evening run" in page
    assert "Mon 16 Nov 2026, 19:05 New York" in text_of(browser.get("/runs"))
    month = browser.get("/calendar?month=2026-11").text
    assert month.index("Evening run") > 0
    table = browser.get("/runs.csv").text
    assert "2026-11-16T19:05:00-05:00,America/New_York,-18000" in table


def test_today_is_the_day_of_the_runner_not_of_the_machine(machine, store):
    zones.put_zone(store, "Pacific/Auckland")
    late = at(2026, 11, 22, 12, 30)  # 01:30 on Monday the 23rd in Auckland
    client = Browser(create_app(store, now=lambda: late))
    assert "23 November" in text_of(client.get("/"))
    zones.put_zone(store, "America/St_Johns")
    assert "22 November" in text_of(client.get("/"))


def test_a_plan_begins_on_the_day_of_the_runner(machine, store):
    """23 November has begun in Auckland: nothing can be planned for the 22nd any more."""
    client = browse(store)
    client.app.state.now = lambda: at(2026, 11, 22, 12, 30)
    zones.put_zone(store, "Pacific/Auckland")
    reply = client.submit("/plan/start", answers(starts_on="2026-11-22"))
    assert reply.status_code == 422
    assert "1 answer is not clear yet: When do you want to start?" in text_of(reply)
    zones.put_zone(store, "America/St_Johns")
    assert client.submit("/plan/start", answers(starts_on="2026-11-22")).status_code == 303


def test_the_settings_ask_for_the_zone_and_show_it(machine, store):
    browser = browse(store)
    page = text_of(browser.get("/settings"))
    assert f"in {machine} now, as this machine is set" in page
    assert browser.submit("/settings/zone", {"zone": "Europe/Berlin"}).headers["location"] == "/settings?kept"
    assert "it is 13:00 in Europe/Berlin now. A run keeps" in text_of(browser.get("/settings"))
    reply = browser.submit("/settings/zone", {"zone": "Mars/<b>Phobos"})
    assert reply.status_code == 422
    assert "Write a time zone by its full name" in text_of(reply)
    assert "Mars/&lt;b&gt;Phobos" in reply.text
    assert zones.own(store) == zones.OwnZone("Europe/Berlin", True)
    assert browser.submit("/settings/you", {"mass_kg": "9999"}).status_code == 422
    browser.submit("/settings/zone", {"zone": " "})
    assert zones.own(store) == zones.OwnZone(machine, False)


def test_the_terminal_asks_for_the_zone_and_shows_it(machine, run, tmp_path):
    (tmp_path / "new_york.gpx").write_bytes(NEW_YORK)
    (tmp_path / "no_place.tcx").write_bytes(tcx(at(2026, 11, 19, 19, 45)))
    assert json.loads(run("about", "--json")[1])["zone"] == machine
    assert f"{machine}, as this machine is set" in run("about")[1]
    code, _, said = run("about", "--zone", "Mars/Phobos", "--mass-kg", "70")
    assert code != 0
    assert "time zone" in said
    assert json.loads(run("about", "--json")[1])["athlete"]["mass_kg"] is None  # nothing was changed
    run("about", "--zone", "Asia/Kolkata")
    told = json.loads(run("about", "--json")[1])
    assert (told["zone"], told["zone_named"]) == ("Asia/Kolkata", True)
    run("import", str(tmp_path / "new_york.gpx"), str(tmp_path / "no_place.tcx"))
    out = run("runs")[1]
    assert "2026-11-16 19:05 America/New_York" in out
    assert "2026-11-20 01:15 Asia/Kolkata" in out
    rows = json.loads(run("runs", "--json", "--since", "2026-11-20")[1])["activities"]
    assert [(row["zone"], row["zone_from"], row["utc_offset_s"]) for row in rows] == [
        ("Asia/Kolkata", "profile", 19800)
    ]
    assert "Friday 20 November 2026, 01:15 (Asia/Kolkata)" in run("show", "last")[1]
    days = json.loads(run("calendar", "2026-11", "--json")[1])
    done = {day["on"]: [row["title"] for row in day["done"]] for day in days if day["done"]}
    assert done == {"2026-11-16": ["Evening run"], "2026-11-20": ["Night run"]}
    run("about", "--zone", "machine")
    assert json.loads(run("about", "--json")[1])["zone"] == machine


def test_a_check_in_is_of_the_day_of_the_runner(machine, store):
    zones.put_zone(store, "America/New_York")
    browser = browse(store)
    browser.app.state.now = lambda: at(2026, 11, 20, 3, 30)
    browser.submit("/check-in", {"pain_knee": "2", "moment": "other"})
    assert "Thu 19 Nov" in text_of(browser.get("/check-in"))
    store.add_check_in(CheckIn(at(2026, 11, 18, 3, 30), note="as it was kept before"))
    assert "Tue 17 Nov" in text_of(browser.get("/check-in"))


def test_the_hour_of_the_calendar_is_offered_in_the_zone_of_the_runner(machine, store, run):
    assert run("feed", "--at", "18:30", "--json")[0] == 0
    assert json.loads(run("feed", "--json")[1])["zone"] == machine
    zones.put_zone(store, "Asia/Kolkata")
    run("feed", "--zone", "UTC")
    assert 'value="UTC"' in browse(store).get("/plan/export").text
    store.put_setting("calendar_clock", "{}")
    assert 'value="Asia/Kolkata"' in browse(store).get("/plan/export").text


def test_a_date_that_is_typed_is_on_the_clock_of_the_runner(machine, run, tmp_path):
    import numpy as np

    rng = np.random.default_rng(1)
    lines = "".join(
        f"{i * 10},{rng.normal(0, 1):.3f},{rng.normal(0, 1):.3f},{9.8 + rng.normal(0, 1):.3f}\n" for i in range(600)
    )
    (tmp_path / "a.csv").write_text(f"t,ax,ay,az\n{lines}")
    run("about", "--zone", "Asia/Kolkata")
    columns = "time_ms=t,acc_x_mps2=ax,acc_y_mps2=ay,acc_z_mps2=az"
    code, out, said = run("import", str(tmp_path / "a.csv"), "--columns", columns, "--date", "2026-11-20T00:10")
    assert code == 0, out + said
    (row,) = json.loads(run("runs", "--json")[1])["activities"]
    assert (row["started_at"], row["zone"]) == ("2026-11-19T18:40:00+00:00", "Asia/Kolkata")


def test_errors_of_zones_are_ours(store):
    with pytest.raises(BackwardRunningError, match="Europe/Berlin"):
        zones.put_zone(store, "Nowhere")


def test_the_page_of_a_run_takes_its_zone_by_hand(machine, store):
    (entry,) = import_file(store, "watch.fit", fit(at(2026, 5, 4, 22, 30), 0), now=NOW)
    (activity_id,) = entry.activity_ids
    browser = browse(store)
    assert browser.submit(f"/runs/{activity_id}/zone", {"zone": "Asia/Kolkata"}).status_code == 303
    page = text_of(browser.get(f"/runs/{activity_id}"))
    assert "Tuesday 5 May 2026, 04:00 (Asia/Kolkata)" in page and "Asia/Kolkata, by your word" in page
    reply = browser.submit(f"/runs/{activity_id}/zone", {"zone": "Mars/<b>Phobos"})
    assert reply.status_code == 422 and "Write a time zone by its full name" in text_of(reply)
    assert 'value="Mars/&lt;b&gt;Phobos"' in reply.text
    assert browser.submit(f"/runs/{activity_id}/zone", {"zone": ""}).status_code == 303
    assert "by your word" not in text_of(browser.get(f"/runs/{activity_id}"))
