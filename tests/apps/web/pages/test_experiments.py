"""Experiments in a browser: how long it takes is told first, what is written down is shown, and a stop keeps all shut."""

from __future__ import annotations

from datetime import timedelta

from tests.apps.conftest import NOW

from backward_running.core.athlete import CheckIn

PAGE = "/works/experiments"
ASK = f"{PAGE}?ask=pairs_of_weeks+enjoyment"


def _written(browser, **more):
    begins = (NOW + timedelta(days=1)).date().isoformat()
    typed = {"ask": "pairs_of_weeks enjoyment", "begins": begins, "units": "6", "after": ""}
    return browser.submit(PAGE, typed | more)


def test_it_is_asked_written_down_shown_and_ended(empty):
    assert "fewer than four weeks of readings" in empty.get(ASK).text
    assert _written(empty).headers["location"] == f"{PAGE}?written"
    page = empty.get(PAGE).text
    assert "The next answer comes on" in page and "no backward sessions" in page and "Frozen as" in page
    assert "It becomes a new version" in page
    assert empty.submit(f"{PAGE}/end", {}).headers["location"] == f"{PAGE}?ended"
    assert "before its time" in empty.get(PAGE).text
    assert len(empty.get(PAGE, headers={"Accept": "application/json"}).json()) == 1


def test_today_says_what_the_experiment_asks_for(full):
    _written(full)
    assert "It begins on" in full.get("/").text


def test_a_stop_shows_itself_and_no_form(empty):
    empty.store.add_check_in(CheckIn(NOW, red_flags=("chest_pain",)))
    page = empty.get(ASK).text
    assert "Write it down and draw" not in page
    assert _written(empty).status_code >= 400
