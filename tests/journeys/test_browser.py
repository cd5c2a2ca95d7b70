"""The walk, in a real browser: import, which way, cost, activity page, plan, out, evidence."""

import hashlib
import json
import re

import pytest
from benchmarks._data import simulated_fit
from tests.apps.browsing import track_file
from tests.journeys.conftest import axe_violations
from tests.journeys.expecting import at_address, expect, overflow_px, says, until

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1360, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def demo_runs(demo_home):
    """Ids by title of the demo's activities."""
    from backward_running.core.ports import ActivityQuery
    from backward_running.store import open_store

    store = open_store(demo_home)
    rows = store.activities(ActivityQuery(limit=500))
    store.close()
    return rows


def of_title(rows, title):
    return next(f"/runs/{row.activity_id}" for row in rows if row.title == title)


def wait_ready(page):
    page.wait_for_selector("html[data-interactive=yes]", state="attached")


def test_an_empty_store_offers_three_doors(empty_server, browse):
    page = browse(empty_server)
    says(page, "Import your runs", "Start a plan", "Try the demo")
    assert axe_violations(page) == []


def test_the_first_thing_the_keyboard_reaches_leads_to_the_content(empty_server, browse):
    page = browse(empty_server)
    page.keyboard.press("Tab")
    says(page, "skip", inside=":focus")
    page.keyboard.press("Enter")
    at_address(page, "#main")
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_files_come_in_with_a_line_for_each(empty_server, browse, tmp_path):
    good, again, photo = tmp_path / "run.fit", tmp_path / "again.fit", tmp_path / "beach.jpg"
    good.write_bytes(simulated_fit(0.4))
    again.write_bytes(simulated_fit(0.4))
    photo.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(300))
    page = browse(empty_server, "/import")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(good)])
    says(page, "run.fit", "It came in", inside="[data-import-log] .new")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(again), str(photo)])
    says(page, "again.fit", "already here", inside="[data-import-log] .same")
    says(page, "beach.jpg", "JPEG", inside="[data-import-log] .left_out")
    page.goto(empty_server.address + "/import/log")
    says(page, "run.fit", "again.fit", "beach.jpg")
    page.goto(empty_server.address + "/runs")
    says(page, "Benchmark")


def test_an_import_pauses_goes_on_and_tries_again(empty_server, browse, tmp_path):
    files = []
    for number in range(4):
        files.append(tmp_path / f"run{number}.fit")
        files[-1].write_bytes(track_file(day=10 + number))
    page = browse(empty_server, "/import")
    held: list = []
    page.route("**/import/file", lambda route: held.append(route) if len(held) < 2 else route.continue_())
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(file) for file in files])
    until(page, lambda: len(held) == 2)
    page.get_by_role("button", name="Pause").click()
    says(page, "Paused; what is here stays.", inside=".run-live")
    held[0].continue_()
    full = {"file_name": "run1.fit", "status": "failed", "words": "not read", "message": "Full.", "activity_ids": []}
    held[1].fulfill(json={"entries": [full]})
    says(page, "2 of 4 files", inside=".import-words")
    page.get_by_role("button", name="Go on").click()
    says(page, "3 new, 1 could not be read.", inside=".import-words")
    page.get_by_role("button", name="Try that file again").click()
    says(page, "1 new.", inside=".import-words")
    assert axe_violations(page) == []


def test_whoever_sends_an_archive_sees_how_far_it_is_though_sending_took_long(empty_server, browse, tmp_path):
    page = browse(empty_server, "/import")
    held, asked = [], []
    section = '<section id="under-way" hx-trigger="none">7 files so far, about 0:35 left</section>'

    def hold(route):
        held.append(route)

    def far(route):
        asked.append(route)
        route.fulfill(body=section if len(asked) > 1 else "", content_type="text/html")

    page.route("**/import/file", hold)
    page.route("**/import/under-way", far)
    archive = tmp_path / "all.zip"
    archive.write_bytes(b"not looked at")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(archive)])
    says(page, "7 files so far")  # the first answer said nothing yet
    until(page, lambda: len(held) == 1)
    held[0].fulfill(json={"entries": []})
    says(page, "Nothing came in.", inside=".import-words")


def test_importing_works_without_script(empty_server, browse, tmp_path):
    good = tmp_path / "run.fit"
    good.write_bytes(simulated_fit(0.4))
    page = browse(empty_server, "/import", script=False)
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(good)])
    page.locator(
        "form:has(input[type=file]) button[type=submit], form:has(input[type=file]) button:not([type])"
    ).first.click()
    says(page, "Benchmark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_accessible(demo_server, demo_runs, browse, size, scheme):
    width, height = SIZES[size]
    page = browse(demo_server, width=width, height=height, scheme=scheme)
    run = of_title(demo_runs, "Week 6, run 1")
    found = {}
    paths = [
        "/",
        "/runs",
        run,
        "/calendar",
        "/plan",
        "/plan?week=3",
        "/plan?view=month",
        "/plan/start",
        "/plan/changes",
        "/plan/export",
        "/check-in/saved",
        "/evidence",
        "/cost?pace=7:30&grade=3&mass=70",
        "/cost/you",
        "/settings",
        "/load",
        "/progress",
        "/works",
        "/works/backward_walk",
        "/works/experiments?ask=pairs_of_weeks+enjoyment",
        "/works/test/backward_walk",
        "/works/ask/rand36_pain",
        "/import",
        "/import/log",
        "/check-in",
    ]
    for path in paths:
        page.goto(demo_server.address + path)
        if path == run:
            wait_ready(page)
        violations = axe_violations(page)
        if violations:
            found[path] = violations
        until(page, lambda: overflow_px(page) <= 0)
        expect(page).to_have_title(re.compile(r"\S"))
    assert found == {}


def test_simulated_is_said_wherever_it_is_shown(demo_server, demo_runs, browse):
    page = browse(demo_server)
    for path in ("/", "/runs", of_title(demo_runs, "Week 6, run 1"), "/calendar", "/plan"):
        page.goto(demo_server.address + path)
        says(page, "simulated")
    page.locator("a[href^='/plan/workout/']").last.click()
    expect(page).to_have_url(re.compile("/plan/workout/"))
    says(page, "simulated")


def test_the_ledger_stands_before_everything_else(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"))
    says(page, "Forward", "Backward", "Unknown", "kcal", inside="[data-ledger]")
    interval = re.compile(r"\d+–\d+")  # belongs to the energy
    expect(page.locator("[data-ledger]")).to_contain_text(interval, use_inner_text=True)


def test_the_page_can_be_read_without_script(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"), script=False)
    expect(page.locator("[data-run-map] svg").first).to_be_attached()
    expect(page.locator("[data-bouts] [data-start]").nth(4)).to_be_attached()
    says(page, "backward")


def test_map_and_charts_share_one_cursor(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"))
    wait_ready(page)
    page.wait_for_selector("html[data-map=yes]", state="attached")
    expect(page.locator("[data-run-charts] canvas").nth(2)).to_be_attached()
    before = page.inner_text("[data-run-charts]")

    def told_under_the_mouse():
        """Go over the plot as a hand does: it may still have been moving down the page."""
        plot = page.locator("[data-run-charts] .u-over").first
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        for share in (0.4, 0.6):
            page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
        return page.inner_text("[data-run-charts]") != before

    until(page, told_under_the_mouse)


def first_direction(server, row):
    """Return the direction that the server keeps of a run's first bout."""
    status, _, body = server.get(f"/runs/{row.activity_id}/data.json")
    assert status == 200
    return json.loads(body)["bouts"][0]["direction"]


def test_painting_with_the_keyboard_and_taking_it_back(demo_server, demo_runs, browse):
    """A run nobody labelled: all unknown. Select a bout, press b, the ledger follows; z takes it back."""
    row = next(row for row in demo_runs if row.unknown_s > 1200 and row.backward_s == 0)
    page = browse(demo_server, f"/runs/{row.activity_id}")
    wait_ready(page)
    ledger = page.locator("[data-ledger]")
    before = ledger.inner_text()
    page.locator("[data-bouts] [data-start] a").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("b")
    until(page, lambda: ledger.inner_text() != before)
    says(page, "you", inside="[data-bouts]")
    until(page, lambda: first_direction(demo_server, row) == "backward")
    page.keyboard.press("z")
    until(page, lambda: ledger.inner_text() == before)
    until(page, lambda: first_direction(demo_server, row) == "unknown")


def test_moving_a_border_with_the_keyboard(demo_server, demo_runs, browse):
    path = of_title(demo_runs, "Week 6, run 2")
    page = browse(demo_server, path)
    wait_ready(page)
    before = json.loads(demo_server.get(path + "/data.json")[2])["bouts"]
    page.locator("[data-bouts] [data-start] a").nth(1).focus()
    page.keyboard.press("Enter")

    def borders():
        return [round(bout["start_s"], 3) for bout in json.loads(demo_server.get(path + "/data.json")[2])["bouts"]]

    starts = [round(bout["start_s"], 3) for bout in before]
    page.keyboard.press("]")
    until(page, lambda: borders() != starts)
    page.keyboard.press("z")
    until(page, lambda: borders() == starts)


def test_painting_without_script(demo_server, demo_runs, browse):
    row = [row for row in demo_runs if row.unknown_s > 1200 and row.backward_s == 0][1]
    page = browse(demo_server, f"/runs/{row.activity_id}", script=False)
    form = page.locator("form[action$='/paint']").first
    form.locator("input[value=forward]").first.check(force=True)
    form.locator("button").first.click()
    until(page, lambda: first_direction(demo_server, row) == "forward")
    page.locator("#label > summary").click()
    page.locator("form[action$='/undo'] button").first.click()
    until(page, lambda: first_direction(demo_server, row) == "unknown")


def test_from_questions_to_a_file_for_the_watch(empty_server, browse, tmp_path):
    page = browse(empty_server, "/plan/start", expected="422")
    page.check("[name=health][value=none]", force=True)
    page.check("[name=parq][value=all_no]", force=True)
    page.fill("[name=birth_year]", "1823")
    page.check("[name=goal][value=try]", force=True)
    page.check("[name=have][value=spotter]", force=True)
    page.get_by_role("button", name="Go on").click()
    says(page, "Type the year you were born")  # the problem stands beside its field
    expect(page.locator("[name=have][value=spotter]")).to_be_checked()  # nothing typed is lost
    page.fill("[name=birth_year]", "1990")
    page.get_by_role("button", name="Go on").click()
    at_address(page, "/plan/start/running")
    page.fill("[name=forward_runs_per_week]", "3")
    page.fill("[name=easy_speed_mps]", "5:50")
    page.fill("[name=longest_run_s]", "40")
    page.fill("[name=backward_experience_min]", "0")
    for day in ("0", "2", "5"):
        page.check(f"[name=days][value='{day}']", force=True)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the plan").click()
    at_address(page, "/plan")
    says(page, "Week 1", "walk")  # half of this pace is below running backward, and the plan says so
    plan_ics = empty_server.get("/plan.ics")
    assert plan_ics[0] == 200
    assert plan_ics[2].startswith(b"BEGIN:VCALENDAR")
    packed = empty_server.get("/plan/week/1.fit.zip")
    assert packed[2][:2] == b"PK"


def test_a_plan_half_answered_survives_a_reload(empty_server, browse):
    page = browse(empty_server, "/plan/start", expected="422")
    page.fill("[name=birth_year]", "1988")
    page.get_by_role("button", name="Go on").click()
    says(page, "Choose one of the goals")  # the answer to half of it is here
    page.goto(empty_server.address + "/")
    page.goto(empty_server.address + "/plan/start")
    expect(page.locator("[name=birth_year]")).to_have_value("1988")


def test_the_original_file_comes_back(empty_server, browse, tmp_path):
    data = simulated_fit(0.4)
    path = tmp_path / "run.fit"
    path.write_bytes(data)
    page = browse(empty_server, "/import")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(path)])
    says(page, "It came in", inside="[data-import-log] .new")
    run = f"/runs/{hashlib.sha256(data).hexdigest()[:16]}-0"
    status, headers, body = empty_server.get(run + "/original")
    assert (status, body) == (200, data)
    assert "attachment" in {key.lower(): value for key, value in headers.items()}["content-disposition"]
    assert json.loads(empty_server.get(run + "/track.geojson")[2])["type"] == "FeatureCollection"
    assert empty_server.get(run + "/bouts.csv")[2].startswith(b"start_s,")


def test_the_evidence_page_audits_the_article(demo_server, browse):
    page = browse(demo_server, "/evidence/article")
    says(page, "false", "2.5")
    expect(page.locator("main")).to_contain_text("Hreljac")


def test_the_demo_comes_and_goes(empty_server, browse):
    page = browse(empty_server)
    page.locator("form[action='/demo'] button").first.click()
    says(page, "Leave the demo", "simulated")
    page.goto(empty_server.address + "/runs")
    says(page, "simulated")
    page.locator("form[action='/demo/leave'] button").first.click()
    at_address(page, empty_server.address + "/")
    says(page, "Try the demo")
