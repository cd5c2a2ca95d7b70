"""The page that says how the plan leaves the program, and what it hands out."""

from __future__ import annotations

import io
import re
import zipfile

import icalendar
import pytest
from starlette.testclient import TestClient
from tests.apps.browsing import BASE, parsed

PAGE = "/plan/export"


def test_without_a_plan_it_says_where_to_begin(empty):
    page = empty.get(PAGE).text
    assert "There is no plan yet" in page and 'href="/plan/start"' in page
    assert ".fit.zip" not in page


def test_every_file_it_offers_is_there(full):
    page = full.get(PAGE)
    assert page.status_code == 200
    links = [
        attributes["href"] for name, attributes in parsed(page.text).tags if name == "a" and "download" in attributes
    ]
    assert len(links) >= 7
    for link in links:
        reply = full.get(link)
        assert reply.status_code == 200, link
        assert reply.headers["content-disposition"].startswith("attachment")
        if link.endswith(".zip"):
            names = zipfile.ZipFile(io.BytesIO(reply.content)).namelist()
            ending = link.split(".")[-2].replace("numbered", "-numbered.fit")
            assert names and all(name.endswith(ending) for name in names)


def test_a_calendar_subscribes_until_the_address_is_taken_back(full):
    shown = full.submit(f"{PAGE}/feed")
    address = re.search(r"http://127\.0\.0\.1:8484(/calendar/[\w-]+\.ics)", shown.text)[1]
    assert address not in full.get(PAGE).text and "An address was given out" in full.get(PAGE).text
    reply = TestClient(full.app, base_url=BASE).get(address)  # a calendar program sends no cookie and no token
    assert reply.headers["content-type"].startswith("text/calendar")
    assert len(icalendar.Calendar.from_ical(reply.content).walk("VEVENT")) > 10
    assert full.submit(f"{PAGE}/feed/close").status_code == 303
    assert "An address was given out" not in full.get(PAGE).text
    assert full.get(address).status_code == 404


def test_a_foreign_page_cannot_open_a_feed(full):
    assert full.post(f"{PAGE}/feed", data={}).status_code == 403
    assert "/calendar/" not in full.get(PAGE).text.replace('/calendar"', "")


def test_the_hour_is_kept_and_a_wrong_zone_loses_nothing(full):
    typed = {"at": "18:30", "zone": "Europe/Helsinki", "remind_min": "60"}
    assert full.submit(f"{PAGE}/clock", typed).status_code == 303
    assert 'value="Europe/Helsinki"' in full.get(PAGE).text
    reply = full.submit(f"{PAGE}/clock", typed | {"zone": "Helsinki"})
    assert reply.status_code == 422
    assert "Europe/Helsinki" in reply.text and 'value="Helsinki"' in reply.text and 'value="18:30"' in reply.text


def test_a_red_flag_stops_what_somebody_might_follow(full):
    assert full.submit("/check-in", {"red_flags": "chest_pain"}).status_code == 303
    page = full.get(PAGE).text
    assert "nothing is given out" in page and ".fit.zip" not in page and "plan.pdf" not in page
    assert full.get("/plan.pdf").status_code == 422


@pytest.mark.parametrize("path", ["/plan/week/99.fit.zip", "/plan/week/1.exe.zip", "/plan/workout/none.fit"])
def test_what_is_not_there_is_said(full, path):
    assert full.get(path).status_code == 404


def test_a_run_is_handed_out_without_its_backward_part(full):
    for ending in ("forward-only.fit", "backward-as-rest.fit", "forward-only.gpx"):
        reply = full.get(f"/runs/{full.ids[0]}/{ending}")
        assert reply.status_code == 200 and len(reply.content) > 1000
    assert full.get(f"/runs/{full.ids[1]}/forward-only.fit").status_code == 422
