"""A flat piece of the earth in metres: straight lines, distances and turns are what they are on the ground."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH


class Plane:
    """Metres east and north of a place, good for some kilometres round it.

    Parameters
    ----------
    latitude_deg, longitude_deg : float
        The place.

    Notes
    -----
    Lengths are right to 0.5 % up to 65° of latitude: a degree of latitude is there 1 % longer than at the equator.
    """

    def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
        self._origin = np.array([longitude_deg, latitude_deg])
        sine2 = math.sin(math.radians(latitude_deg)) ** 2
        # How much longer a degree is toward the poles, to first order: the earth is flattened by a 298th.
        north = METRES_PER_DEGREE_NORTH * (
            1.0 + (METRES_PER_DEGREE_EAST / METRES_PER_DEGREE_NORTH - 1.0) * 3.0 * sine2 / 2.0
        )
        self._metres = np.array([METRES_PER_DEGREE_EAST * math.cos(math.radians(latitude_deg)), north])

    def to_metres(self, degrees: FloatArray) -> FloatArray:
        """Turn longitude and latitude, shape (n, 2), into metres east and north."""
        return np.asarray((degrees - self._origin) * self._metres)

    def to_degrees(self, metres: FloatArray) -> FloatArray:
        """Turn metres east and north, shape (n, 2), into longitude and latitude."""
        return np.asarray(metres / self._metres + self._origin)

    def flat(self, shapes: Any) -> Any:
        """Turn an array of shapes in degrees into shapes in metres."""
        return shapely.transform(shapes, self.to_metres)
