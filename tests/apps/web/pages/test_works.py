"""Does it work, for me: what is measured goes in by one form, and every page says what it does not know."""

from __future__ import annotations

import re

from tests.apps.browsing import NOW

from backward_running.core.athlete import CheckIn


def _measured(browser, value, **more):
    return browser.submit("/works/measured", {"kind": "weight", "value": value, "on": "", "note": "", **more})


def test_a_measurement_goes_in_is_shown_and_taken_back(empty):
    assert _measured(empty, "71.5").headers["location"] == "/works?saved&kind=weight"
    page = empty.get("/works/weight").text
    assert "71.5 kg" in page and "No backward running is known yet" in page
    (back,) = re.findall(r'action="(/works/measured/\w+/back)"', page)
    empty.submit(back, {})
    assert empty.store.measurements() == ()


def test_pounds_go_in_and_come_out_where_they_are_the_unit(empty):
    empty.store.put_setting("units", "imperial")
    _measured(empty, "158")
    (kept,) = empty.store.measurements()
    assert round(kept.value, 2) == 71.67
    assert "158.0 lb" in empty.get("/works/weight").text


def test_every_promise_has_a_page_of_its_own_and_the_false_one_says_so(empty):
    page = empty.get("/works").text
    addresses = set(re.findall(r'href="(/works/[\w%:]+)"', page))
    assert len(addresses) >= 14
    for address in addresses:
        assert empty.get(address).status_code == 200, address
    assert "Its own source does not say so" in empty.get("/works/weight").text


def test_nothing_says_that_it_works(full):
    words = full.get("/works").text
    assert "“Works” is never said here" in words
    assert full.get("/works", headers={"Accept": "application/json"}).json()["claims"] == 0


def test_a_test_is_one_tap_away_and_its_result_goes_where_measurements_go(empty):
    assert 'href="/works/test/backward_walk"' in empty.get("/works").text
    page = empty.get("/works/test/single_leg_stance").text
    assert "data-stopwatch" in page and 'data-limit="60.0"' in page and 'data-into="value"' in page
    assert "may be alike" in page and 'name="kind" value="single_leg_stance"' in page
    assert "data-down" in empty.get("/works/test/standard_run").text
    empty.submit("/works/measured", {"kind": "single_leg_stance", "value": "21.5", "on": "", "note": ""})
    assert "21.5 s" in empty.get("/works/test/single_leg_stance").text
    assert empty.get("/works/test/weight").status_code == 404


def test_while_a_warning_sign_stands_no_test_begins(empty):
    assert "/works/test/sprint_20m" in empty.get("/works").text
    assert "data-stopwatch" in empty.get("/works/test/sprint_20m").text
    empty.store.add_check_in(CheckIn(NOW, red_flags=("chest_pain",)))
    whole, test = empty.get("/works").text, empty.get("/works/test/sprint_20m").text
    assert "/works/test/" not in whole and "Not now" in whole
    assert "data-stopwatch" not in test and "Call the emergency number" in test
