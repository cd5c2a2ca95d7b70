"""Prepare a region: read an extract once, keep what is of use, and find the stretches in it, piece by piece."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from backward_running import places
from backward_running.core.errors import UnreadableFile
from backward_running.core.ground import Box, Heights, RegionHead
from backward_running.core.ports.ground import Extract, RegionMaking

#: The map is worked through in squares of this many degrees: some 2 km by 1 to 2 km, so that memory stays small.
CELL_DEG = 0.02
#: So far round what is asked for the rest of the map is looked at.
ROUND_M = 100.0
#: Nearer to the border of an extract nothing is proposed: what would be in the way may have been cut off.
BORDER_M = 30.0


def prepare(
    making: RegionMaking,
    extract: Extract,
    name: str,
    *,
    heights_of: Callable[[Box], tuple[Heights, str] | None] | None = None,
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

    Returns
    -------
    RegionHead
        What came of it: objects, those that were cut at the border, stretches.

    Raises
    ------
    UnreadableFile
        The extract breaks off, or nothing of use is in it.
    """
    count = making.add_objects(extract.objects())
    covered = making.extent()
    if covered is None:
        raise UnreadableFile(
            f"Nothing that could be run on or drawn is in {extract.name}; choose an extract of where you run."
        )
    box = extract.box or covered
    found = heights_of(box) if heights_of is not None else None
    if found is not None:
        making.put_heights(*found)
    stretches = sum(
        making.add_stretches(
            places.find_stretches(making.objects(area), wanted, box.grown(-BORDER_M), found[0] if found else None)
        )
        for area, wanted in _pieces(making)
    )
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


def _pieces(making: RegionMaking) -> Iterator[tuple[Box, frozenset[str]]]:
    """Yield rectangles of the map, and whose ground is asked for in each: everything once, with all that is "
    "round it.
    """
    cells = sorted({(math.floor(west / CELL_DEG), math.floor(south / CELL_DEG)) for west, south in making.corners()})
    for column, row in cells:
        cell = Box(column * CELL_DEG, row * CELL_DEG, (column + 1) * CELL_DEG, (row + 1) * CELL_DEG)
        wanted, area = making.beginning_in(cell)
        yield area.grown(ROUND_M), frozenset(wanted)
