"""Where a runner keeps to a line in their own runs, again and again: familiar ground that no map need know."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from backward_running import places
from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.errors import BackwardRunningError, NotFound, StoreBusy, StoreFull
from backward_running.core.ground import Box, Grade, GroundKind, Stretch, box_round
from backward_running.core.own_ground import BEGINS, COLUMNS, ENDS, GRADE, OwnStretch
from backward_running.core.ports import Matching, OwnGround, Recordings
from backward_running.core.privacy import distance_m
from backward_running.core.recording import Recording
from backward_running.flows import privacy

#: So many runs are kept at once; ended in between, those before are looked through.
AT_ONCE = 40
#: Our own proposals: how many straights are shown; how far is looked where no place is named; from how far a pass may
#: come that goes over a stretch; how long one can be; and how fine a place is written in a key: a metre.
MOST, FAR_M, ROUND_M, LONGEST_M, KEY_DEG = 12, 50_000.0, 5000.0, 20_000.0, 1e-5
#: Where nobody names a place: the cell of this many degrees with most of the straights.
AREA_DEG = 0.5
_KEY = re.compile(r"own\.(-?\d{1,8})_(-?\d{1,8})_(-?\d{1,8})_(-?\d{1,8})", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """Every pass over a straight that is known, and that may be shown."""

    cells: FloatArray  #: shape (n, 9)
    days: IntArray  #: as ordinals
    hours: IntArray  #: on the clock of the place
    middle_deg: tuple[float, float]  #: latitude and longitude about which they lie
    runs: int  #: looked through, here or elsewhere
    left: int  #: not looked through yet


@dataclass(frozen=True, slots=True)
class OwnFound:
    """What the runs near a place show."""

    straights: tuple[OwnStretch, ...]  #: those of most days first
    runs: int  #: looked through, here or elsewhere
    left: int  #: not looked through yet


def look_through(store: OwnGround, *, most: int | None = None) -> int:
    """Find the straights of the runs that were not looked through, newest first.

    Parameters
    ----------
    store : OwnGround
        The runs.
    most : int, optional
        Not more of them now; all where nothing is said.

    Returns
    -------
    int
        How many were looked through. A run that is damaged counts as one without straights.
    """
    done = 0
    while most is None or done < most:
        some = store.without_straights(most=AT_ONCE if most is None else min(AT_ONCE, most - done))
        if not some:
            break
        store.put_straights({activity_id: _straights(store, activity_id) for activity_id in some})
        done += len(some)
    return done


def _straights(store: Recordings, activity_id: str) -> FloatArray:
    try:
        return straights_in(store.recording(activity_id))
    except (StoreBusy, StoreFull):
        raise
    except BackwardRunningError:  # `backward check` says what is wrong with it
        return np.empty((0, len(COLUMNS)))


def straights_in(recording: Recording) -> FloatArray:
    """Return the straights of a recording, shape (passes, 9); none where it has no positions."""
    stream = recording.stream_with("latitude_deg", "longitude_deg")
    if stream is None:
        return np.empty((0, len(COLUMNS)))
    columns = stream.columns
    places_deg = np.column_stack([columns["longitude_deg"], columns["latitude_deg"]])
    altitude_m = columns.get("altitude_m")
    heights = np.full(len(stream), np.nan) if altitude_m is None else altitude_m
    return places.find_straights(stream.time_s, places_deg, heights)


def passes(store: OwnGround, place: tuple[float, float] | None = None, radius_m: float = FAR_M) -> Passes:
    """Return the passes near a place.

    Parameters
    ----------
    store : OwnGround
        The runs; those that were looked through count.
    place : tuple of float, optional
        Latitude and longitude; where most of the runs are, if nothing is said.
    radius_m : float
        How far is looked, 100 m to 50 km.

    Returns
    -------
    Passes
        What lies in a privacy zone is not in it: a straight that reaches into one ends there.

    Raises
    ------
    BadValue
        There is no such place, or the radius lies outside.
    """
    left, runs = store.count_without_straights(), store.straights()
    cells = np.concatenate([np.empty((0, len(COLUMNS))), *(run.cells for run in runs)])
    begun = [run.started_at.timestamp() + (run.utc_offset_s or 0) for run in runs]  # on the clock of the place
    begins = np.repeat(begun, [len(run.cells) for run in runs]) + cells[:, BEGINS]
    at = place or _busiest(cells)
    chosen = np.flatnonzero(_within(cells, box_round(*at, radius_m)))
    near_by, chosen = _shown(store, cells[chosen], chosen)
    clock_h = np.floor(begins[chosen] / 3600.0).astype(np.int64)
    days = clock_h // 24 + date(1970, 1, 1).toordinal()
    return Passes(near_by, days, clock_h % 24, at, len(runs), left)


def most_run(known: Passes) -> OwnFound:
    """Return the straights that were run on most days, the first of them first.

    Parameters
    ----------
    known : Passes
        As :func:`passes` gives them.

    Returns
    -------
    OwnFound
    """
    found = places.most_run(known.cells, known.days, known.hours, known.middle_deg, most=MOST)
    return OwnFound(found, known.runs, known.left)


def over(known: Passes, stretch: Stretch) -> OwnStretch | None:
    """Return what passes over a stretch come to, as it runs; None where nobody kept to it.

    Parameters
    ----------
    known : Passes
        Of its runner.
    stretch : Stretch
        Of a map, or of their own runs.

    Returns
    -------
    OwnStretch or None
    """
    return places.run_over(known.cells, known.days, known.hours, np.array([stretch.line[0], stretch.line[-1]]))


def measured(known: Passes, stretch: Stretch) -> Stretch:
    """Put what the runner's own heights say of a stretch in place of what a tile says, or of nothing.

    Parameters
    ----------
    known : Passes
        Of its runner.
    stretch : Stretch
        Of a map, or of their own runs.

    Returns
    -------
    Stretch
        The same, where it has a typed incline or is built level, or where its runner's heights say nothing.
    """
    if stretch.grade is not None and stretch.grade.found_by != "tile":
        return stretch
    own = over(known, stretch)
    return stretch if own is None or own.grade is None else replace(stretch, grade=own.grade)


def _shown(store: Matching, cells: FloatArray, numbers: IntArray) -> tuple[FloatArray, IntArray]:
    """Return what of passes lies outside privacy zones; how one rises of which a part is hidden is not known."""
    shown = cells.copy()
    shown[:, ENDS] = privacy.outside(store, cells[:, ENDS])
    shown[(shown[:, ENDS] != cells[:, ENDS]).any(axis=1), GRADE] = np.nan
    is_left = np.isfinite(shown[:, ENDS]).all(axis=1)
    return shown[is_left], numbers[is_left]


def _busiest(cells: FloatArray) -> tuple[float, float]:
    """Return latitude and longitude of the middle of where most straights are."""
    if not len(cells):
        return 0.0, 0.0
    starts = cells[:, 0:2]
    _, inverse, counts = np.unique(np.floor(starts / AREA_DEG), axis=0, return_inverse=True, return_counts=True)
    longitude_deg, latitude_deg = np.median(starts[inverse.ravel() == np.argmax(counts)], axis=0).tolist()
    return latitude_deg, longitude_deg


def _within(cells: FloatArray, box: Box) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    longitude_deg, latitude_deg = cells[:, 0], cells[:, 1]
    return np.asarray(
        (longitude_deg >= box.west_deg)
        & (longitude_deg <= box.east_deg)
        & (latitude_deg >= box.south_deg)
        & (latitude_deg <= box.north_deg)
    )


def key_of(own: OwnStretch) -> str:
    """Return the key of a straight: it says where it lies, so it is found again whatever else is run.

    >>> from datetime import date
    >>> key_of(OwnStretch(((24.94, 60.17), (24.941, 60.17)), 55.0, 3, 3, date(2026, 5, 4), (7, 8), 0.0, 1.0, None))
    'own.6017000_2494000_6017000_2494100'
    """
    numbers = (round(value / KEY_DEG) for longitude, latitude in own.line for value in (latitude, longitude))
    return f"own.{'_'.join(str(number) for number in numbers)}"


def is_own(key: str) -> bool:
    """Say whether a key is that of a straight of one's own runs."""
    return _KEY.fullmatch(key) is not None


def find(store: OwnGround, key: str) -> tuple[Stretch, OwnStretch | None]:
    """Return the stretch of a key, and what the runs say of it now.

    Parameters
    ----------
    store : OwnGround
        The runs.
    key : str
        As :func:`key_of` gives it.

    Returns
    -------
    tuple of Stretch and OwnStretch or None
        None where no run keeps to that straight any more: it was deleted, or lies in a privacy zone.

    Raises
    ------
    NotFound
        It is no such key.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        raise NotFound(f"{key!r} is no straight of your own runs; the page of spots lists them.")
    south, west, north, east = (int(number) * KEY_DEG for number in found.groups())
    if not (abs(south) <= 90.0 and abs(north) <= 90.0 and abs(west) <= 180.0 and abs(east) <= 180.0):
        raise NotFound(f"{key!r} lies nowhere on the earth; the page of spots lists your straights.")
    stretch = as_stretch(key, ((west, south), (east, north)), None)
    own = over(passes(store, stretch.middle_deg, max(stretch.length_m, ROUND_M)), stretch)
    return (stretch if own is None else replace(stretch, grade=own.grade)), own


def as_stretch(key: str, line: tuple[tuple[float, float], tuple[float, float]], grade: Grade | None) -> Stretch:
    """Return a straight as ground of which the map says nothing."""
    (west, south), (east, north) = line
    (length_m,) = distance_m(np.array([north]), np.array([east]), south, west).tolist()
    if not 0.0 < length_m <= LONGEST_M:
        raise NotFound("There is no such straight of your own runs; the page of spots lists them.")
    return Stretch(key, GroundKind.OWN, line, length_m, {}, grade=grade, mapped=False)
