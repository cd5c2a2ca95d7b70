"""Prepare the map of where you run, and say what was prepared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import folder_of, json_option, say_json, say_table
from backward_running.core.errors import UnreadableFile

if TYPE_CHECKING:
    from backward_running.core.ground import Box, Heights, RegionHead
    from backward_running.store.region_file import RegionFolder

#: Folder of the prepared maps, beside the store.
FOLDER = "regions"
#: The map that ships with the demo: `python -m tools.demo_region` cuts it.
DEMO_EXTRACT, DEMO_NAME = "demo_ground.osm.pbf", "Helsinki"
HOW = (
    "An extract of OpenStreetMap is a file: download.geofabrik.de has one for each country and most of their parts "
    "(a city 1 to 50 MB), and openstreetmap.org exports what you see. © OpenStreetMap contributors, ODbL."
)


def regions_of(ctx: click.Context) -> RegionFolder:
    """Return the regions of the store of ``--home``."""
    from backward_running.store.region_file import RegionFolder

    return RegionFolder(folder_of(ctx) / FOLDER)


def demo_ground(folder: Path) -> RegionFolder:
    """Return the map of the demo in a folder; it is prepared there from the extract that ships with the program."""
    from backward_running.apps import web
    from backward_running.flows.region import prepare
    from backward_running.store.osm_extract import OsmExtract
    from backward_running.store.region_file import RegionFile, RegionFolder

    regions = RegionFolder(folder)
    if not regions.heads():
        extract = OsmExtract(Path(web.__file__).with_name(DEMO_EXTRACT))
        with RegionFile.make(regions.path(DEMO_NAME)) as making:
            prepare(making, extract, DEMO_NAME)
    return regions


@click.command("region")
@click.argument("what", type=click.Choice(["list", "prepare", "forget"]), default="list")
@click.argument("which", required=False, metavar="[EXTRACT]")
@click.option("--heights", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A tile: N42E001.hgt.")
@click.option("--name", help="What to call it; by default as the extract is called.")
@json_option
@click.pass_context
def region_command(
    ctx: click.Context, what: str, which: str | None, heights: Path | None, name: str | None, as_json: bool
) -> None:
    """Prepare the map of where you run, for spots and for the ground under runs; or show what was prepared.

    `prepare EXTRACT` reads an extract of OpenStreetMap from your disk (.osm.pbf, .osm, .osm.gz, .osm.bz2), `forget
    NAME` deletes a region. Nothing is fetched. Extracts are at download.geofabrik.de (a city 1 to 50 MB); heights are
    tiles of the SRTM mission such as N42E001.hgt.
    """
    regions = regions_of(ctx)
    if what == "prepare":
        head = _prepare(regions, _wanted(which, "prepare EXTRACT"), heights, name)
        if as_json:
            say_json(head)
        else:
            _say(head)
        return
    if what == "forget":
        path = regions.path(_wanted(which, "forget NAME"))
        regions.region(path.stem)
        path.unlink()
        click.echo(f"The region {path.stem} is deleted; the extract it was made of is not.")
        return
    heads = regions.heads()
    if as_json:
        say_json(heads)
    elif not heads:
        click.echo(f"No region is prepared yet: backward region prepare EXTRACT. {HOW}")
    else:
        say_table(
            ("region", "map of", "stretches", "things", "heights"),
            [
                (head.name, head.source_date or "unknown", head.stretches, head.objects, head.heights or "–")
                for head in heads
            ],
            right=(2, 3),
        )


def _wanted(which: str | None, how: str) -> str:
    if which is None:
        raise click.UsageError(f"Say which: backward region {how}")
    return which


def _prepare(regions: RegionFolder, extract: str, heights: Path | None, name: str | None) -> RegionHead:
    from backward_running.apps.worker_processes import WorkerProcesses
    from backward_running.flows.region import prepare
    from backward_running.store.height_tile import read_tile
    from backward_running.store.osm_extract import OsmExtract
    from backward_running.store.region_file import RegionFile

    source = Path(extract)
    if not source.is_file():
        raise UnreadableFile(f"There is no file {source}; give the path of an extract. {HOW}")

    def heights_in(box: Box) -> tuple[Heights, str] | None:
        found = None if heights is None else read_tile(heights, box)
        if heights is not None and found is None:
            click.echo(f"The tile {heights.name} lies elsewhere: grades stay unknown.", err=True)
        return None if found is None or heights is None else (found, heights.name)

    called = name or source.name.split(".osm")[0]
    opened = OsmExtract(source)
    workers = WorkerProcesses()  # none is started before a map is large enough
    try:
        with RegionFile.make(regions.path(called)) as making:
            return prepare(making, opened, regions.path(called).stem, heights_of=heights_in, workers=workers)
    finally:
        workers.close()


def _say(head: RegionHead) -> None:
    from backward_running.apps.words.spots import border_words, map_words

    click.echo(f"{head.name}: {head.stretches:,} stretches found among {head.objects:,} things of the map.")
    click.echo(f"{map_words(head)} {border_words(head)}".strip())
    click.echo("Next: backward spots --near LAT,LON --radius 3km")
