from __future__ import annotations

import re
import shutil

import pytest
from starlette.testclient import TestClient
from tests.apps.browsing import BASE, NOW, browse, post_doors, track_file
from tests.apps.unchanged import everything_in

from backward_running.apps.web import server
from backward_running.apps.web.keys import Keys
from backward_running.apps.web.responses import download
from backward_running.apps.web.security import Fence
from backward_running.apps.web.server import create_app
from backward_running.store import open_store

CHANGES = (
    "/runs/x/paint", "/runs/x/undo", "/runs/x/rename", "/runs/x/delete", "/import", "/import/file", "/plan/start",
    "/plan/draft", "/check-in", "/settings/look", "/settings/you", "/settings/one", "/settings/zone", "/demo", "/demo/clear", "/runs/x/laps",
    "/plan/start/details", "/plan/changes/take", "/plan/changes/keep", "/plan/workout/x/match", "/ceilings",
    "/ceilings/clear", "/clearing/mistake", "/clearing/clinician", "/conditions/x/stage", "/plan/export/feed", "/plan/export/feed/close",
    "/plan/export/clock", "/load/zones", "/load/ratio", "/load/fill", "/runs/x/sensor",
    "/import/together", "/import/under-way", "/import/waiting/x", "/plan/start/not-now", "/plan/workout/x/said", "/plan/workout/x/said/back", "/plan/workout/x/moved", "/plan/workout/x/as-planned", "/plan/workout/x/as-planned/back", "/clearing/over",
    "/runs/x/zone", "/runs/x/sport", "/runs/said", "/said", "/said/before", "/said/x/back",
    "/demo/leave", "/plan/phone", "/plan/phone/pair", "/plan/phone/forget",
    "/plan/phone/sensors", "/plan/phone/sensors/end", "/plan/export/intervals", "/plan/export/intervals/off", "/plan/export/intervals/send",
    "/plan/treadmill",
    "/plan/treadmill/look", "/plan/treadmill/do", "/plan/treadmill/stop", "/plan/treadmill/end", "/runs/x/merge", "/runs/x/split", "/runs/x/trim", "/runs/x/undo-edit", "/runs/x/note", "/runs/x/photos",
    "/runs/x/photos/remove", "/runs/x/privacy", "/settings/folder", "/settings/sources", "/settings/privacy", "/settings/privacy/home",
    "/settings/privacy/remove", "/shoes", "/shoes/retire", "/spots/place", "/spots/x", "/trash/empty", "/trash/restore", "/works/experiments", "/works/experiments/end", "/works/ask/x", "/works/measured",
    "/works/measured/x/back", "/works/x/device",
    "/people/show", "/settings/people", "/settings/people/x/name", "/settings/people/x/first", "/settings/people/x/erase",
)  # fmt: skip


def test_every_change_is_in_the_list_above(empty):
    routes = {re.sub(r"\{\w+\}", "x", path) for path in post_doors(empty.app)}
    assert routes == set(CHANGES)


@pytest.fixture(scope="module")
def refused(filled, tmp_path_factory):
    """One browser for everything that is refused: none of it may change what the next one finds."""
    home = shutil.copytree(filled.home, tmp_path_factory.mktemp("refused") / "home")
    store = open_store(home)
    browser = browse(store)
    browser.get("/")
    before = everything_in(home)
    yield browser
    assert everything_in(home) == before
    store.close()


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("token", [None, "", "0" * 64, "ünicode"])
def test_no_change_without_a_token(refused, path, token):
    reply = refused.post(path, data={} if token is None else {"csrf_token": token})
    assert reply.status_code == 403
    assert "nothing was changed" in reply.text


def test_the_token_of_another_visit_does_not_fit(full):
    other = browse(full.store)
    token = other.token()
    full.get("/")
    assert full.post("/settings/look", data={"csrf_token": token, "units": "imperial"}).status_code == 403
    assert other.post("/settings/look", data={"csrf_token": token, "units": "imperial"}).status_code == 303


def test_an_upload_needs_the_token_too(empty):
    empty.get("/")
    assert empty.post("/import/file", files={"files": ("a.fit", track_file())}).status_code == 403
    assert empty.get("/runs").text.count("<li>") == 0


def test_pages_survive_a_restart_of_the_server_while_the_secret_stays(full):
    token, secret = full.token(), b"s" * 32
    for keys, status in ((Keys(b"other" * 8), 403), (full.app.state.keys, 303)):
        again = TestClient(create_app(full.store, keys=keys, now=lambda: NOW), base_url=BASE, follow_redirects=False)
        again.cookies = full.cookies
        assert again.post("/settings/look", data={"csrf_token": token, "units": "metric"}).status_code == status
    assert Keys(secret).is_visit(Keys(secret).new_visit()) and Keys(secret).launch != Keys(secret).launch


def test_tokens_depend_on_secret_visit_and_who_is_shown():
    keys = Keys(b"one")
    token = keys.token("visit", "anna")
    assert keys.fits("visit", token, "anna")
    assert not keys.fits("other", token, "anna")
    assert not keys.fits("visit", token, "ben")
    assert not Keys(b"two").fits("visit", token, "anna")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8484", "", "192.168.0.7"]
)
def test_another_name_for_this_machine_is_refused(empty, host):
    reply = empty.get("/", headers={"Host": host})
    assert reply.status_code == 421
    assert reply.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8484", "localhost:8484", "LOCALHOST", "[::1]:8484"])
def test_the_names_of_this_machine_are_answered(empty, host):
    assert empty.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8484"])
def test_a_foreign_origin_changes_nothing(full, origin):
    reply = full.submit("/settings/look", {"units": "imperial"}, headers={"Origin": origin})
    assert reply.status_code == 403
    assert 'data-units="metric"' in full.get("/").text


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_browser_saying_that_another_site_asks_is_enough(full, site):
    assert full.submit("/settings/look", {"units": "imperial"}, headers={"Sec-Fetch-Site": site}).status_code == 403
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "cors"}
    assert full.get(f"/runs/{full.ids[0]}/data.json", headers=headers).status_code == 403
    assert full.get("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/nope", "/health", "/static/nope.css", "/runs.csv", "/import"])
def test_every_answer_carries_the_headers(full, path):
    headers = full.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_an_upload_that_is_too_large_is_refused_before_it_is_kept(full):
    fence = Fence(
        full.app, keys=full.app.state.keys, refuse=server.show_refused, break_down=server.show_bug, limit_bytes=1000
    )
    small = TestClient(fence, base_url=BASE, follow_redirects=False)
    token = full.token()
    small.cookies = full.cookies
    headers = {"X-CSRF-Token": token}
    reply = small.post("/import/file", headers=headers, files={"files": ("big.fit", b"x" * 2000)})
    assert reply.status_code == 413

    def chunks():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="big.fit"\r\n\r\n'
        yield from (b"x" * 500 for _ in range(5))

    headers["Content-Type"] = "multipart/form-data; boundary=x"
    unstated = small.post("/import/file", headers=headers, content=chunks())
    assert unstated.status_code == 413


def test_names_of_files_are_escaped_in_headers():
    header = download('a"\r\nSet-Cookie: x=1; é.fit', b"", "text/plain").headers["content-disposition"]
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2
    assert "%C3%A9" in header


def test_there_is_no_api_description_to_browse(empty):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert empty.get(path).status_code == 404
