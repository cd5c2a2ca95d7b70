"""The body sensor on the web: told at import, a table that waits, a place said afterwards. All without script."""

from __future__ import annotations

import pytest
from tests.apps.browsing import unplanned_file
from tests.flows.foot_logs import foot_rows, foot_table
from tests.formats.test_one_sensor import text

COLUMNS = "acc_x = ax\nacc_y=ay\r\nacc_z=az\ngyr_x=wx\ngyr_y=wy\ngyr_z=wz\n"
TABLE = {"columns": COLUMNS, "unit": "acc=mps2, gyr=radps", "rate_hz": "100"}


def send(browser, told=None, data=None, name="foot.csv", path="/import"):
    return browser.submit(path, told or {}, files={"files": (name, data or foot_table())})


def test_a_body_sensor_is_told_with_the_file(empty):
    date = {"date": "2026-11-20T18:00", "sport": "running", "place": "foot_left", "mount": "known"}
    reply = send(empty, TABLE | date)
    assert reply.headers["location"].startswith("/runs/")
    page = empty.get(reply.headers["location"]).text
    assert "20 November 2026" in page
    assert "run" in page
    assert "Now: left foot, its axes known." in page
    assert "totals only" not in page
    assert "This recording holds motion sensors only" in page
    assert "Say where the sensor was" not in page  # nothing is unknown


def test_a_table_waits_shows_its_columns_and_keeps_what_was_typed(empty):
    reply = send(empty)
    waiting = reply.headers["location"]
    assert waiting.startswith("/import/waiting/")
    page = empty.get(waiting).text
    for name in ("ax", "ay", "az", "wx", "wy", "wz"):
        assert f"<code>{name}</code>" in page
    again = empty.submit(waiting, TABLE | {"columns": "acc_x=nose", "place": "foot_left"})
    assert again.status_code == 422
    assert "It has: ax, ay, az" in again.text
    assert "acc_x=nose" in again.text
    assert '<option value="foot_left" selected>' in again.text
    assert empty.submit(waiting, TABLE | {"rate_hz": "fast"}).status_code == 422
    done = empty.submit(waiting, TABLE | {"place": "foot_left", "mount": "known"})
    assert done.headers["location"].startswith("/runs/")
    assert empty.get(waiting).headers["location"] == done.headers["location"]
    assert 'href="/import/waiting/' in empty.get("/import/log").text


def test_what_was_typed_with_the_file_goes_along_to_where_it_waits(empty):
    typed = {"place": "shank_left", "date": "2026-11-20T18:00", "columns": "acc_x=nose"}
    page = empty.get(send(empty, typed).headers["location"]).text
    assert '<option value="shank_left" selected>' in page
    assert 'value="2026-11-20T18:00"' in page
    assert "acc_x=nose" in page
    assert "?" not in send(empty).headers["location"]


def test_a_place_is_said_of_a_stored_run_and_taken_back(empty):
    run = send(empty, TABLE).headers["location"]
    page = empty.get(run).text
    assert "Nothing says where on the body the sensor was" in page
    assert 'href="#sensor"' in page
    assert empty.submit(f"{run}/sensor", {"place": "foot_left", "mount": "known"}).headers["location"] == f"{run}#bouts"
    told = empty.get(run).text
    assert "backward, walk" in told
    assert '<option value="foot_left" selected>' in told
    empty.submit(f"{run}/sensor", {"place": "", "mount": ""})
    assert empty.get(run).text == page
    assert empty.submit(f"{run}/sensor", {"place": "nose"}).status_code == 422


def test_a_phone_is_said_by_its_top_and_its_screen(empty):
    run = send(empty, TABLE).headers["location"]
    page = empty.get(run).text
    assert "Its top edge (y) pointed" in page
    assert 'aria-label="A phone: y to its top, z out of it"' in page
    said = {"place": "foot_left", "top": "forward", "screen": "up"}
    assert empty.submit(f"{run}/sensor", said).headers["location"] == f"{run}#bouts"
    told = empty.get(run).text
    assert "backward, walk" in told
    assert "<option selected>forward</option>" in told
    refused = empty.submit(f"{run}/sensor", said | {"screen": "down"})
    assert refused.status_code == 422
    assert "must agree with gravity" in refused.text
    assert empty.submit(f"{run}/sensor", said | {"screen": ""}).status_code == 422
    assert empty.get(run).text == told  # nothing was changed


def test_a_mounting_against_gravity_is_taken_back_at_import(empty):
    lying = TABLE | {"place": "foot_left", "top": "up", "screen": "forward"}
    (came,) = send(empty, lying, path="/import/file").json()["entries"]
    assert came["status"] == "partly"
    assert "Its mounting was not believed" in came["message"]
    (typed,) = [empty.get(f"/runs/{one}").text for one in came["activity_ids"]]
    assert "Now: left foot, how it sat not known." in typed


def test_the_two_files_of_a_phone_come_in_as_one_run(empty):
    files = [("files", (name, halves_of_a_phone()[name])) for name in ("acc.txt", "gyro.txt")]
    where = empty.submit("/import/together", files=files).headers["location"]
    assert where.endswith("#sensor")
    page = empty.get(where.removesuffix("#sensor")).text
    assert "Where was the sensor?" in page
    assert "needs a gyroscope" not in page
    alone = empty.submit("/import/together", files=files[:1])
    assert alone.status_code == 422
    assert "be at least two of one run" in alone.text
    strange = empty.submit("/import/together", files=[files[0], ("files", ("a.jpg", b"\xff\xd8\xff\xe0"))])
    assert strange.status_code == 422
    assert "“a.jpg”" in strange.text


def halves_of_a_phone():
    rows = foot_rows()
    return {"acc.txt": text(rows[:, :3], rate_hz=100.0), "gyro.txt": text(rows[:, 3:], "rad/s", rate_hz=100.0)}


def test_a_watch_is_not_asked_where_it_sat(empty):
    run = send(empty, data=unplanned_file(), name="watch.fit").headers["location"]
    page = empty.get(run).text
    assert "Where was the sensor?" not in page
    assert "no motion sensor" in page
    assert empty.submit(f"{run}/sensor", {"place": "waist"}).status_code == 422


def test_the_script_is_told_where_to_ask(empty):
    (entry,) = send(empty, path="/import/file").json()["entries"]
    assert (entry["status"], entry["words"]) == ("waiting", "waiting for you")
    assert empty.get(entry["ask_url"]).status_code == 200
    (came,) = send(empty, TABLE | {"place": "waist"}, path="/import/file").json()["entries"]
    assert (came["status"], came["ask_url"]) == ("partly", None)


@pytest.mark.parametrize("key", ["nothing", "0" * 64, "%3Cscript%3E"])
def test_a_file_that_does_not_wait(empty, key):
    reply = empty.get(f"/import/waiting/{key}")
    assert reply.status_code == 404
    assert "import it again" in reply.text


@pytest.mark.parametrize("typed", [{"place": "nose"}, {"columns": "acc_x"}, {"date": "yesterday"}])
def test_what_cannot_be_is_refused(empty, typed):
    assert send(empty, typed).status_code == 422
    assert empty.get("/import/log").text.count("<li class=") == 0
