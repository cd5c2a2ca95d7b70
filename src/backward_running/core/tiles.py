"""Tiles of a map: squares of the Web Mercator projection, numbered from the north-west, as browsers ask for them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from backward_running.core.errors import BadValue
from backward_running.core.ground import Box

#: From here a map of streets is looked at, and finer ones are drawn larger from the last.
FIRST_ZOOM, LAST_ZOOM = 11, 16


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the map.

    Parameters
    ----------
    zoom : int
        Each zoom halves the one before; :data:`FIRST_ZOOM` to :data:`LAST_ZOOM`.
    column, row : int
        Counted from the west and from the north, from 0 to 2 ** zoom − 1.

    Raises
    ------
    BadValue
        There is no such tile.

    References
    ----------
    OSGeo, Tile Map Service and the XYZ numbering of OpenStreetMap's "slippy map"; EPSG 3857.
    """

    zoom: int
    column: int
    row: int

    def __post_init__(self) -> None:
        if not FIRST_ZOOM <= self.zoom <= LAST_ZOOM:
            raise BadValue("zoom", f"lie between {FIRST_ZOOM} and {LAST_ZOOM}", self.zoom)
        if not (0 <= self.column < 2**self.zoom and 0 <= self.row < 2**self.zoom):
            raise BadValue("tile", f"lie between 0 and {2**self.zoom - 1}", f"{self.column}/{self.row}")

    @property
    def box(self) -> Box:
        """The rectangle of the earth that it shows.

        >>> box = Tile(11, 1165, 592).box
        >>> round(box.west_deg, 3), round(box.north_deg, 3)
        (24.785, 60.24)
        """
        west, north = self.place(0.0, 0.0)
        east, south = self.place(1.0, 1.0)
        return Box(west, south, east, north)

    def place(self, across: float, down: float) -> tuple[float, float]:
        """Return longitude and latitude at a share of its width from the west and of its height from the north."""
        tiles = 2.0**self.zoom
        longitude_deg = (self.column + across) / tiles * 360.0 - 180.0
        latitude_deg = math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * (self.row + down) / tiles))))
        return longitude_deg, latitude_deg

    @property
    def width_m(self) -> float:
        """How far it is across on the ground, m.

        >>> round(Tile(16, 37308, 18968).width_m)
        304
        """
        return self.box.width_m


def tile_at(zoom: int, latitude_deg: float, longitude_deg: float) -> Tile:
    """Return the tile in which a place lies.

    Parameters
    ----------
    zoom : int
        :data:`FIRST_ZOOM` to :data:`LAST_ZOOM`.
    latitude_deg, longitude_deg : float
        WGS 84; nearer to a pole than 85° there are no tiles.

    Returns
    -------
    Tile

    Raises
    ------
    BadValue
        There is no tile of it.

    Examples
    --------
    >>> tile_at(16, 60.1719, 24.9414)
    Tile(zoom=16, column=37308, row=18968)
    """
    tiles = 2**zoom
    column = (longitude_deg + 180.0) / 360.0 * tiles
    row = (1.0 - math.asinh(math.tan(math.radians(latitude_deg))) / math.pi) / 2.0 * tiles
    return Tile(zoom, math.floor(column), math.floor(row))
