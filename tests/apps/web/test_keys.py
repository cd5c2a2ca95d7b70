"""Only who has the key comes in: no route answers anybody else, whatever they send."""

from __future__ import annotations

import itertools

import pytest
from starlette.testclient import TestClient
from tests.apps.browsing import BASE
from tests.apps.web.routes import METHODS, OPEN, addresses, asked_all

from backward_running.apps.web.keys import Keys, cookie_name, cookie_of

HOSTS = {"127.0.0.1:8484": True, "evil.example": False}
ORIGINS = {None: True, BASE: True, "http://evil.example": False, "null": False}
#: What a page of this app sends, and an old browser.
OURS = ((BASE, "same-origin"), (None, None))
SITES = {None: True, "none": True, "same-origin": True, "same-site": False, "cross-site": False}


@pytest.fixture
def stranger(full):
    """Somebody else on this machine, at the same server."""
    return TestClient(full.app, base_url=BASE, follow_redirects=False)


def _sent(**headers):
    return {name.replace("_", "-"): value for name, value in headers.items() if value is not None}


def test_no_route_answers_without_the_key_whatever_is_sent(full):
    """Every route × method × Host × Origin × Sec-Fetch-Site: nobody without the cookie gets anything but a refusal."""
    closed = [address for address in addresses(full) if not address.startswith(OPEN)]
    guessed = f"{cookie_name(8484)}=guessed.0"
    cases = [
        (method, address, _sent(Host=host, Origin=origin, Sec_Fetch_Site=site, Cookie=guessed))
        for address, method, host, origin, site in itertools.product(closed, METHODS, HOSTS, ORIGINS, SITES)
        if method in ("GET", "POST")
        or (origin, site) == (None, None)  # to the fence every method but the safe ones is a POST
    ]
    assert len(cases) > 6_000
    for case, (status, headers, body) in zip(cases, asked_all(full.app, cases), strict=True):
        assert status == (403 if HOSTS[case[2]["Host"]] else 421), case
        assert "set-cookie" not in headers and b"Hill path" not in body, case


def test_what_is_open_holds_nothing_of_anybody(full, stranger):
    assert stranger.get("/health").json().keys() == {"program", "version"}
    assert stranger.get("/calendar/guessed.ics").status_code == 404
    for path in ("/calendar/guessed.ics", "/static/nope.css"):
        assert "csrf" not in stranger.get(path).text, "not even the look that somebody chose"


def test_with_the_key_the_fence_against_other_pages_still_holds(full):
    """Every route × method × Origin × Sec-Fetch-Site with the cookie: only pages of this app change anything."""
    let_in = f"{cookie_name(8484)}={full.app.state.keys.new_visit()}"
    cases = [
        (method, address, _sent(Host="127.0.0.1:8484", Origin=origin, Sec_Fetch_Site=site, Cookie=let_in))
        for address, method, origin, site in itertools.product(addresses(full), ("POST", "DELETE"), ORIGINS, SITES)
        if (origin, site) in OURS or not (ORIGINS[origin] and SITES[site])
    ]
    for case, (status, _, body) in zip(cases, asked_all(full.app, cases), strict=True):
        ours = ORIGINS[case[2].get("Origin")] and SITES[case[2].get("Sec-Fetch-Site")]
        # Without a token even a page of this app is refused; another method than those of a route is not known.
        assert status in ({403, 404, 405} if ours else {403}), (case, status)
        assert ours or b"Another web page" in body


def test_the_key_gets_a_cookie_and_leaves_the_address(full, stranger):
    key = full.app.state.keys.launch
    assert stranger.get("/runs?key=wrong").status_code == 403
    assert stranger.post(f"/settings/look?key={key}").status_code == 403
    reply = stranger.get(f"/runs?text=hill&key={key}&sport=a%26b")
    assert (reply.status_code, reply.headers["location"]) == (303, "/runs?text=hill&sport=a%26b")
    cookie = reply.headers["set-cookie"]
    assert cookie.startswith(f"{cookie_name(8484)}=") and key not in cookie
    assert all(word in cookie for word in ("; Path=/", "HttpOnly", "SameSite=Strict"))
    assert stranger.get(reply.headers["location"]).status_code == 200
    again = stranger.get(f"/?key={key}")
    assert stranger.cookies[cookie_name(8484)] in again.headers["set-cookie"], "open pages keep their tokens"


@pytest.mark.parametrize("path", ["//evil.example/", "/%5C/evil.example", "///evil.example"])
def test_the_key_leads_to_no_other_machine(full, stranger, path):
    reply = stranger.get(f"{path}?key={full.app.state.keys.launch}")
    assert reply.headers["location"].startswith("/") and not reply.headers["location"].startswith(("//", "/\\"))


def test_from_a_link_elsewhere_the_browser_is_led_on_by_a_page(full, stranger):
    """A strict cookie is not sent behind a redirect that began at another site (a file on disk, a mail)."""
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    reply = stranger.get(f'/runs?text="><b>&key={full.app.state.keys.launch}', headers=headers)
    assert reply.status_code == 200 and "set-cookie" in reply.headers
    assert 'content="0; url=/runs?text=%22%3E%3Cb%3E"' in reply.text


def test_who_is_not_let_in_reads_how_to_open_it(stranger):
    reply = stranger.get("/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert reply.status_code == 403 and "<h1>" in reply.text
    assert "`backward open`" in reply.text and "csrf" not in reply.text
    assert "backward open" in stranger.get("/runs", headers={"Accept": "application/json"}).json()["message"]
    assert "<html" not in stranger.get("/runs", headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "ü.ü", "." * 99, 'backward_visit_8484="', "a" * 5000])
def test_no_other_cookie_opens(stranger, cookie):
    assert stranger.get("/", headers={"Cookie": f"{cookie_name(8484)}={cookie}".encode()}).status_code == 403


def test_keys_are_new_at_every_launch_and_cookies_hold_as_long_as_the_secret():
    first, second, other = Keys(b"1" * 32), Keys(b"1" * 32), Keys(b"2" * 32)
    visit = first.new_visit()
    assert second.is_visit(visit) and not other.is_visit(visit) and visit != first.new_visit()
    assert first.opens(first.launch) and not first.opens(second.launch) and not first.opens("")
    assert cookie_of(f"a=b; {cookie_name(1)}=c", cookie_name(1)) == "c"
    assert cookie_of("", "a") is None
