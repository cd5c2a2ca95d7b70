"""The ground the simulated runner runs on: made-up courses at a real latitude, as smooth lines with heights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.constants import METRES_PER_DEGREE
from backward_running.core.recording import FloatArray

#: A park by the sea in Helsinki. The lines below are drawn here and follow no path on any map.
ORIGIN_LATITUDE_DEG = 60.1719
ORIGIN_LONGITUDE_DEG = 24.9414


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A closed line; ``east_m``, ``north_m`` and ``altitude_m`` are given at ``along_m``, evenly spaced."""

    key: str
    along_m: FloatArray
    east_m: FloatArray
    north_m: FloatArray
    altitude_m: FloatArray

    @property
    def length_m(self) -> float:
        """Length of one lap."""
        return float(self.along_m[-1])

    def at(self, along_m: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return east, north and altitude after any distance, lap upon lap."""
        wrapped = np.mod(along_m, self.length_m)
        east, north, altitude = (
            np.interp(wrapped, self.along_m, line) for line in (self.east_m, self.north_m, self.altitude_m)
        )
        return east, north, altitude

    def grade_at(self, along_m: FloatArray) -> FloatArray:
        """Return rise over run after any distance."""
        ahead, behind = self.at(along_m + 5.0)[2], self.at(along_m - 5.0)[2]
        return (ahead - behind) / 10.0

    def course_deg_at(self, along_m: FloatArray) -> FloatArray:
        """Return where the line leads after any distance, clockwise from north."""
        east_ahead, north_ahead, _ = self.at(along_m + 1.0)
        east_behind, north_behind, _ = self.at(along_m - 1.0)
        return np.degrees(np.arctan2(east_ahead - east_behind, north_ahead - north_behind)) % 360.0


def to_degrees(east_m: FloatArray, north_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Turn metres from the origin into latitude and longitude. Exact enough over a few kilometres."""
    latitude_deg = ORIGIN_LATITUDE_DEG + north_m / METRES_PER_DEGREE
    longitude_deg = ORIGIN_LONGITUDE_DEG + east_m / (METRES_PER_DEGREE * np.cos(np.radians(ORIGIN_LATITUDE_DEG)))
    return latitude_deg, longitude_deg


def park_loop() -> Course:
    """Return a loop of some 2.4 km around a bay, with a rise of about 14 m."""
    angle = np.linspace(0.0, 2 * np.pi, 800)
    radius_m = 360.0 + 70.0 * np.sin(2 * angle + 0.6) + 38.0 * np.sin(3 * angle - 1.1) + 14.0 * np.sin(7 * angle)
    east_m, north_m = 1.25 * radius_m * np.sin(angle), 0.8 * radius_m * np.cos(angle)
    return _evenly("park_loop", east_m, north_m, 9.0 + 7.0 * np.sin(angle - 0.9) + 1.5 * np.sin(4 * angle))


def track() -> Course:
    """Return a level 400 m running track."""
    straight_m, radius_m = 84.39, 36.80
    turn = np.linspace(0.0, np.pi, 60)
    line = np.linspace(0.0, straight_m, 40)[1:-1]
    half = straight_m / 2
    east_m = np.concatenate([line - half, half + radius_m * np.sin(turn), half - line, -half - radius_m * np.sin(turn)])
    north_m = np.concatenate(
        [
            np.full(line.shape, -radius_m),
            -radius_m * np.cos(turn),
            np.full(line.shape, radius_m),
            radius_m * np.cos(turn),
        ]
    )
    east_m, north_m = np.append(east_m, east_m[0]) + 620.0, np.append(north_m, north_m[0]) - 140.0
    return _evenly("track", east_m, north_m, np.full(east_m.shape, 12.0))


def grass_slope() -> Course:
    """Return a gentle grass slope as a long, narrow loop: some 3 % up on one side, down on the other."""
    angle = np.linspace(0.0, 2 * np.pi, 400)
    along = np.cos(angle)
    return _evenly("grass_slope", -420.0 + 16.0 * np.sin(angle), 90.0 * along, 14.0 + 2.7 * along)


def _evenly(key: str, east_m: FloatArray, north_m: FloatArray, altitude_m: FloatArray) -> Course:
    """Space a line evenly, one point per metre."""
    steps_m = np.hypot(np.diff(east_m), np.diff(north_m))
    along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
    even_m = np.linspace(0.0, along_m[-1], int(along_m[-1]) + 1)
    east, north, altitude = (np.interp(even_m, along_m, line) for line in (east_m, north_m, altitude_m))
    return Course(key, even_m, east, north, altitude)
