"""Prepare a region: read an extract once, keep what is of use, and find the stretches in it, piece by piece."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from backward_running import places
from backward_running.core.errors import UnreadableFile
from backward_running.core.ground import Box, Heights, MapObject, RegionHead, Stretch
from backward_running.core.ports.ground import Extract, RegionMaking
from backward_running.core.work import Workers
from backward_running.places import coast

#: The map is worked through in squares of this many degrees: some 2 km by 1 to 2 km, so that memory stays small.
CELL_DEG = 0.02
#: So far round what is asked for the rest of the map is looked at.
ROUND_M = 100.0
#: Nearer to the border of an extract nothing is proposed: what would be in the way may have been cut off.
BORDER_M = 30.0
#: A map of fewer pieces is done before a process has started. Our own choice.
WORTH_PROCESSES = 8


def prepare(
    making: RegionMaking,
    extract: Extract,
    name: str,
    *,
    heights_of: Callable[[Box], tuple[Heights, str] | None] | None = None,
    workers: Workers | None = None,
) -> RegionHead:
    """Make a region of an extract.

    Parameters
    ----------
    making : RegionMaking
        An empty region; it is finished here.
    extract : Extract
        Read once.
    name : str
        What the region is called.
    heights_of : callable, optional
        Returns heights in a rectangle and the name of their tile; None where the tile lies elsewhere.
    workers : Workers, optional
        Processes beside this one, for a map of many pieces. The stretches are the same, in the same order.

    Returns
    -------
    RegionHead
        What came of it: objects, those that were cut at the border, stretches.

    Raises
    ------
    UnreadableFile
        The extract breaks off, or nothing of use is in it.
    """
    edges: list[MapObject] = []
    count = making.add_objects(_noting_coast(extract.objects(), edges))
    covered = making.extent()
    if covered is None:
        raise UnreadableFile(
            f"Nothing that could be run on or drawn is in {extract.name}; choose an extract of where you run."
        )
    box = extract.box or covered
    found = heights_of(box) if heights_of is not None else None
    if found is not None:
        making.put_heights(*found)
    stretches = _add_stretches(making, box, found[0] if found else None, workers)
    # After the stretches: the coast cuts them already, and so does whatever leads over the water.
    making.add_objects(coast.sea(edges, box))
    head = RegionHead(
        name=name,
        source=extract.name,
        source_date=extract.source_date,
        box=box,
        objects=count,
        cut=extract.cut,
        lost=extract.lost,
        stretches=stretches,
        heights=found[1] if found else None,
    )
    making.finish(head)
    return head


def _add_stretches(making: RegionMaking, box: Box, heights: Heights | None, workers: Workers | None) -> int:
    """Find the stretches piece by piece and keep them; return how many."""
    cells = _cells(making)
    begun: deque[Callable[[], tuple[Stretch, ...]]] = deque()
    stretches = 0
    beside = workers if workers is not None and len(cells) >= WORTH_PROCESSES else None
    for area, wanted in _pieces(making, cells):
        things, inside = making.objects(area), box.grown(-BORDER_M)
        if beside is None or not beside.at_once:
            stretches += making.add_stretches(places.find_stretches(things, wanted, inside, heights))
            continue
        begun.append(beside.begin(places.find_stretches, things, wanted, inside, heights))
        if len(begun) > 2 * beside.at_once:  # so many pieces of the map are in memory, however large it is
            stretches += making.add_stretches(begun.popleft()())
    return stretches + sum(making.add_stretches(piece()) for piece in begun)


def _noting_coast(things: Iterable[MapObject], edges: list[MapObject]) -> Iterator[MapObject]:
    """Hand things on, and keep the edges of the sea."""
    for thing in things:
        if coast.is_coast(thing.tags):
            edges.append(thing)
        yield thing


def _cells(making: RegionMaking) -> list[tuple[int, int]]:
    """Return the squares in which anything begins."""
    return sorted({(math.floor(west / CELL_DEG), math.floor(south / CELL_DEG)) for west, south in making.corners()})


def _pieces(making: RegionMaking, cells: Iterable[tuple[int, int]]) -> Iterator[tuple[Box, frozenset[str]]]:
    """Yield rectangles of the map, and whose ground is asked for in each: everything once, with all round it."""
    for column, row in cells:
        cell = Box(column * CELL_DEG, row * CELL_DEG, (column + 1) * CELL_DEG, (row + 1) * CELL_DEG)
        wanted, area = making.beginning_in(cell)
        yield area.grown(ROUND_M), frozenset(wanted)
