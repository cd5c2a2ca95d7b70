"""On how many days its runner was on a stretch, by their own runs. What lies in a privacy zone is not looked at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH
from backward_running.core.ground import Stretch
from backward_running.core.ports import ActivityQuery, Matching
from backward_running.flows import privacy
from backward_running.flows.days import local_day

#: Our own proposals: how many of the newest runs are looked at; how fine the ground is looked at; and where on a
#: stretch a run has to have been.
LOOKED_THROUGH = 80
CELL_M = 15.0
WHERE = (0.25, 0.5, 0.75)
_ROW = 1 << 32  #: more cells than lie side by side on the earth


def visits(store: Matching, stretches: Sequence[Stretch]) -> Mapping[str, int]:
    """Count the days on which a runner was on stretches.

    Parameters
    ----------
    store : Matching
        Their runs.
    stretches : sequence of Stretch
        Of one region, some kilometres wide.

    Returns
    -------
    mapping
        Key of a stretch → days; a stretch on which they never were is not in it. A run counts where it passed within
        some 20 m of three places of the stretch.
    """
    if not stretches:
        return {}
    middle_deg = stretches[0].middle_deg[0]
    wanted = np.stack([_cells(_along(stretch), middle_deg)[:, None] + _round() for stretch in stretches])
    days: dict[str, set[object]] = {}
    for row in store.activities(ActivityQuery(limit=LOOKED_THROUGH)):
        track = _track(store, row.activity_id) if row.on_foot else None
        if track is None:
            continue
        touched: BoolArray = np.isin(wanted, np.unique(_cells(track, middle_deg)))
        been = np.all(np.any(touched, axis=2), axis=1)
        for index in np.flatnonzero(been).tolist():
            days.setdefault(stretches[index].key, set()).add(local_day(row))
    return {key: len(found) for key, found in days.items()}


def _track(store: Matching, activity_id: str) -> FloatArray | None:
    """Return longitude and latitude of a run, shape (n, 2), without what is private; None where none is left."""
    stream = store.recording(activity_id).stream_with("latitude_deg", "longitude_deg")
    if stream is None:
        return None
    shown = privacy.hidden(store, stream).columns
    places = np.column_stack([shown["longitude_deg"], shown["latitude_deg"]])
    places = places[np.isfinite(places).all(axis=1)]
    return places if len(places) else None


def _along(stretch: Stretch) -> FloatArray:
    """Return three places on a stretch: longitude and latitude."""
    line = np.array(stretch.line)
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.array(WHERE) * along[-1]
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])


def _cells(places: FloatArray, middle_deg: float) -> IntArray:
    """Return the number of the cell in which each place lies."""
    east = places[:, 0] * METRES_PER_DEGREE_EAST * math.cos(math.radians(middle_deg))
    north = places[:, 1] * METRES_PER_DEGREE_NORTH
    return np.asarray(np.floor(east / CELL_M).astype(np.int64) + _ROW * np.floor(north / CELL_M).astype(np.int64))


def _round() -> IntArray:
    """Return what leads from a cell to itself and its eight neighbours."""
    steps = np.arange(-1, 2, dtype=np.int64)
    return np.asarray((steps[:, None] * _ROW + steps).ravel())
