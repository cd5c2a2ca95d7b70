"""The walk, in a real browser: import, which way, cost, activity page, plan, out, evidence."""

import hashlib
import json
import re
from http.client import HTTPConnection

import pytest
from benchmarks._data import simulated_fit
from tests.journeys.conftest import axe_violations

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1360, 900), "phone": (390, 844)}


def get(server, path):
    connection = HTTPConnection(server.address.removeprefix("http://"), timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


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


def wait_until(page, says, seconds=8.0):
    """Wait until `says()` holds. The page's policy forbids what Playwright's own waiting would run in it."""
    for _ in range(int(seconds * 20)):
        if says():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen in time")


def test_an_empty_store_offers_three_doors(empty_server, browse):
    page = browse(empty_server)
    text = page.inner_text("main")
    for door in ("Import your runs", "Start a plan", "demo runner"):
        assert door.lower() in text.lower()
    assert axe_violations(page) == []


def test_the_first_thing_the_keyboard_reaches_leads_to_the_content(empty_server, browse):
    page = browse(empty_server)
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("document.activeElement.textContent").lower()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_files_come_in_with_a_line_for_each(empty_server, browse, tmp_path):
    good, again, photo = tmp_path / "run.fit", tmp_path / "again.fit", tmp_path / "beach.jpg"
    good.write_bytes(simulated_fit(0.4))
    again.write_bytes(simulated_fit(0.4))
    photo.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(300))
    page = browse(empty_server, "/import")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(good)])
    page.get_by_text("It came in", exact=False).first.wait_for()
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(again), str(photo)])
    page.get_by_text("already here", exact=False).first.wait_for()
    page.get_by_text("JPEG", exact=False).first.wait_for()
    page.goto(empty_server.address + "/import/log")
    log = page.inner_text("main")
    for name in ("run.fit", "again.fit", "beach.jpg"):
        assert name in log
    page.goto(empty_server.address + "/runs")
    assert "Benchmark" in page.inner_text("main")


def test_importing_works_without_script(empty_server, browse, tmp_path):
    good = tmp_path / "run.fit"
    good.write_bytes(simulated_fit(0.4))
    page = browse(empty_server, "/import", script=False)
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(good)])
    page.locator(
        "form:has(input[type=file]) button[type=submit], form:has(input[type=file]) button:not([type])"
    ).first.click()
    assert "Benchmark" in page.inner_text("main")


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
        "/plan/take-along",
        "/check-in/kept",
        "/evidence",
        "/cost?pace=7:30&grade=3&mass=70",
        "/cost/you",
        "/settings",
        "/load",
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
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} px too wide at {size} size"
        assert page.title().strip()
    assert found == {}


def test_simulated_is_said_wherever_it_is_shown(demo_server, demo_runs, browse):
    page = browse(demo_server)
    for path in ("/", "/runs", of_title(demo_runs, "Week 6, run 1"), "/calendar", "/plan"):
        page.goto(demo_server.address + path)
        assert "simulated" in page.inner_text("main").lower(), path
    page.locator("a[href^='/plan/workout/']").last.click()
    assert "simulated" in page.inner_text("main").lower()


def test_the_ledger_stands_before_everything_else(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"))
    words = page.inner_text("[data-ledger]")
    for word in ("Forward", "Backward", "Unknown", "kcal"):
        assert word in words
    assert re.search(r"\d+–\d+", words), "an interval belongs to the energy"


def test_the_page_can_be_read_without_script(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"), script=False)
    assert page.locator("[data-run-map] svg").count() >= 1
    assert page.locator("[data-bouts] [data-start]").count() >= 5
    text = page.inner_text("main")
    assert "backward" in text.lower()


def test_map_and_charts_share_one_cursor(demo_server, demo_runs, browse):
    page = browse(demo_server, of_title(demo_runs, "Week 6, run 1"))
    wait_ready(page)
    page.wait_for_selector("html[data-map=yes]", state="attached", timeout=30000)
    assert page.locator("[data-run-charts] canvas").count() >= 3
    before = page.inner_text("[data-run-charts]")
    plot = page.locator("[data-run-charts] .u-over").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] / 2)
    wait_until(page, lambda: page.inner_text("[data-run-charts]") != before)


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
    wait_until(page, lambda: ledger.inner_text() != before)
    assert "your own hand" in page.inner_text("main").lower() or "you" in page.inner_text("[data-bouts]").lower()
    status, _, body = get(demo_server, f"/runs/{row.activity_id}/data.json")
    assert status == 200
    assert json.loads(body)["bouts"][0]["direction"] == "backward"
    page.keyboard.press("z")
    wait_until(page, lambda: ledger.inner_text() == before)
    assert json.loads(get(demo_server, f"/runs/{row.activity_id}/data.json")[2])["bouts"][0]["direction"] == "unknown"


def test_moving_a_border_with_the_keyboard(demo_server, demo_runs, browse):
    path = of_title(demo_runs, "Week 6, run 2")
    page = browse(demo_server, path)
    wait_ready(page)
    before = json.loads(get(demo_server, path + "/data.json")[2])["bouts"]
    page.locator("[data-bouts] [data-start] a").nth(1).focus()
    page.keyboard.press("Enter")

    def borders():
        return [round(bout["start_s"], 3) for bout in json.loads(get(demo_server, path + "/data.json")[2])["bouts"]]

    starts = [round(bout["start_s"], 3) for bout in before]
    page.keyboard.press("]")
    wait_until(page, lambda: borders() != starts)
    page.keyboard.press("z")
    wait_until(page, lambda: borders() == starts)
    assert borders() == starts


def test_painting_without_script(demo_server, demo_runs, browse):
    row = [row for row in demo_runs if row.unknown_s > 1200 and row.backward_s == 0][1]
    page = browse(demo_server, f"/runs/{row.activity_id}", script=False)
    form = page.locator("form[action$='/paint']").first
    form.locator("input[value=forward]").first.check(force=True)
    form.locator("button").first.click()
    assert json.loads(get(demo_server, f"/runs/{row.activity_id}/data.json")[2])["bouts"][0]["direction"] == "forward"
    page.locator("form[action$='/undo'] button").first.click()
    assert json.loads(get(demo_server, f"/runs/{row.activity_id}/data.json")[2])["bouts"][0]["direction"] == "unknown"


def test_from_questions_to_a_file_for_the_watch(empty_server, browse, tmp_path):
    page = browse(empty_server, "/plan/start", expected="422")
    page.check("[name=health][value=none]", force=True)
    page.check("[name=parq][value=all_no]", force=True)
    page.fill("[name=birth_year]", "1823")
    page.check("[name=goal][value=try]", force=True)
    page.check("[name=have][value=spotter]", force=True)
    page.get_by_role("button", name="Go on").click()
    assert "year you were born" in page.inner_text("main"), "the problem stands beside its field"
    assert page.is_checked("[name=have][value=spotter]"), "nothing typed is lost"
    page.fill("[name=birth_year]", "1990")
    page.get_by_role("button", name="Go on").click()
    page.fill("[name=forward_runs_per_week]", "3")
    page.fill("[name=easy_speed_mps]", "5:50")
    page.fill("[name=longest_run_s]", "40")
    page.fill("[name=backward_experience_min]", "0")
    for day in ("0", "2", "5"):
        page.check(f"[name=days][value='{day}']", force=True)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the plan").click()
    page.wait_for_url("**/plan")
    text = page.inner_text("main")
    assert "Week 1" in text
    assert "walk" in text.lower(), "half of this pace is below running backward, and the plan says so"
    plan_ics = get(empty_server, "/plan.ics")
    assert plan_ics[0] == 200
    assert plan_ics[2].startswith(b"BEGIN:VCALENDAR")
    packed = get(empty_server, "/plan/week/1.fit.zip")
    assert packed[2][:2] == b"PK"


def test_a_plan_half_answered_survives_a_reload(empty_server, browse):
    page = browse(empty_server, "/plan/start", expected="422")
    page.fill("[name=birth_year]", "1988")
    page.get_by_role("button", name="Go on").click()
    page.goto(empty_server.address + "/")
    page.goto(empty_server.address + "/plan/start")
    assert page.input_value("[name=birth_year]") == "1988"


def test_the_original_file_comes_back(empty_server, browse, tmp_path):
    data = simulated_fit(0.4)
    path = tmp_path / "run.fit"
    path.write_bytes(data)
    page = browse(empty_server, "/import")
    page.set_input_files("input[type=file]:not([webkitdirectory])", [str(path)])
    page.get_by_text("It came in", exact=False).first.wait_for()
    run = f"/runs/{hashlib.sha256(data).hexdigest()[:16]}-0"
    status, headers, body = get(empty_server, run + "/original")
    assert (status, body) == (200, data)
    assert "attachment" in {key.lower(): value for key, value in headers.items()}["content-disposition"]
    assert json.loads(get(empty_server, run + "/track.geojson")[2])["type"] == "FeatureCollection"
    assert get(empty_server, run + "/bouts.csv")[2].startswith(b"start_s,")


def test_the_evidence_page_audits_the_article(demo_server, browse):
    page = browse(demo_server, "/evidence/article")
    text = page.inner_text("main")
    assert "false as written" in text.lower()
    assert "2.5" in text
    assert "Hreljac" in page.content()


def test_the_demo_comes_and_goes(empty_server, browse):
    page = browse(empty_server)
    page.locator("form[action='/demo'] button").first.click()
    page.wait_for_url("**/*", timeout=60000)
    page.wait_for_load_state("networkidle", timeout=60000)
    page.goto(empty_server.address + "/runs")
    assert "simulated" in page.inner_text("main").lower()
    page.goto(empty_server.address + "/settings")
    page.locator("form[action='/demo/clear'] button").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(empty_server.address + "/")
    assert "demo runner" in page.inner_text("main").lower()
