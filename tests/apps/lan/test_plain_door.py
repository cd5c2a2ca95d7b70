"""What goes without encryption: how to install the certificate, and the calendar."""

from __future__ import annotations

import hashlib

import pytest
from starlette.routing import Route
from tests.apps.lan.conftest import PLAIN

from backward_running.apps.lan import authority
from backward_running.flows import feed


def test_there_are_no_other_routes_than_these(laptop):
    found = {route.path for route in laptop.plain.app.routes if isinstance(route, Route)}
    assert found == {"/", "/backward-authority.cer", "/calendar/{token}.ics", "/sensors/{token}"}


def test_the_guide_shows_the_fingerprint_of_what_it_hands_out(laptop):
    asks = laptop.asks(PLAIN)
    page, certificate = asks.get("/"), asks.get("/backward-authority.cer")
    print_ = hashlib.sha256(certificate.content).digest().hex(":").upper()
    assert print_ in page.text and print_ == authority.known(laptop.lan.folder).fingerprint
    assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
    assert laptop.lan.app_url in page.text and "<script" not in page.text
    assert "KEY" not in certificate.text.upper()[:40]


def test_the_calendar_comes_by_its_own_address_until_that_is_taken_back(planned):
    token = feed.open_feed(planned.store)
    asks = planned.asks(PLAIN)
    assert asks.get(f"/calendar/{token}.ics").text.startswith("BEGIN:VCALENDAR")
    feed.close_feed(planned.store)
    gone = asks.get(f"/calendar/{token}.ics")
    assert gone.status_code == 404 and "taken back" in gone.json()["message"]


def test_a_paired_phone_gets_nothing_in_clear(laptop):
    asks = laptop.paired()
    clear = laptop.asks(PLAIN)
    clear.headers = asks.headers
    for path in ("/api/sessions", "/api/pair", "/index.html", "/plan", "/static/app.css"):
        assert clear.get(path).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8484", "192.168.1.20:8486"])
def test_it_answers_under_its_own_name_only(laptop, host):
    assert laptop.asks(PLAIN).get("/", headers={"Host": host}).status_code == 421
