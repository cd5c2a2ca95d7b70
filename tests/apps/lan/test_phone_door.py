"""What a phone may do: with a code, once; then fetch sessions and bring recordings, and nothing else."""

from __future__ import annotations

import json
import stat

import pytest
from starlette.routing import Route
from tests.apps.browsing import NOW
from tests.apps.lan.conftest import HOME, SECURE, Parcel, lines
from tests.apps.web.routes import METHODS, routes
from tests.formats.test_phone_answers import answers
from tests.formats.test_phone_session import HEAD, session

from backward_running.apps.lan.pairing import LASTS, TRIES
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import CheckIn
from backward_running.flows import coach, people
from backward_running.flows.phones import MOST_PHONES
from backward_running.formats.phone_link import read_fragment

ANYBODY = {"/", "/index.html", "/app.js", "/style.css", "/sw.js", "/manifest.webmanifest", "/third-party-notices.txt",
           "/icon-180.png", "/icon-192.png", "/icon-512.png"}  # fmt: skip
PAIRED = {"/api/sessions", "/api/recordings/{key}", "/api/said"}


def paths(door):
    return {route.path for route in door.app.routes if isinstance(route, Route)}


def test_there_are_no_other_routes_than_these(laptop):
    assert paths(laptop.secure) == ANYBODY | PAIRED | {"/api/pair"}


@pytest.mark.parametrize("method", METHODS)
def test_who_is_not_paired_gets_files_that_are_everybodys_and_nothing_else(laptop, method):
    for bearer in ("", "Bearer ", "Bearer x", "Basic eDp4", "Bearer " + "0" * 64):
        for path in PAIRED:
            reply = laptop.asks().request(method, path.replace("{key}", "0" * 64), headers={"Authorization": bearer})
            assert reply.status_code in (401, 404), path
    for path in ANYBODY:
        assert laptop.asks().get(path).status_code == 200


def test_a_paired_phone_may_ask_no_route_of_the_app(planned):
    """Neither through its own door nor through that of the laptop's own browser."""
    app = create_app(planned.store, now=lambda: NOW)
    phone = planned.paired()
    asked = 0
    for path, methods in routes(app):
        for method in sorted(methods):
            address = path.replace("{", "").replace("}", "").split(":")[0]
            if address not in ANYBODY:
                assert phone.request(method, address).status_code == 404, address
            asked += 1
    from starlette.testclient import TestClient

    inner = TestClient(app, base_url="http://127.0.0.1:8484", headers=phone.headers, follow_redirects=False)
    for path, methods in routes(app):
        if path in ("/health", "/calendar/{token}.ics") or path.startswith("/static"):
            continue
        for method in sorted(methods):
            assert inner.request(method, path.split("{")[0] or "/").status_code in (403, 404, 405), path
            asked += 1
    assert asked > 200


def test_a_code_pairs_one_phone_once(laptop):
    code = laptop.lan.pairing.new_code(laptop.lan.store.athlete_id).digits
    told = laptop.pair(f"{code[:4]} {code[4:]}", "Sam’s\nphone ").json()
    (phone,) = laptop.store.phones()
    assert phone.name == told["name"] == "Sam’s phone" and told["secret"] not in repr(phone)
    assert "No phone is being paired" in laptop.pair(code).json()["message"]
    assert laptop.lan.pairing.code(laptop.store.athlete_id) is None


def test_a_code_dies_of_age_of_wrong_tries_and_of_a_clock_that_was_set_back(laptop):
    pairing = laptop.lan.pairing
    code = pairing.new_code("mine").digits
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(TRIES - 1):
        assert "not the code" in laptop.pair(wrong).json()["message"]
    assert f"wrong {TRIES} times" in laptop.pair(wrong).json()["message"]
    assert laptop.pair(code).status_code == 409 and laptop.store.phones() == ()
    for step in (LASTS, -LASTS):
        code = pairing.new_code("mine").digits
        laptop.clock.at += step * 1.01
        assert "minutes old" in laptop.pair(code).json()["message"]


def test_more_phones_than_anybody_has_are_refused(laptop):
    for _ in range(MOST_PHONES):
        laptop.paired()
    assert (
        "Forget one" in laptop.pair(laptop.lan.pairing.new_code(laptop.lan.store.athlete_id).digits).json()["message"]
    )


def test_a_phone_that_was_forgotten_is_told_so_and_gets_nothing(laptop):
    asks = laptop.paired()
    laptop.store.forget_phone(laptop.store.phones()[0].phone_id)
    for reply in (asks.get("/api/sessions"), Parcel().send(asks)):
        assert reply.status_code == 401 and "forgotten there: pair it anew" in reply.json()["message"]
    assert laptop.store.counts().activities == 0


def test_it_fetches_the_sessions_of_the_week(planned):
    told = planned.paired().get("/api/sessions").json()
    coming = [workout.workout_id for workout in coach.current_plan(planned.store).workouts()]
    sessions = [each["id"] for each in read_fragment(told["link"])["sessions"]]
    assert sessions and set(sessions) <= set(coming)
    assert told["now_ms"] == NOW.timestamp() * 1000


def test_a_warning_sign_takes_the_sessions_from_the_phone(planned):
    asks = planned.paired()
    coach.add_check_in(planned.store, CheckIn(NOW, red_flags=("chest_pain",)))
    told = asks.get("/api/sessions").json()
    assert told["link"] is None and told["why"]


def test_a_phone_is_of_who_paired_it_and_brings_what_it_recorded_to_nobody_else(planned):
    ben = planned.store.of(people.add(planned.store, "Ben").athlete_id)
    asks = planned.asks()
    code = planned.lan.pairing.new_code(ben.athlete_id).digits
    assert planned.lan.pairing.code(planned.store.athlete_id) is None
    asks.headers["Authorization"] = f"Bearer {planned.pair(code, 'Ben’s phone', asks).json()['secret']}"
    before = planned.store.counts().activities
    assert "no plan" in asks.get("/api/sessions").json()["why"]
    assert Parcel().send(asks).json()["done"]
    assert (planned.store.counts().activities, ben.counts().activities) == (before, 1)
    assert planned.paired().get("/api/sessions").json()["link"]
    people.erase(planned.store, ben.athlete_id, typed="Ben")
    assert asks.get("/api/sessions").status_code == 401


def test_without_a_plan_it_says_so(laptop):
    assert "no plan" in laptop.paired().get("/api/sessions").json()["why"]


def test_a_recording_comes_in_by_pieces_goes_on_where_it_broke_and_counts_once(laptop):
    asks, parcel = laptop.paired(), Parcel()
    half = len(parcel.bytes) // 2
    assert parcel.state(asks) == {"have": 0, "done": False, "message": ""}
    assert parcel.send(asks, 0, half).json()["have"] == half
    assert parcel.send(asks, 0, half).json()["have"] == half, "a piece that is sent twice is not added twice"
    assert parcel.send(asks, half + 9).json()["have"] == half, "a hole is not filled with what comes after it"
    part = next((laptop.lan.folder / "backward.deliveries").glob("*/*.part"))
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert parcel.state(asks)["have"] == half
    told = parcel.send(asks, half).json()
    assert told["done"] and told["message"]
    assert parcel.send(asks).json() == told == parcel.state(asks), (
        "who did not hear it asks again, and is told the same"
    )
    assert laptop.store.counts().activities == 1
    assert not list((laptop.lan.folder / "backward.deliveries").glob("*/*.part"))


def test_the_laptop_may_die_between_two_pieces(laptop, new_home):
    asks, parcel = laptop.paired(), Parcel()
    parcel.send(asks, 0, 500)
    laptop.store.close()
    from tests.apps.lan.conftest import Laptop

    again = Laptop(new_home, laptop.clock.at)
    other = again.asks()
    other.headers = asks.headers
    assert parcel.state(other)["have"] == 500
    assert parcel.send(other, 500).json()["done"]
    again.store.close()


def test_what_was_damaged_on_the_way_comes_once_more(laptop):
    asks, parcel = laptop.paired(), Parcel()
    parcel.bytes, sound = parcel.bytes[:-9] + b"damaged!!", parcel.bytes
    assert parcel.send(asks).json() == {"have": 0, "done": False, "message": ""}
    parcel.bytes = sound
    assert parcel.send(asks).json()["done"]


def test_one_of_a_newer_app_stays_on_the_phone_and_its_warning_sign_comes_in(laptop):
    asks = laptop.paired()
    parcel = Parcel(session(head=HEAD | {"version": 9}) + lines(answers(red_flags=["chest_pain"])))
    told = parcel.send(asks).json()
    assert not told["done"] and "is of version 9" in told["message"] and "update it" in told["message"]
    assert [each.red_flags for each in laptop.store.check_ins()] == [("chest_pain",)]
    assert parcel.state(asks) == told, "it is not sent again to a program that cannot read it"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b'{"format": "other"}\n', b"<gpx/>"])
def test_nothing_but_sessions_of_the_app_comes_in(laptop, data):
    told = Parcel(data).send(laptop.paired()).json()
    assert not told["done"] and "no session that the app recorded" in told["message"]
    assert laptop.store.counts().activities == 0


def test_two_phones_with_one_session_are_both_in_and_the_second_is_told(laptop):
    first, second = laptop.paired("Sam"), laptop.paired("Kim")
    assert "too" not in Parcel().send(first).json()["message"]
    other = Parcel(session(head=HEAD | {"place": "waist"}))
    told = other.send(second).json()
    assert told["done"] and "Sam brought this session, too" in told["message"]


def test_what_is_said_later_comes_in_on_the_run(laptop):
    asks, parcel = laptop.paired(), Parcel()
    parcel.send(asks)
    body = lines(HEAD, answers(exertion_cr10=4))
    for words in ("came in as a check-in", "said before"):
        reply = asks.post(f"/api/said?recording={parcel.key}", content=body)
        assert words in reply.json()["message"]
    (check_in,) = laptop.store.check_ins()
    assert check_in.activity_id is not None and check_in.perceived_exertion_cr10 == 4
    assert "not what the app says" in asks.post("/api/said", content=b"{}").json()["message"]


@pytest.mark.parametrize(
    "query", ["", "at=0", "at=-1&size=9", "at=x&size=9", "at=0&size=0", "at=0&size=99999999999", "at=٣&size=9"]
)
def test_a_piece_that_does_not_say_where_it_belongs_is_refused(laptop, query):
    reply = laptop.paired().post(f"/api/recordings/{'0' * 64}?{query}", content=b"x")
    assert reply.status_code in (413, 422) and reply.json()["message"]


@pytest.mark.parametrize("key", ["x", "..%2f..%2fbackward", "A" * 64, "0" * 63])
def test_a_recording_is_named_by_its_hash(laptop, key):
    assert laptop.paired().get(f"/api/recordings/{key}").status_code in (404, 422)


@pytest.mark.parametrize("body", [b"", b"[]", b"nothing", b"[" * 5000, json.dumps({"code": 5}).encode()])
def test_a_request_that_is_none_is_refused(laptop, body):
    reply = laptop.asks().post("/api/pair", content=body)
    assert reply.status_code in (409, 422) and reply.json()["message"]


@pytest.mark.parametrize("client", ["8.8.8.8", "2001:db8::1", "::1"])
def test_who_is_not_in_the_network_is_not_answered(laptop, client):
    assert laptop.asks(client=client).get("/").status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8484", "localhost", f"{HOME}.evil.example:8486", HOME])
def test_it_answers_under_its_own_name_only(laptop, host):
    assert laptop.asks().get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", f"http://{HOME}:8486", f"https://{HOME}:8485"])
def test_another_page_sends_nothing(laptop, origin):
    asks = laptop.paired()
    asks.headers["Origin"] = origin
    assert Parcel().send(asks).status_code == 403
    asks.headers["Origin"] = SECURE
    assert Parcel().send(asks).json()["done"]


def test_another_site_may_lead_here_and_ask_nothing(laptop):
    asks = laptop.paired()
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert asks.get("/api/sessions", headers=headers).status_code == 403
    assert asks.get("/", headers=headers | {"Sec-Fetch-Mode": "navigate"}).status_code == 200


def test_too_much_at_once_is_refused(laptop):
    assert laptop.paired().post(f"/api/recordings/{'0' * 64}?at=0&size=9", content=b"x" * 3_000_000).status_code == 413


@pytest.mark.parametrize("path", ["/", "/nope", "/api/sessions", "/app.js"])
def test_every_answer_carries_the_headers(laptop, path):
    headers = laptop.asks().get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
