from __future__ import annotations

import json
import re
import shutil

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.apps.browsing import NOW, Browser, track_file
from tests.store.regions import park, prepared

from backward_running.apps.cli.region import DEMO_NAME, demo_ground
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.apps.lan.phone_door import phone_door
from backward_running.apps.web.demo_store import DemoStore
from backward_running.apps.web.server import create_app
from backward_running.flows import intake, phone, phones, spots
from backward_running.formats.phone_link import read_fragment
from backward_running.store import open_store
from backward_running.store.region_file import RegionFolder

NEAR = "/spots?near=60.1705,24.9390&radius=2"


@pytest.fixture
def browser(new_home, tmp_path):
    with prepared(park(tmp_path), tmp_path):
        pass
    store, regions = open_store(new_home), RegionFolder(tmp_path)
    browser = Browser(create_app(store, now=lambda: NOW, regions=regions), follow_redirects=False)
    browser.store = store
    yield browser
    regions.close()
    store.close()


def keys(page):
    return re.findall(r'<h2><a href="/spots/([^"]+)"', page)


def test_the_list_has_a_map_reasons_and_whose_data_it_is(browser):
    page = browser.get(NEAR).text
    assert len(keys(page)) == 3
    assert page.count("© OpenStreetMap contributors") == 2 and "Open Database License" in page
    assert "surface unknown" in page or "nobody says" in page
    assert "lighting unknown" in page and "walk a stretch forward" in page
    assert not re.search(r"\bsafe", page, re.I)
    svg = re.search(r'<svg viewBox="0 0 720.*?</svg>', page, re.S)[0]
    assert svg.count('class="g-spot"') == 3 and 'class="g-path g-line"' in svg and 'class="g-grass g-area"' in svg


def test_what_speaks_against_a_spot_stands_before_what_speaks_for_it(browser):
    page = browser.get(NEAR).text
    for spot in page.split('<li class="card spot">')[1:]:
        assert spot.index("spot-unknown") < spot.index("spot-for")
        if "spot-against" in spot:
            assert spot.index("spot-against") < spot.index("spot-unknown")


def test_only_one_kind_may_be_asked_for(browser):
    assert len(keys(browser.get(NEAR + "&kind=pitch").text)) == 1
    assert len(keys(browser.get(NEAR + "&kind=nonsense").text)) == 3


def test_a_spot_is_marked_and_counts_and_is_forgotten(browser):
    (key, *_) = keys(browser.get(NEAR + "&kind=path").text)
    page = browser.get(f"/spots/{key}").text
    assert "Walk it forward first" in page and "The spotter stands" in page and "Long Alley" in page
    assert "Today the sun is up from 0" in page and "one sees without a lamp from" in page
    before = re.search(r'spot-score"><b>(\d+)', page)[1]
    said = {"known": "yes", "in_plan": "yes", "note": "even & <wide>", "length_m": "42.5"}
    assert browser.submit(f"/spots/{key}", said).headers["location"] == f"/spots/{key}"
    page = browser.get(f"/spots/{key}").text
    assert "even &amp; &lt;wide&gt;" in page and 'value="42.5"' in page
    assert int(re.search(r'spot-score"><b>(\d+)', page)[1]) > int(before)
    assert spots.ticked(browser.store)[key].in_plan
    assert "known to you" in browser.get(NEAR).text
    browser.submit(f"/spots/{key}", {})
    assert spots.ticked(browser.store) == {}


def test_what_cannot_be_said_stays_in_the_form(browser):
    (key, *_) = keys(browser.get(NEAR).text)
    for wrong in ("many", "1", "-5"):
        reply = browser.submit(f"/spots/{key}", {"known": "yes", "note": "typed", "length_m": wrong})
        assert reply.status_code == 422 and "typed" in reply.text and f'value="{wrong}"' in reply.text
    assert spots.ticked(browser.store) == {}


def test_the_place_is_kept_where_that_is_asked_for(browser):
    assert 'value="60.17100, 24.94000"' in browser.get("/spots").text  # the middle of the region
    browser.get(NEAR)
    assert 'value="60.17100, 24.94000"' in browser.get("/spots").text
    assert browser.submit("/spots/place", {"near": "60.1705, 24.9390", "radius": "2"}).headers["location"] == "/spots"
    page = browser.get("/spots").text
    assert 'value="60.17050, 24.93900"' in page and 'value="2"' in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("near=here", "two numbers"),
        ("near=99,1", "latitude"),
        ("near=48.2,16.4", "lies outside what is prepared"),
        ("near=60.1705,24.9390&radius=0", "between 0.1 and 50 km"),
        ("near=60.1705,24.9390&radius=500", "between 0.1 and 50 km"),
        ("near=60.1705,24.9390&radius=wide", "how far to look"),
    ],
)
def test_what_cannot_be_asked_is_said_and_stays_typed(browser, asked, says):
    reply = browser.get(f"/spots?{asked}")
    assert reply.status_code == 422
    (problem,) = re.findall(r'role="alert">([^<]*)<', reply.text)
    assert says in problem and problem.endswith(".")
    assert asked.split("near=")[1].split("&")[0] in reply.text


def test_an_island_is_said(browser):
    page = browser.get("/spots?near=60.1728,24.9448&radius=0.1").text
    assert "nothing straight and open of 20 m" in page


def test_files_of_a_spot_say_whose_data_they_are(browser):
    (key, *_) = keys(browser.get(NEAR + "&kind=path").text)
    told = json.loads(browser.get(f"/spots/{key}/spot.geojson").content)
    assert told["geometry"]["type"] == "LineString" and "OpenStreetMap" in told["properties"]["attribution"]
    assert told["properties"]["reasons"]["grade"]["known"] is False
    root = etree.fromstring(browser.get(f"/spots/{key}/spot.gpx").content)
    assert len(root.findall(".//{*}rtept")) == 2 and len(root.findall("{*}wpt")) == 2
    assert "opendatacommons" in etree.tostring(root).decode()


def test_a_spot_that_is_gone_says_so(browser):
    reply = browser.get("/spots/w999.1")
    assert reply.status_code == 404 and "newer map" in reply.text


def test_without_a_map_the_page_says_how_to_get_one(new_home):
    store = open_store(new_home)
    for regions in (None, RegionFolder(new_home / "none")):
        page = Browser(create_app(store, now=lambda: NOW, regions=regions)).get("/spots").text
        assert "backward region prepare" in page and "Nothing is fetched by itself" in page
    store.close()


def test_a_session_names_a_spot_only_where_it_is_known_and_in_the_plan(filled, tmp_path):
    with prepared(park(tmp_path), tmp_path):
        pass
    store = open_store(shutil.copytree(filled.home, tmp_path / "home"))
    regions = RegionFolder(tmp_path)
    browser = Browser(create_app(store, now=lambda: NOW, regions=regions))
    address = f"/plan/workout/{filled.workout_id}"
    page = browser.get(address).text
    assert "No place that you know is in your plan yet" in page and "Long Alley" not in page
    spots.tick(store, spots.Ticked("w21.1", "park", known=True))
    assert "Long Alley" not in browser.get(address).text
    spots.tick(store, spots.Ticked("w21.1", "park", known=True, in_plan=True, length_m=25.0))
    page = browser.get(address).text
    assert "Long Alley" in page and "25\u00a0m" in page and "walk back forward in between" in page
    assert "treadmill with rail" in page
    phone.put_app_address(store, "https://phone.example/")
    link = re.search(r"https://phone\.example/(#s=[\w-]+)", browser.get("/plan/phone").text)[1]
    lanes = [session["lane"] for session in read_fragment(link)["sessions"] if "lane" in session]
    assert lanes and all(lane.startswith("Long Alley (path), 25\u00a0m") for lane in lanes)
    assert all("your chest facing" in lane and "60.17" not in lane for lane in lanes)
    assert _fetched(LocalNetwork(store, tmp_path, "192.168.1.20", 8485, 8486, lambda: NOW, regions=regions)) == lanes
    regions.close()
    store.close()


def test_without_a_map_the_runs_show_where_they_keep_to_a_line(new_home):
    store = open_store(new_home)
    for day in (16, 17, 18):
        intake.import_file(store, f"{day}.fit", track_file(day=day, length_s=600 + day), now=NOW)
    browser = Browser(create_app(store, now=lambda: NOW), follow_redirects=False)
    page = browser.get("/spots").text
    (key,) = re.findall(r'href="/spots/(own[^"]+)"', page)
    assert "From your own runs" in page and "run on 3 days, 3 times; last on 18" in page
    assert page.count('class="g-spot"') == 1 and "OpenStreetMap contributors" not in page
    page = browser.get(f"/spots/{key}").text
    assert "no map was asked what stands beside the line" in page and "Nothing is mapped within 3 m" not in page
    assert "Walk it forward first" in page and not re.search(r"\bsafe", page, re.I)
    assert browser.submit(f"/spots/{key}", {"known": "yes", "in_plan": "yes"}).status_code == 303
    assert "known to you" in browser.get("/spots").text
    assert b"OpenStreetMap" not in browser.get(f"/spots/{key}/spot.gpx").content
    told = json.loads(browser.get(f"/spots/{key}/spot.geojson").content)
    assert told["properties"]["attribution"] == "from the runner's own runs"
    store.close()


@pytest.mark.slow
def test_the_demo_shows_spots_at_once(new_home, monkeypatch, tmp_path):
    from backward_running.flows import demo

    monkeypatch.setattr(demo, "load_demo", lambda store, *, today, now: iter(()))
    store = open_store(new_home)
    beside = DemoStore(tmp_path / "demo", open_store, demo_ground)
    browser = Browser(create_app(store, now=lambda: NOW, demo=beside), follow_redirects=False)
    browser.submit("/demo")
    page = browser.get("/spots").text
    assert len(keys(page)) == 20 and "© OpenStreetMap contributors" in page
    browser.submit("/demo/leave")
    assert "No map is prepared yet" in browser.get("/spots").text
    again = demo_ground(tmp_path / "demo-ground")
    assert [head.name for head in again.heads()] == [DEMO_NAME]
    beside.close()
    store.close()
    shutil.rmtree(tmp_path / "demo-ground")


def _fetched(lan):
    """Return the places of the sessions that a paired phone fetches."""
    _, secret = phones.pair(lan.store, "x", now=NOW)
    headers = {"Authorization": f"Bearer {secret}"}
    asks = TestClient(phone_door(lan), base_url=lan.app_url, client=("192.168.1.31", 50000), headers=headers)
    sessions = read_fragment(asks.get("/api/sessions").json()["link"])["sessions"]
    return [session["lane"] for session in sessions if "lane" in session]
