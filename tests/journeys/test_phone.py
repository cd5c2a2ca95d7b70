"""The app on the phone, in a real browser: offline, guided, recorded, killed in the middle, and home as a file."""

from __future__ import annotations

import functools
import threading
from datetime import datetime, timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import numpy as np
import pytest
from tests.formats.test_phone_link import DAY, WORKOUT, written
from tests.gait.live.walks import Walk
from tests.journeys.conftest import AXE
from tests.journeys.expecting import expect, overflow_px, says, until

from backward_running import formats
from backward_running.apps import phone_app
from backward_running.core.athlete import Moment
from backward_running.flows.activity import activity_page
from backward_running.flows.intake import import_file
from backward_running.store import open_store

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
BEGINS = datetime.combine(DAY, datetime.min.time().replace(hour=10)).astimezone()
HELSINKI = {"latitude": 60.17, "longitude": 24.94, "accuracy": 5}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words):
        pass


class Hosted:
    """The app on a web space that can be taken away."""

    def __init__(self, folder):
        phone_app.build(folder)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://localhost:{self.server.server_port}/"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    hosted = Hosted(tmp_path_factory.mktemp("phone"))
    yield hosted
    hosted.close()


@pytest.fixture
def phone(chromium):
    """A phone of its own, which may use motion and position, with everything it asked of the network."""
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, geolocation=HELSINKI, accept_downloads=True,
        permissions=["geolocation", "accelerometer", "gyroscope"],
    )  # fmt: skip
    context.set_default_timeout(60_000)
    requests = []
    context.on("request", lambda request: requests.append(request.url))
    yield SimpleNamespace(context=context, requests=requests)
    context.close()


def opened(phone, app, fragment="", at=BEGINS):
    """Open the app with a clock that stands still until it is told to go on."""
    page = phone.context.new_page()
    page.problems = []
    page.on("pageerror", lambda problem: page.problems.append(str(problem)))
    page.clock.install(time=at - timedelta(minutes=1))
    page.clock.pause_at(at)
    page.goto(app.address + fragment)
    expect(page.locator("h1")).to_have_text("Backward")
    return page


def begun(page, title="First steps backward"):
    page.locator("section", has_text=title).get_by_role("button", name="Start").click()
    page.get_by_label("I walked the lane forward", exact=False).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".word")).not_to_be_empty()


def moves(page, seconds):
    """Let time pass while the phone is carried: sixty times a second, in steps of a second."""
    for _ in range(seconds):
        page.evaluate(MOVE)
        page.clock.run_for(1000)


#: A phone that sways in a pocket. What a sensor would say is handed to the page as the browser hands it over.
MOVE = """() => {
  const began = Date.now();
  const real = Date.now;
  for (let at = 0; at < 60; at += 1) {
    Date.now = () => began + (at * 1000) / 60;
    const s = Math.sin(Date.now() / 90);
    dispatchEvent(new DeviceMotionEvent("devicemotion", {
      accelerationIncludingGravity: { x: 2 * s, y: 9.7 + s, z: 0.5 * s },
      rotationRate: { alpha: 20 * s, beta: 5 * s, gamma: 10 * s }, interval: 16,
    }));
  }
  Date.now = real;
}"""


def saved(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="Hand over the file").first.click()
    return download.value


def test_a_session_is_guided_recorded_and_brought_home(phone, app, tmp_path):
    page = opened(phone, app, written((WORKOUT,)))
    assert page.url == app.address, "the plan is not left in the address"
    begun(page)
    expect(page.locator(".word")).to_have_text("WALK")
    moves(page, 2)
    says(page, "4:58", "then turn: BACK 1:30")
    page.clock.run_for(294_000)
    expect(page.locator(".look")).to_contain_text("Turn round in")
    moves(page, 6)
    expect(page.locator(".go")).to_have_attribute("data-direction", "backward")
    expect(page.locator(".word")).to_contain_text("BACK")
    moves(page, 5)
    expect(page.locator(".look")).to_contain_text("Look over your left shoulder")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".word")).to_have_text("PAUSED")
    page.clock.run_for(20_000)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".word")).to_have_text("WALK")
    moves(page, 3)
    page.get_by_role("button", name="STOP").click()
    says(page, "How was it?", "Did you stop because something hurt")
    page.get_by_label("4", exact=True).check()
    page.get_by_label("Place 1", exact=True).select_option("left knee")
    page.get_by_label("Pain of place 1").select_option("2")
    page.get_by_role("group", name="Did you fall?").get_by_label("No").check()
    page.get_by_role("button", name="Keep it").click()
    says(page, "Stopped", "is on this phone")
    download = saved(page)
    file = tmp_path / download.suggested_filename
    download.save_as(file)
    assert file.name == f"backward-{DAY}-1000.jsonl.gz"
    store = open_store(tmp_path / "home")
    (entry,) = import_file(store, file.name, file.read_bytes(), now=BEGINS + timedelta(hours=1))
    assert entry.status in ("new", "partly"), entry
    (row,) = store.activities()
    assert row.title == "First steps backward"
    (said,) = store.check_ins_of(row.activity_id)
    assert (said.perceived_exertion_cr10, dict(said.pain_nrs), said.fell) == (4.0, {"left knee": 2.0}, False)
    assert said.broke_off is None, "what was left open is not known"
    recording = store.recording(row.activity_id)
    since_s = (recording.started_at - BEGINS).total_seconds()
    laps = [(lap.label, round(since_s + lap.start_s), round(since_s + lap.end_s)) for lap in recording.laps]
    assert laps == [("WALK", round(since_s), 300), ("BACK WALK 1/2", 300, 327), ("WALK", 327, 330)]
    assert 0 <= since_s < 2
    (sensor,) = recording.inertial
    assert sensor.place == "thigh_right"
    sway = np.sin((1000 * (recording.started_at.timestamp() + sensor.time_s)) / 90)
    np.testing.assert_allclose(sensor.columns["acc_y_mps2"], 9.7 + sway, atol=0.02)
    np.testing.assert_allclose(sensor.columns["gyr_x_radps"], np.radians(20) * sway, atol=0.01)
    assert (recording.pauses[0].end_s - recording.pauses[0].start_s) == pytest.approx(20, abs=0.3)
    store.close()
    assert page.problems == []
    assert all(url.startswith((app.address, "blob:")) for url in phone.requests), "nothing leaves the phone"


def test_it_starts_at_the_track_without_a_network(phone, tmp_path):
    app = Hosted(tmp_path)
    page = opened(phone, app, written((WORKOUT,)))
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    until(page, lambda: page.evaluate("caches.keys().then(keys => keys.length)") == 1)
    page.close()
    app.close()
    page = opened(phone, app)
    says(page, "First steps backward", "with a friend as spotter")
    begun(page)
    assert page.problems == []


def test_a_tab_that_is_killed_loses_no_more_than_the_last_seconds(phone, app, tmp_path):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    moves(page, 12)
    until(page, lambda: page.evaluate(KEPT_LINES) >= 4)
    page.close()
    page = opened(phone, app)
    says(page, "Bring it home: First steps backward", "It was not ended")
    file = tmp_path / "killed.jsonl.gz"
    saved(page).save_as(file)
    import gzip

    (recording,) = formats.read(gzip.decompress(file.read_bytes()))
    assert recording.duration_s >= 7.0
    assert [lap.label for lap in recording.laps] == ["WALK"]
    page.locator("summary", has_text="Handed over").click()
    expect(page.get_by_role("button", name="Again")).to_be_visible()


def test_what_a_full_phone_did_not_take_is_tried_again(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    page.evaluate(FULL)
    moves(page, 4)
    expect(page.locator(".trouble")).to_contain_text("storage is full")
    kept = page.evaluate(KEPT_LINES)
    page.evaluate("() => { IDBObjectStore.prototype.add = window.added; }")
    moves(page, 4)
    until(page, lambda: page.evaluate(KEPT_LINES) >= kept + 2)
    moves(page, 1)
    expect(page.locator(".trouble")).not_to_contain_text("storage is full")


FULL = """() => {
  window.added = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""
KEPT_LINES = """() => new Promise((fine) => {
  const asked = indexedDB.open("backward", 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction("lines").objectStore("lines").count();
    count.onsuccess = () => { asked.result.close(); fine(count.result); };
  };
})"""


def test_a_phone_that_slept_waits_where_it_was(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    moves(page, 2)
    page.clock.fast_forward(120_000)
    page.clock.run_for(400)
    says(page, "PAUSED", "The phone slept", "4:5")


def test_a_warning_sign_begins_nothing(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("button", name="Start")).to_be_disabled()
    says(page, "Chest pain, fainting", "A fall in the last two days")
    page.get_by_role("button", name="Yes").click()
    says(page, "Not today", "the emergency number, now")
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_sessions_that_are_out_of_date_cannot_be_begun(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    page.clock.set_fixed_time(BEGINS + timedelta(days=7))
    page.reload()
    says(page, "out of date", "Scan the code on your laptop again")
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_a_link_that_was_cut_off_is_said_and_the_older_one_stays(phone, app):
    opened(phone, app, written((WORKOUT,))).close()
    page = opened(phone, app, written((WORKOUT,))[:-30])
    says(page, "cut off or changed", "First steps backward")


def test_without_leave_for_motion_and_position_it_goes_on_and_says_so(chromium, app):
    context = chromium.new_context(viewport=PHONE, permissions=[])
    page = opened(SimpleNamespace(context=context), app, written((WORKOUT,)))
    begun(page)

    def told():
        page.clock.run_for(200)
        return page.locator(".trouble").inner_text()

    until(page, lambda: "You did not allow motion" in told() and "without distance" in told())
    expect(page.locator(".word")).to_have_text("WALK")
    context.close()


def test_a_phone_without_a_motion_sensor_goes_on_and_says_so(phone, app):
    phone.context.add_init_script("delete window.DeviceMotionEvent")
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)

    def told():
        page.clock.run_for(200)
        return page.locator(".trouble").inner_text()

    until(page, lambda: "This phone gives no motion to a page" in told())
    expect(page.locator(".word")).to_have_text("WALK")


def test_touches_in_a_pocket_reach_nothing(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    page.get_by_role("button", name="Lock").click()
    stop = page.get_by_role("button", name="STOP").bounding_box()
    page.mouse.click(stop["x"] + 20, stop["y"] + 20)
    page.get_by_role("button", name="Hold to unlock").click()
    page.clock.run_for(400)
    expect(page.locator(".cover")).to_be_visible()
    expect(page.locator(".word")).to_be_visible()
    box = page.get_by_role("button", name="Hold to unlock").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.clock.run_for(1400)
    page.mouse.up()
    expect(page.locator(".cover")).to_be_hidden()


#: A receiver that says what it is handed.
RECEIVER = """navigator.geolocation.watchPosition = (fine) => { window.fix = fine; return 1; };
navigator.geolocation.clearWatch = () => undefined;"""
#: A second of a walk: [at, force, rate] and [at, speed, course], in milliseconds since the session began.
WALKED = """([begun, motion, fixes]) => {
  const real = Date.now;
  for (const [at, force, rate] of motion) {
    Date.now = () => begun + at;
    const [x, y, z] = force;
    const [alpha, beta, gamma] = rate;
    const event = { accelerationIncludingGravity: { x, y, z }, rotationRate: { alpha, beta, gamma }, interval: 40 };
    dispatchEvent(new DeviceMotionEvent("devicemotion", event));
  }
  for (const [at, speed, heading] of fixes) {
    Date.now = () => begun + at + 300;
    const coords = { latitude: 60, longitude: 25, altitude: null, accuracy: 4, speed, heading };
    window.fix({ timestamp: begun + at, coords });
  }
  Date.now = real;
}"""


def walks(page, walk, seconds):
    """Carry the phone through some seconds of a walk, from where it was."""
    events = walk.events()
    for second in range(walk.done, walk.done + seconds):
        inside = [event for event in events if second <= event[1] < second + 1]
        motion = [
            [1000 * at_s, force, np.degrees(rate).tolist()] for kind, at_s, force, rate in
            (event for event in inside if event[0] == "m")
        ]  # fmt: skip
        fixes = [[1000 * event[2], event[3], event[4]] for event in inside if event[0] == "f"]
        page.evaluate(WALKED, [walk.begun_ms, motion, fixes])
        page.clock.run_for(1000)
    walk.done += seconds


def walking(phone, app, walk):
    phone.context.add_init_script(RECEIVER)
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    walk.done, walk.begun_ms = 0, page.evaluate("Date.now()")
    return page


def test_the_phone_tells_which_way_it_goes_and_counts_backward_metres(phone, app, tmp_path):
    walk = Walk(60.0, body=(20.5,))
    page = walking(phone, app, walk)
    walks(page, walk, 3)
    says(page, "which way: cannot tell")
    walks(page, walk, 15)
    says(page, "going forward")
    page.get_by_role("button", name="Skip").click()
    walks(page, walk, 12)
    says(page, "going backward", "BACK")
    expect(page.locator("main")).not_to_contain_text("This was to be")
    page.get_by_role("button", name="STOP").click()
    page.get_by_role("button", name="Later").click()
    file = tmp_path / "home.jsonl.gz"
    saved(page).save_as(file)
    store = open_store(tmp_path / "home")
    (entry,) = import_file(store, file.name, file.read_bytes(), now=BEGINS + timedelta(hours=1))
    told = store.recording(entry.activity_ids[0]).stream_with("live_forward_share").columns["live_forward_share"]
    assert (told[12:17] > 0.8).all() and (told[23:28] < 0.2).all() and (told[:4] == 0.5).all()
    live = activity_page(store, entry.activity_ids[0]).live
    assert live.forward_s >= 6 and live.backward_s >= 6


def test_it_says_once_and_calmly_that_it_goes_the_other_way(phone, app):
    walk = Walk(60.0)
    page = walking(phone, app, walk)
    walks(page, walk, 18)
    page.get_by_role("button", name="Skip").click()
    walks(page, walk, 9)
    says(page, "going forward; this was to be backward")
    expect(page.locator(".look")).to_have_text("This was to be backward.")
    walks(page, walk, 6)
    expect(page.locator(".look")).not_to_have_text("This was to be backward.")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".seen")).not_to_contain_text("this was to be")


def test_what_was_not_said_can_be_said_later_and_a_fall_asks_for_the_head(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    moves(page, 4)
    page.get_by_role("button", name="STOP").click()
    head = page.get_by_role("group", name="Did you hit your head", exact=False)
    expect(head).to_be_hidden()
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Say how it was").click()
    page.get_by_role("group", name="Did you fall?").get_by_label("Yes").check()
    head.get_by_label("Yes").check()
    page.get_by_role("button", name="Keep it").click()
    says(page, "Stop here", "A blow to the head")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_role("button", name="Say how it was")).to_have_count(0)
    says(page, "Your plan waits", "A blow to the head", "You fell: nothing backward for 48 hours")
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_pain_over_its_limit_is_answered_at_once_and_no_session_begins_before_newer_ones_came(phone, app):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    moves(page, 4)
    page.get_by_role("button", name="STOP").click()
    says(page, "How was it?")
    page.get_by_label("Place 1", exact=True).select_option("left knee")
    page.get_by_label("Pain of place 1").select_option("8")
    page.get_by_role("button", name="Keep it").click()
    says(page, "Your plan waits", "Pain 8 of 10", "have it looked at before you go backward again")
    page.get_by_role("button", name="Go on").click()
    says(page, "Stopped", "is on this phone")
    page.get_by_role("button", name="Later").click()
    says(page, "Your plan waits", "scan the code anew")
    expect(page.get_by_role("button", name="Start")).to_have_count(0)
    page.reload()
    says(page, "Your plan waits")
    moves(page, 1)
    page.evaluate("link => { location.hash = link }", written((WORKOUT,)))
    expect(page.get_by_role("button", name="Start")).to_have_count(1)
    expect(page.locator("#held")).to_have_count(0)


def test_the_days_after_a_session_ask_once_each_and_the_answer_goes_home(phone, app, tmp_path):
    page = opened(phone, app, written((WORKOUT,)))
    begun(page)
    moves(page, 4)
    page.get_by_role("button", name="STOP").click()
    says(page, "How was it?")
    page.get_by_role("button", name="Later").click()
    says(page, "Stopped", "is on this phone")
    page.close()
    for day, sore in ((1, "3"), (2, "0")):
        page = opened(phone, app, at=BEGINS + timedelta(days=day))
        page.get_by_role("button", name="Say how it is").click()
        says(page, "day after First steps backward" if day == 1 else "days after First steps backward")
        if day == 1:
            page.clock.resume()  # what looks at the page waits by the page's own clock
            looked_at(page)
            page.get_by_label("Place 1", exact=True).select_option("left knee")
            page.get_by_label("Pain of place 1").select_option("2")
        page.get_by_role("group", name="How sore are your calves?").get_by_label(sore, exact=True).check()
        page.get_by_role("button", name="Save it").click()
        expect(page.locator("h1")).to_have_text("Backward")
        expect(page.get_by_role("button", name="Say how it is")).to_have_count(0)
        if day == 1:
            page.close()
    download = saved(page)
    file = tmp_path / download.suggested_filename
    download.save_as(file)
    store = open_store(tmp_path / "home")
    import_file(store, file.name, file.read_bytes(), now=BEGINS + timedelta(days=3))
    found = {said.moment: said for said in store.check_ins()}
    assert set(found) == {Moment.DAY_1, Moment.DAY_2} and dict(found[Moment.DAY_1].pain_nrs) == {"left knee": 2.0}
    assert (found[Moment.DAY_1].calf_soreness_nrs, found[Moment.DAY_2].calf_soreness_nrs) == (3.0, 0.0)
    store.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_screen_can_be_read_and_reached(phone, app, theme, tmp_path):
    page = opened(phone, app, written((WORKOUT,)))
    page.clock.resume()  # what looks at the page waits by the page's own clock
    page.emulate_media(color_scheme=theme)
    looked_at(page)
    page.get_by_role("button", name="Start").click()
    looked_at(page)
    page.get_by_label("I walked the lane forward", exact=False).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".word")).to_be_visible()
    looked_at(page, contrast=7.0)
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".go")).to_have_attribute("data-direction", "backward")
    looked_at(page, contrast=7.0)
    page.get_by_role("button", name="STOP").click()
    says(page, "How was it?")
    page.get_by_role("group", name="Did you fall?").get_by_label("Yes").check()
    page.locator("summary", has_text="A warning sign?").click()
    looked_at(page)
    page.get_by_label("Chest pain", exact=False).check()
    page.get_by_role("button", name="Keep it").click()
    says(page, "Stop here", "the emergency number, now")
    looked_at(page)
    page.get_by_role("button", name="Back").click()
    says(page, "Stopped")
    looked_at(page)


def looked_at(page, contrast=None):
    """Hold a screen to axe, to its width and, where it is read in the sun, to a contrast of 7 : 1."""
    assert overflow_px(page) <= 0
    page.evaluate(AXE.read_text() + "\n;0")
    rules = ["color-contrast-enhanced"] if contrast else []
    found = page.evaluate(
        "rules => axe.run(document, rules.length ? {runOnly: {type: 'rule', values: rules}} : {})"
        ".then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' | ')))",
        rules,
    )
    assert found == []
