"""Cut the small map that ships with the demo out of an extract of OpenStreetMap.

``python -m tools.demo_region EXTRACT`` writes ``src/backward_running/apps/web/demo_ground.osm.pbf``: the parks of
Helsinki where the demo runner runs, with the tags that are read and nothing else. The data is © OpenStreetMap
contributors and stays under the Open Database License; who made what, and when, is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import osmium

from backward_running.core.ground import Box
from backward_running.store.osm_extract import KEPT, WANTED

TARGET = Path(__file__).resolve().parents[1] / "src" / "backward_running" / "apps" / "web" / "demo_ground.osm.pbf"
#: From the railway station to the bay: what lies round the courses of the simulated runner.
BOX = Box(24.9360, 60.1700, 24.9530, 60.1785)
#: Houses and single trees are most of a city, and little of where somebody runs.
LARGEST_BYTES = 400_000


def cut(source: Path, target: Path, box: Box = BOX) -> int:
    """Write the cut; return its size in bytes."""
    wanted = _wanted(source, box)
    header = osmium.io.Header()
    header.set("generator", "backward-running tools.demo_region")
    header.set("osmosis_replication_timestamp", _date_of(source))
    header.add_box(osmium.osm.Box(box.west_deg, box.south_deg, box.east_deg, box.north_deg))
    with osmium.SimpleWriter(str(target), overwrite=True, header=header) as writer:
        thing: Any
        for thing in osmium.FileProcessor(str(source)):
            if (thing.type_str(), thing.id) in wanted:
                tags = {tag.k: tag.v for tag in thing.tags if tag.k in KEPT or tag.k == "type"}
                writer.add(thing.replace(tags=tags, user="", uid=0, changeset=0, version=1))
    return target.stat().st_size


def _wanted(source: Path, box: Box) -> set[tuple[str, int]]:
    """Return what is written, by type and id: what touches the box and has a tag that is read, with all its parts."""
    inside = _inside(source, box)
    tagged = osmium.filter.KeyFilter(*WANTED)
    read = osmium.FileProcessor(str(source)).with_filter(tagged)
    wanted = {(thing.type_str(), thing.id) for thing in read} & inside
    for kind in ("r", "w"):  # relations bring ways, and ways bring nodes
        thing: Any
        for thing in osmium.FileProcessor(str(source)):
            if (thing.type_str(), thing.id) in wanted and thing.type_str() == kind:
                parts = [(m.type, m.ref) for m in thing.members] if kind == "r" else [("n", n.ref) for n in thing.nodes]
                wanted.update(part for part in parts if part[0] != "r")
    return wanted


def _inside(source: Path, box: Box) -> set[tuple[str, int]]:
    """Return what touches the box: type and id."""
    found: set[tuple[str, int]] = set()
    thing: Any
    for thing in osmium.FileProcessor(str(source)).with_locations():
        if thing.is_node():
            places = [thing.location]
        elif thing.is_way():
            places = [node.location for node in thing.nodes if node.location.valid()]
        else:
            if any((member.type, member.ref) in found for member in thing.members):
                found.add((thing.type_str(), thing.id))
            continue
        if any(box.holds(place.lat, place.lon) for place in places):
            found.add((thing.type_str(), thing.id))
    return found


def _date_of(source: Path) -> str:
    """Return the moment of the newest thing in it."""
    things: Any = osmium.FileProcessor(str(source))
    newest = max(thing.timestamp for thing in things)
    return str(newest.strftime("%Y-%m-%dT%H:%M:%SZ"))


def main(arguments: list[str]) -> int:
    """Cut, and say how large it is."""
    if len(arguments) != 1:
        sys.stderr.write("python -m tools.demo_region EXTRACT\n")
        return 2
    size = cut(Path(arguments[0]), TARGET)
    sys.stdout.write(f"{TARGET.name}: {size:,} bytes\n")
    return 0 if size <= LARGEST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
