"""Privacy zones: circles in which no position is given out, so that nobody reads off a track where somebody lives."""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST
from backward_running.core.errors import BadValue

#: How wide a zone may be. Narrower ones single out a house, wider ones swallow whole runs. Our own proposal.
NARROWEST_M, WIDEST_M = 100.0, 5000.0

#: The middle of the circle lies so far beside the place it guards, as a share of the radius. Our own proposal: the
#: place stays well inside, and is not in the middle of the hole that many tracks leave.
_LEAST_OFFSET, _MOST_OFFSET = 0.2, 0.6

#: Digits of a place from which its offset follows: a place that is named anew is not given another circle, for two
#: circles round one place would say more of it than one. Some 100 m.
_PLACE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class PrivacyZone:
    """A place that is to stay private, and how far round it.

    Parameters
    ----------
    name : str
        What its runner calls it.
    latitude_deg, longitude_deg : float
        The place, WGS 84.
    radius_m : float
        Of the circle, 100 to 5000 m.

    Raises
    ------
    BadValue
        There is no such place, or the radius lies outside.
    """

    name: str
    latitude_deg: float
    longitude_deg: float
    radius_m: float

    def __post_init__(self) -> None:
        if not -90.0 <= self.latitude_deg <= 90.0:
            raise BadValue("latitude_deg", "lie between −90 and 90", self.latitude_deg)
        if not -180.0 <= self.longitude_deg <= 180.0:
            raise BadValue("longitude_deg", "lie between −180 and 180", self.longitude_deg)
        if not NARROWEST_M <= self.radius_m <= WIDEST_M:
            raise BadValue("radius_m", f"lie between {NARROWEST_M:g} and {WIDEST_M:g} m", self.radius_m)

    def middle_deg(self, seed: bytes) -> tuple[float, float]:
        """Return latitude and longitude of the middle of the circle: beside the place, by a secret seed.

        >>> zone = PrivacyZone("home", 48.2, 16.4, 300.0)
        >>> zone.middle_deg(b"one") == zone.middle_deg(b"one") != zone.middle_deg(b"another")
        True
        """
        named = f"{self.latitude_deg:.{_PLACE_DIGITS}f},{self.longitude_deg:.{_PLACE_DIGITS}f}"
        drawn = hmac.digest(seed, named.encode(), hashlib.sha256)
        turn, far = (int.from_bytes(part, "big") / 2**64 for part in (drawn[:8], drawn[8:16]))
        length_m = self.radius_m * (_LEAST_OFFSET + (_MOST_OFFSET - _LEAST_OFFSET) * far)
        north_m, east_m = length_m * math.cos(math.tau * turn), length_m * math.sin(math.tau * turn)
        shrunk = max(math.cos(math.radians(self.latitude_deg)), 1e-6)
        return self.latitude_deg + north_m / METRES_PER_DEGREE_EAST, self.longitude_deg + east_m / (
            METRES_PER_DEGREE_EAST * shrunk
        )

    def holds(self, latitude_deg: FloatArray, longitude_deg: FloatArray, seed: bytes) -> BoolArray:
        """Say of places, shape (n,), whether they lie in the circle; of a missing one: no."""
        middle = self.middle_deg(seed)
        return distance_m(latitude_deg, longitude_deg, *middle) <= self.radius_m

    def cut(self, ends_deg: FloatArray, seed: bytes) -> FloatArray:
        """Return of straight lines, shape (n, 4): longitude, latitude and again, what lies outside the circle.

        Of one that has a part on both sides the longer is left, of one that lies in it nothing: NaN.
        """
        latitude_deg, longitude_deg = self.middle_deg(seed)
        east = METRES_PER_DEGREE_EAST * math.cos(math.radians(latitude_deg))
        ends = ends_deg.reshape(-1, 2, 2)
        metres = (ends - (longitude_deg, latitude_deg)) * (east, METRES_PER_DEGREE_EAST)
        first, ahead = metres[:, 0], metres[:, 1] - metres[:, 0]
        length2 = np.maximum((ahead**2).sum(axis=1), 1e-9)
        nearest = -(first * ahead).sum(axis=1) / length2
        root = nearest**2 - ((first**2).sum(axis=1) - self.radius_m**2) / length2
        half = np.sqrt(np.maximum(root, 0.0))
        enters, leaves = np.clip(nearest - half, 0.0, 1.0), np.clip(nearest + half, 0.0, 1.0)
        is_outside = (root <= 0.0) | (leaves <= 0.0) | (enters >= 1.0)
        is_before = enters >= 1.0 - leaves
        low = np.where(is_outside | is_before, 0.0, leaves)
        high = np.where(is_outside, 1.0, np.where(is_before, enters, 1.0))
        across = ends[:, 1] - ends[:, 0]
        left = np.column_stack([ends[:, 0] + low[:, None] * across, ends[:, 0] + high[:, None] * across])
        return np.asarray(np.where((high > low)[:, None], left, np.nan))


def distance_m(
    latitude_deg: FloatArray, longitude_deg: FloatArray, to_latitude_deg: float, to_longitude_deg: float
) -> FloatArray:
    """Return how far places, shape (n,), are from one; on a plane, so for some kilometres. NaN where one is missing."""
    north_m = (latitude_deg - to_latitude_deg) * METRES_PER_DEGREE_EAST
    turned_deg = (longitude_deg - to_longitude_deg + 180.0) % 360.0 - 180.0
    east_m = turned_deg * METRES_PER_DEGREE_EAST * math.cos(math.radians(to_latitude_deg))
    return np.hypot(north_m, east_m)
