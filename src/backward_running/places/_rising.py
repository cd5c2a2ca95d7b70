"""How a stretch rises, by a tag of the map or by a tile of heights, and how sure that is."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.ground import Grade, GroundKind, Heights
from backward_running.evidence import Number
from backward_running.evidence.proposals import proposed_number

TILE_NOISE_M = proposed_number(
    "spot_tile_noise_m",
    2.0,
    "m",
    "How far a height of a tile is off against its neighbours (standard deviation): a guess for open ground.",
)
TAG_NOISE_RATIO = proposed_number(
    "spot_tag_noise_ratio", 0.02, "1", "How far a typed incline may be off: mappers write whole per cent, or guess."
)
HOLDS_EIGHT_OF_TEN = proposed_number(
    "spot_eight_of_ten", 1.28, "1", "So many standard deviations on both sides hold eight of ten: a normal curve."
)
STEEPEST_RATIO = proposed_number("spot_steepest_ratio", 0.45, "1", "A typed incline above this is a slip.")
BUILT_LEVEL_RATIO: Final[dict[GroundKind, Number]] = {
    GroundKind.TRACK: proposed_number(
        "spot_track_level_ratio",
        0.005,
        "1",
        "Tracks are built level, to 0.1 % by the rules of the sport (from memory).",
    ),
    GroundKind.PITCH: proposed_number(
        "spot_pitch_level_ratio", 0.015, "1", "Pitches are built level but for what lets the rain run off: a guess."
    ),
}
_PER_CENT = re.compile(r"([+-−]?\d+(?:[.,]\d+)?)\s*%")


def grade_of_tag(incline: str | None) -> Grade | None:
    """Read how a way rises in the direction in which it is drawn.

    Parameters
    ----------
    incline : str or None
        The tag, such as "3 %" or "-5%"; "up" says too little.

    Returns
    -------
    Grade or None
        With an interval for eight of ten.
    """
    found = _PER_CENT.fullmatch((incline or "").strip())
    if found is None:
        return None
    ratio = float(found[1].replace(",", ".").replace("−", "-")) / 100.0
    if abs(ratio) > STEEPEST_RATIO.value:
        return None
    off = HOLDS_EIGHT_OF_TEN.value * TAG_NOISE_RATIO.value
    return Grade(round(ratio, 4), round(ratio - off, 4), round(ratio + off, 4), "tag")


def grade_of_tile(heights: Heights, ends_deg: FloatArray, length_m: float) -> Grade | None:
    """Return how a stretch rises from its first end to its last, by a tile.

    Parameters
    ----------
    heights : Heights
        The tile.
    ends_deg : array, shape (2, 2)
        Longitude and latitude of both ends.
    length_m : float
        Between them.

    Returns
    -------
    Grade or None
        None beyond the tile or at a void. The shorter the stretch, the wider the interval.
    """
    altitude_m = altitude_at(heights, ends_deg[:, 1], ends_deg[:, 0])
    if not np.isfinite(altitude_m).all():
        return None
    ratio = float(altitude_m[1] - altitude_m[0]) / length_m
    off = HOLDS_EIGHT_OF_TEN.value * TILE_NOISE_M.value * 2.0**0.5 / length_m
    return Grade(round(ratio, 4), round(ratio - off, 4), round(ratio + off, 4), "tile")


def grade_by_kind(kind: GroundKind) -> Grade | None:
    """Return how tracks and pitches are built: level. A tile with a sample every 90 m knows less of them.

    Parameters
    ----------
    kind : GroundKind
        Of the ground.

    Returns
    -------
    Grade or None
        None of ground that lies as it lies.
    """
    off = BUILT_LEVEL_RATIO.get(kind)
    return None if off is None else Grade(0.0, -off.value, off.value, "kind")


def altitude_at(heights: Heights, latitude_deg: FloatArray, longitude_deg: FloatArray) -> FloatArray:
    """Return heights between the samples of a tile.

    Parameters
    ----------
    heights : Heights
        The tile.
    latitude_deg, longitude_deg : array, shape (n,)
        The places.

    Returns
    -------
    array, shape (n,)
        Bilinear, m; NaN outside and beside voids.
    """
    rows, columns = heights.altitude_m.shape
    row, column = (
        (heights.north_deg - latitude_deg) / heights.step_deg,
        (longitude_deg - heights.west_deg) / heights.step_deg,
    )
    outside = ~((row >= 0.0) & (row <= rows - 1) & (column >= 0.0) & (column <= columns - 1))
    row, column = np.where(outside, 0.0, row), np.where(outside, 0.0, column)
    top, left = np.minimum(row.astype(int), rows - 2), np.minimum(column.astype(int), columns - 2)
    down, right = row - top, column - left
    grid = heights.altitude_m
    upper = grid[top, left] * (1 - right) + grid[top, left + 1] * right
    lower = grid[top + 1, left] * (1 - right) + grid[top + 1, left + 1] * right
    return np.asarray(np.where(outside, np.nan, upper * (1 - down) + lower * down))
