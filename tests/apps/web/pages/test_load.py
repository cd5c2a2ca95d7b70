"""The page of loads and the load of one run, as a browser without script sees them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.apps.browsing import parsed

from backward_running.apps.web.drawing.load_lines import HEIGHT, picture
from backward_running.core.direction import Direction
from backward_running.flows import load
from backward_running.flows.load_views import Series

FELT = {"moment": "after", "perceived_exertion_cr10": "5"}
DAYS = [date(2026, 1, 1) + timedelta(days=day) for day in range(400)]


def text_of(reply) -> str:
    return " ".join(" ".join(parsed(reply.text).text).split())


def test_an_empty_store_offers_a_way_in(empty):
    words = text_of(empty.get("/load"))
    assert "Nothing is loaded yet" in words
    assert "resting heart rate, maximal heart rate" in words  # the fields that would bring zones


def test_the_ledgers_stand_side_by_side_and_say_what_they_lack(full):
    words = text_of(full.get("/load?by=exertion"))
    ledger = words[words.index("minutes Forward") :]
    assert ledger.index("Forward") < ledger.index("Backward") < ledger.index("Unknown")
    assert "≥ 0" in words
    assert "Say how hard these felt" in words
    assert "Nothing here adds forward and backward" in words
    assert "never as rest" in words
    assert "hazard of injury is 1.64 times as high, 30 to 100 % over 1.52, more than 100 % over 2.28" in words
    assert "Nobody has measured it running backward" in words


def test_an_exertion_moves_only_what_was_run(full):
    before = load.load_page(full.store, now=_now(full))
    assert full.submit("/check-in", FELT | {"activity_id": full.ids[0]}).status_code in (200, 303)
    after = load.load_page(full.store, now=_now(full), measure=load.Measure.EXERTION)
    assert before.forward.week.value_au != after.forward.week.value_au
    assert after.backward.week.value_au == pytest.approx(5 * 100 / 60)


def _now(browser):
    return browser.app.state.now()


@pytest.mark.parametrize("address", ["/load?by=x&span=y", "/load?by=minutes&span=all&weeks=all", "/load?span=2y"])
def test_words_of_the_address_never_break_the_page(full, address):
    assert full.get(address).status_code == 200


def test_borders_are_kept_and_impossible_ones_come_back_as_typed(full):
    assert full.submit("/load/zones", {"borders": "110 130 150"}).headers["location"] == "/load?kept#zones"
    reply = full.submit("/load/zones", {"borders": "150 <b>130"})
    assert reply.status_code == 422
    words = parsed(reply.text)
    assert any(tag == "input" and given.get("value") == "150 <b>130" for tag, given in words.tags)
    assert any(given.get("aria-invalid") == "true" for _, given in words.tags)
    assert "The borders must be whole numbers; you wrote 150 <b>130. Write where each zone begins" in text_of(reply)
    assert load.own_borders_bpm(full.store) == (110, 130, 150)
    assert "≥ 150" in text_of(full.get("/load"))


def test_the_ratio_is_off_and_never_stands_without_its_criticism(full):
    assert "ratio" not in _terms(full.get("/load"))
    full.submit("/load/ratio", {"ratio": "on"})
    reply = full.get("/load")
    assert "ratio" in _terms(reply)
    assert "criticised as an artefact" in text_of(reply)


def _terms(reply) -> list[str]:
    return re.findall(r"<dt>(\w+)</dt>", reply.text)


def test_older_runs_are_counted_on_request(full):
    for activity_id in full.ids:
        session = full.store.session(activity_id)
        full.store.put_session(replace(session, loads=None, hearts=None), full.store.row(activity_id))
    assert "2 older runs have no load yet" in text_of(full.get("/load"))
    assert "not known, and not 0" in text_of(full.get(f"/runs/{full.ids[0]}"))
    assert full.submit("/load/fill").headers["location"] == "/load?filled=2"
    assert "Every run has its load now" in text_of(full.get("/load?filled=2"))


def test_a_run_shows_its_load_by_direction(full):
    words = text_of(full.get(f"/runs/{full.ids[0]}"))
    assert "the first backward running in 30 days: there is nothing to compare with" in words
    assert "The parts add up to the run" in words
    full.submit("/load/zones", {"borders": "110 130 150"})
    words = text_of(full.get(f"/runs/{full.ids[0]}"))
    assert "8:20 100" in words  # forward: 500 s at 150 beats, all in the third zone
    assert "1:40 100" in words


def test_a_line_breaks_where_it_is_not_known_and_stays_in_its_picture():
    form: list[float | None] = [None if day < 10 else -5.0 for day in range(400)]
    drawn = picture(Series(Direction.FORWARD, [20.0] * 400, [30.0] * 400, form, True), DAYS, "f")
    assert drawn.form.count("M") == 1
    assert 0 < drawn.top_y < drawn.zero_y < HEIGHT
    assert [mark.words for mark in drawn.months][:2] == ["Jan", "Mar"]
    assert picture(Series(Direction.BACKWARD, [0.0] * 400, [0.0] * 400, form, False), DAYS, "b") is None
