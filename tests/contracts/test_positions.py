"""Of what lies in a privacy zone no position leaves, at any door. Every door is found, none is listed by hand: an
export, a page or a command that is new and does not ask fails here."""

from __future__ import annotations

import inspect
import itertools
import re
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from tests.apps.browsing import NOW, browse, track_file, unplanned_file
from tests.contracts.test_stops import pages

from backward_running import formats
from backward_running.apps.cli import _shared, backward
from backward_running.core.errors import BackwardRunningError
from backward_running.core.ports import ActivityQuery
from backward_running.core.privacy import PrivacyZone
from backward_running.flows import export, forward_only, intake, privacy
from backward_running.store import open_store

#: The track goes straight north from here: the first 111 m of it have latitudes that begin so, and no others have.
HOME = (42.5, 1.5)
TELLS = "42.500"
#: What is wholly the runner's own, and says so: nothing is hidden in it.
OWN = {"/runs/{activity_id}/original", "/settings/privacy"}
OWN_FLOWS, OWN_KINDS = {"original"}, {"original"}


@pytest.fixture
def opened(new_home, monkeypatch):
    monkeypatch.setattr(_shared, "machine_clock", lambda: NOW)
    store = open_store(new_home)
    (entry,) = intake.import_file(store, "hill.fit", track_file(), now=NOW)
    yield SimpleNamespace(store=store, home=new_home, activity_id=entry.activity_ids[0])
    store.close()


def tells(data: bytes) -> bool:
    """Say whether something that was given out holds a position near home, as text or in a file of a watch."""
    if TELLS in data.decode("utf-8", "replace"):
        return True
    try:
        recordings = formats.read(data)
    except BackwardRunningError:
        return False
    tracks = [stream for one in recordings for stream in one.streams if stream.has("latitude_deg")]
    return any(np.nanmin(one.columns["latitude_deg"]) < float(TELLS) + 0.001 for one in tracks)


def open_to_all(opened):
    """Take all zones away: then every door tells where the runner was, and the test sees that it does."""
    for zone in privacy.zones(opened.store).zones:
        privacy.remove(opened.store, zone.name)


def flows():
    found = {
        f"{room.__name__.rpartition('.')[2]}.{name}": one
        for room in (export, forward_only)
        for name, one in vars(room).items()
        if inspect.isfunction(one) and one.__module__ == room.__name__ and not name.startswith("_")
        and next(iter(inspect.signature(one).parameters)) == "store" and name not in OWN_FLOWS
    }  # fmt: skip
    assert set(found) >= {"export.samples_csv", "export.track_geojson", "forward_only.fit", "forward_only.gpx"}
    return found


def calls(function, opened):
    known = {
        "store": [opened.store], "activity_id": [opened.activity_id], "query": [ActivityQuery()],
        "backward": list(forward_only.Backward),
    }  # fmt: skip
    names = list(inspect.signature(function).parameters)
    assert set(names) <= set(known), f"teach this test what {function.__name__} takes: {set(names) - set(known)}"
    for values in itertools.product(*(known[name] for name in names)):
        yield function(*values)[1]


@pytest.mark.parametrize("name", flows())
def test_no_export_tells_where_home_is(opened, name):
    assert not any(map(tells, calls(flows()[name], opened)))


def test_without_a_zone_exports_tell(opened):
    open_to_all(opened)
    telling = {name for name, one in flows().items() if any(map(tells, calls(one, opened)))}
    assert telling >= {"export.samples_csv", "export.track_geojson", "forward_only.fit", "forward_only.gpx"}


def given_out(browser, opened):
    """Return the pages of a run that tell where home is, whole tracks that their runner asks for left out."""
    known = {"activity_id": opened.activity_id, "photo_id": "none"}
    paths = [path for path in pages(browser.app) if set(re.findall(r"\{(\w+)", path)) <= set(known) and path not in OWN]
    return {path for path in paths if tells(browser.get(path.format(**known)).content)}


def test_no_page_tells_where_home_is(opened):
    browser = browse(opened.store)
    assert given_out(browser, opened) == set()
    assert "Show the whole track" in browser.get(f"/runs/{opened.activity_id}").text
    assert tells(browser.get(f"/runs/{opened.activity_id}/data.json?track=whole").content)
    open_to_all(opened)
    assert given_out(browser, opened) >= {
        "/runs/{activity_id}/data.json", "/runs/{activity_id}/samples.csv", "/runs/{activity_id}/track.geojson",
        "/runs/{activity_id}/forward-only.fit", "/runs/{activity_id}/forward-only.gpx",
    }  # fmt: skip


def commands():
    """Yield every way to export something of a run."""
    kinds = next(one for one in backward.get_command(None, "export").params if one.name == "what").type.choices
    for kind in sorted(set(kinds) - OWN_KINDS):
        for ending in ("fit", "rest", "gpx") if kind == "forward-only" else ("fit",):
            yield ["export", kind, "last", "--as", ending, "--to", "-"]
    yield from (["show", "last", "--json"], ["runs", "--json"])


def told_by_commands(opened):
    runs = [CliRunner().invoke(backward, ["--home", str(opened.home), *one]) for one in commands()]
    return [command for command, run in zip(commands(), runs, strict=True) if tells(run.stdout_bytes)]


def test_no_command_tells_where_home_is(opened):
    assert told_by_commands(opened) == []
    open_to_all(opened)
    assert len(told_by_commands(opened)) >= 5


def test_home_stays_well_inside_its_circle_and_is_not_its_middle():
    home = PrivacyZone("home", *HOME, 300.0)
    for seed in map(bytes, ((n,) for n in range(50))):
        north, east = home.middle_deg(seed)
        away_m = np.hypot((north - HOME[0]) * 111_320, (east - HOME[1]) * 111_320 * np.cos(np.radians(HOME[0])))
        assert 0.19 * 300 < away_m < 0.61 * 300
        assert home.holds(np.array([HOME[0]]), np.array([HOME[1]]), seed).all()
    assert not home.holds(np.array([np.nan]), np.array([1.5]), b"x").any()


def test_home_is_where_runs_begin_most_often(opened):
    for day in (18, 19):
        moved = track_file(day=day)
        intake.import_file(opened.store, f"{day}.fit", moved, now=NOW)
    held = privacy.find_home(opened.store)
    assert not held.chosen and [zone.name for zone in held.zones] == ["home"]
    assert abs(held.zones[0].latitude_deg - HOME[0]) < 1e-4


def test_home_is_looked_for_with_every_run_until_one_has_a_position(new_home):
    store = open_store(new_home)
    for length_s in (1500, 1400, 1300):
        intake.import_file(store, f"{length_s}.fit", unplanned_file(length_s=length_s), now=NOW)
        assert privacy.zones(store).zones == ()
    intake.import_file(store, "hill.fit", track_file(), now=NOW)
    assert [zone.name for zone in privacy.zones(store).zones] == ["home"]
    privacy.remove(store, "home")
    assert privacy.zones(store) == privacy.Zones((), chosen=True)
    store.close()


def test_height_and_course_go_with_the_place(opened):
    _, data = export.samples_csv(opened.store, opened.activity_id)
    header, *lines = data.decode().splitlines()
    names = header.split(",")
    first = dict(zip(names, lines[5].split(","), strict=True))
    last = dict(zip(names, lines[-5].split(","), strict=True))
    for column in {"latitude_deg", "longitude_deg", "heading_deg", "course_deg"} & set(names):
        assert first[column] == "" and last[column] != "", column
    assert first["heart_rate_bpm"] and first["distance_m"]
