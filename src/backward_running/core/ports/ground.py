"""What a map must be able to do: be read from an extract once, and be asked for what is near a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from backward_running.core.ground import Box, Heights, MapObject, RegionHead, Stretch
from backward_running.core.tiles import Tile


class Extract(Protocol):
    """A part of the world's map, as somebody cut it out."""

    @property
    def name(self) -> str:
        """Name of the file."""
        ...

    @property
    def source_date(self) -> date | None:
        """How old its map is, as far as it says."""
        ...

    @property
    def box(self) -> Box | None:
        """What it covers, as far as it says."""
        ...

    @property
    def cut(self) -> int:
        """Objects that were cut at the border, after reading."""
        ...

    @property
    def lost(self) -> int:
        """Objects that could not be drawn, after reading."""
        ...

    def objects(self) -> Iterator[MapObject]:
        """Yield what is of use. Raises UnreadableFile."""
        ...


class Region(Protocol):
    """A prepared map."""

    def head(self) -> RegionHead:
        """Return what it says of itself."""
        ...

    def objects(self, box: Box) -> tuple[MapObject, ...]:
        """Return what touches a rectangle."""
        ...

    def stretches(self, box: Box) -> tuple[Stretch, ...]:
        """Return the stretches that touch a rectangle."""
        ...

    def stretch(self, key: str) -> Stretch:
        """Return one of them. Raises NotFound."""
        ...

    def heights(self) -> Heights | None:
        """Return the heights of it, where it has some."""
        ...

    def kept_tile(self, at: Tile) -> bytes | None:
        """Return a tile that was made before; None where it was not."""
        ...

    def keep_tile(self, at: Tile, packed: bytes) -> None:
        """Keep a tile beside the map, or in memory where the map may not be written."""
        ...


class RegionMaking(Region, Protocol):
    """A map that is being prepared."""

    def add_objects(self, objects: Iterable[MapObject]) -> int:
        """Keep what is in the map; return how many."""
        ...

    def corners(self) -> Iterator[tuple[float, float]]:
        """Yield longitude and latitude of the south-western corner of every object."""
        ...

    def extent(self) -> Box | None:
        """Return what its objects cover; None of none."""
        ...

    def beginning_in(self, box: Box) -> tuple[tuple[str, ...], Box]:
        """Return whose south-western corner lies in a rectangle, north and east side left out, and what these cover."""
        ...

    def add_stretches(self, stretches: Iterable[Stretch]) -> int:
        """Keep stretches; return how many."""
        ...

    def put_heights(self, heights: Heights, name: str) -> None:
        """Keep heights."""
        ...

    def finish(self, head: RegionHead) -> None:
        """Say what it is; from now on it may be read."""
        ...


class Regions(Protocol):
    """The prepared maps of a runner."""

    def heads(self) -> tuple[RegionHead, ...]:
        """Return what there is, by name."""
        ...

    def region(self, name: str) -> Region:
        """Open one. Raises NotFound, UnreadableFile."""
        ...
