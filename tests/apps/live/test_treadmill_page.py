"""On the treadmill, in the browser: devices, steps, a word about the direction, an indoor run at the end."""

from __future__ import annotations

import pytest
from tests.apps.browsing import NOW, browse
from tests.apps.live.radios import ToldRadio

from backward_running.apps.live.treadmill_desk import TreadmillDesk
from backward_running.apps.live.under_way import DEAD_AFTER_S, FOLDER, take_in_left_over
from backward_running.core.athlete import CheckIn, Moment
from backward_running.flows import people
from backward_running.flows.coach import add_check_in
from backward_running.store import open_store

PAGE = "/plan/treadmill"


class Clock:
    def __init__(self):
        self.at_s = 0.0

    def __call__(self):
        return self.at_s


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


@pytest.fixture
def rig(store, new_home):
    browser = browse(store, follow=True)
    clock = Clock()
    desk = browser.app.state.treadmill = TreadmillDesk(new_home, ToldRadio, clock)
    yield browser, desk, clock
    desk.close()


def ticked(desk, store, clock, at_s):
    """Let the desk's own thread see a moment. It ticks twice a second; the test does not wait for that."""
    clock.at_s = at_s
    desk.session_of(store).tick(at_s)


def test_a_session_without_a_plan_becomes_an_indoor_run_with_the_runners_word(rig, store):
    browser, desk, clock = rig
    page = browser.submit(f"{PAGE}/look").text
    assert "Belt 3: treadmill" in page and "Strap: heart rate strap" in page and "safety clip" in page
    page = browser.submit(PAGE, {"device": ["F1", "F2"], "session": ""}).text
    assert "Ask the belt to stop" in page
    desk.session_of(store).take("treadmill", bytes.fromhex("0800 6801 0f00 ff7f"), 0.0)
    ticked(desk, store, clock, 1.0)
    live = browser.get(f"{PAGE}/now").text
    assert "3.6" in live and "1.5" in live and ">?<" in live, "which way nobody knows yet"
    page = browser.submit(f"{PAGE}/do", {"what": "backward"}).text
    assert 'data-direction="backward"' in page
    for second in range(2, 30):
        desk.session_of(store).take("treadmill", bytes.fromhex("0800 6801 0f00 ff7f"), float(second))
        ticked(desk, store, clock, float(second))
    assert "safety clip" in browser.submit(f"{PAGE}/stop").text
    assert "be one of skip" in browser.submit(f"{PAGE}/do", {"what": "faster"}).text
    run = browser.submit(f"{PAGE}/end").text
    assert "On the treadmill" in run
    (activity,) = store.activities()
    recording = store.recording(activity.activity_id)
    assert recording.indoor and recording.main.columns["grade_ratio"][5] == pytest.approx(0.015)
    assert "No session on a treadmill goes on" in browser.submit(f"{PAGE}/end").text
    assert not list(desk._folder.glob(f"{FOLDER}/*.jsonl"))


def test_what_cannot_be_is_said_in_a_sentence(rig, store, monkeypatch):
    browser, desk, _ = rig
    assert "Look again" in browser.submit(PAGE, {"device": ["F1"]}).text
    desk.look()
    assert "planned for a treadmill" in browser.submit(PAGE, {"device": ["F1"], "session": "w99-9"}).text
    assert "Look again" in browser.submit(PAGE, {"session": ""}).text
    browser.submit(PAGE, {"device": ["F1"], "session": ""})
    assert "be the only one" in browser.submit(PAGE, {"device": ["F1"], "session": ""}).text
    monkeypatch.setattr(ToldRadio, "refuses", "No Bluetooth answers on this machine: switch it on.")
    desk.close()
    assert "No Bluetooth answers" in browser.submit(f"{PAGE}/look").text
    monkeypatch.setattr(ToldRadio, "refuses", None)
    monkeypatch.setattr(ToldRadio, "found", ())
    assert "Nothing that speaks was found" in browser.submit(f"{PAGE}/look").text


def test_while_something_stops_the_plan_no_session_begins(rig, store):
    browser, desk, _ = rig
    desk.look()
    add_check_in(store, CheckIn(made_at=NOW, moment=Moment.AFTER, red_flags=("chest_pain",)))
    page = browser.submit(PAGE, {"device": ["F1"], "session": ""}).text
    assert "Nothing of the plan is given out now" in page and desk.now(store) is None


def test_a_death_loses_five_seconds_at_most_and_the_rest_comes_in_by_itself(rig, store):
    _, desk, clock = rig
    desk.look()
    desk.begin(store, ["F1"], None, now=NOW)
    for second in range(60):
        desk.session_of(store).take("treadmill", bytes.fromhex("0000 6801"), float(second))
        ticked(desk, store, clock, float(second))
        desk._going.write()
    (path,) = desk._folder.glob(f"{FOLDER}/*.jsonl")
    kept = path.read_bytes()  # a death leaves what is on the disk, and nothing else
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert take_in_left_over(desk._folder, store, now=NOW, clock=lambda: path.stat().st_mtime + 5) == [], (
        "a room that is open is left alone"
    )
    desk.close()
    path.write_bytes(kept)
    later = path.stat().st_mtime + DEAD_AFTER_S + 1
    (entry,) = take_in_left_over(desk._folder, store, now=NOW, clock=lambda: later)
    assert entry.status == "new" and not path.exists()
    assert store.recording(entry.activity_ids[0]).duration_s >= 59 - 5


def test_who_did_not_begin_it_neither_sees_nor_ends_it(rig, store):
    browser, desk, _ = rig
    desk.look()
    other = store.of(people.add(store, "Ben").athlete_id)
    desk.begin(other, ["F1"], None, now=NOW)
    assert desk.now(store) is None and "Find the devices" in browser.get(PAGE).text
    assert "No session on a treadmill" in browser.submit(f"{PAGE}/end").text
    assert desk.now(other) is not None
