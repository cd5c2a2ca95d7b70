"""What may be seen of where somebody runs: the one place that decides. Every map, table, copy and card asks it.

A zone is a circle whose middle lies beside the place it guards. Inside it a sample keeps its time, pulse and pace, and
loses everything that says where it was. As long as its runner says nothing else there is one zone, round home: where
their runs begin most often.

What is not asked: the original file, a backup and an export of everything. They are the runner's own whole copy, and
the screens say that nothing is hidden in them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.errors import BadValue, NotFound, StoreReadOnly
from backward_running.core.ports import ActivityQuery, ActivityRow, Matching, Settings
from backward_running.core.privacy import PrivacyZone, distance_m
from backward_running.core.recording import Recording, Stream

__all__ = ["Zones", "add", "add_at_start", "find_home", "hidden", "hidden_of", "outside", "remove", "zones"]

ZONES, SEED, HOME = "privacy_zones", "privacy_seed", "home"
#: Our own proposals: how wide a zone is unless its runner says so; how near starts are to be of one place; and in how
#: many of the newest runs home is looked for.
RADIUS_M, NEAR_M, LOOKED_THROUGH = 300.0, 150.0, 20
#: More than anybody has places to hide.
MOST_ZONES = 20

#: Columns that say where a sample was, or lead there from the last one that may be seen.
_TELLING = ("latitude_deg", "longitude_deg", "altitude_m", "course_deg", "heading_deg", "grade_ratio")


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones that hold, and whether their runner chose them."""

    zones: tuple[PrivacyZone, ...]
    chosen: bool  #: False: found by where the runs begin


def zones(store: Matching) -> Zones:
    """Return the zones that hold; home is looked for where the runner never said anything, and anew as runs come in."""
    kept = json.loads(store.setting(ZONES) or "null")
    if kept is None or _is_to_be_looked(kept, store.counts().activities):
        return find_home(store)
    return Zones(tuple(PrivacyZone(**zone) for zone in kept["zones"]), kept["chosen"])


def _is_to_be_looked(kept: Mapping[str, Any], activities: int) -> bool:
    """Say whether to look for home: while none is known with every run, then whenever there are twice as many."""
    if kept["chosen"]:
        return False
    return bool(activities >= 2 * kept["of"] if kept["zones"] else activities != kept["of"])


def find_home(store: Matching) -> Zones:
    """Look where the runs begin most often, and put a zone round that; none where no run has a position."""
    rows = [row for row in store.activities(ActivityQuery(simulated=False, limit=LOOKED_THROUGH)) if row.on_foot]
    starts = [start for row in rows if (start := _start_of(store.recording(row.activity_id))) is not None]
    home = _most_often(starts)
    found = () if home is None else (PrivacyZone(HOME, *home, RADIUS_M),)
    if rows:
        with suppress(StoreReadOnly):  # then it is looked for each time
            _keep(store, found, chosen=False)
    return Zones(found, chosen=False)


def add(store: Matching, zone: PrivacyZone) -> Zones:
    """Put one more zone, or one of the same name anew. Raises BadValue where there are too many or it has no name."""
    if not zone.name.strip():
        raise BadValue("name", "have a letter", zone.name, "Give the place a name, such as “home”.")
    others = [other for other in zones(store).zones if other.name != zone.name.strip()]
    if len(others) >= MOST_ZONES:
        raise BadValue("zones", f"be at most {MOST_ZONES}", len(others) + 1, "Remove one that you do not need.")
    _keep(store, (*others, replace(zone, name=zone.name.strip()[:60])), chosen=True)
    return zones(store)


def add_at_start(store: Matching, activity_id: str, name: str, radius_m: float = RADIUS_M) -> Zones:
    """Put a zone round where a run begins. Raises NotFound where it has no positions, BadValue."""
    start = _start_of(store.recording(activity_id))
    if start is None:
        raise NotFound("This run has no positions, so there is no place to put a zone round.")
    return add(store, PrivacyZone(name, *start, radius_m))


def remove(store: Matching, name: str) -> Zones:
    """Take a zone away. Raises NotFound where there is none of that name."""
    held = zones(store).zones
    if name not in {zone.name for zone in held}:
        raise NotFound(f"There is no zone called {name!r}.")
    _keep(store, tuple(zone for zone in held if zone.name != name), chosen=True)
    return zones(store)


def hidden(store: Matching, stream: Stream) -> Stream:
    """Return a stream without what says where it was inside a zone. Everything that gives positions out asks here."""
    inside = _inside(store, stream)
    if not inside.any():
        return stream
    columns = {
        name: np.where(inside, np.nan, values) if name in _TELLING else values
        for name, values in stream.columns.items()
    }
    return replace(stream, columns=columns)


def outside(store: Matching, ends_deg: FloatArray) -> FloatArray:
    """Return what of straight lines, shape (n, 4): longitude, latitude and again, lies outside all zones.

    Parameters
    ----------
    store : Matching
        Whose zones they are.
    ends_deg : array, shape (n, 4)
        The lines.

    Returns
    -------
    array, shape (n, 4)
        Of each its longest piece outside; NaN of what lies inside.
    """
    seed = _seed(store)
    for zone in zones(store).zones:
        ends_deg = zone.cut(ends_deg, seed)
    return ends_deg


def hidden_of(store: Matching, row: ActivityRow) -> bool:
    """Say whether a part of a run lies in a zone."""
    stream = store.recording(row.activity_id).stream_with("latitude_deg", "longitude_deg")
    return stream is not None and bool(_inside(store, stream).any())


def _inside(store: Matching, stream: Stream) -> BoolArray:
    """Say which samples lie in a zone: those without a position too, where the last one that had one did."""
    nowhere = np.zeros(len(stream), dtype=bool)
    if not stream.has("latitude_deg", "longitude_deg"):
        return nowhere
    held = zones(store).zones
    if not held:
        return nowhere
    latitude_deg, longitude_deg = stream.columns["latitude_deg"], stream.columns["longitude_deg"]
    seed = _seed(store)
    inside = np.logical_or.reduce([zone.holds(latitude_deg, longitude_deg, seed) for zone in held])
    known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    # Height and course go on while the position is lost: they belong to the position before, or to the first one.
    last = known[np.clip(np.searchsorted(known, np.arange(len(stream)), side="right") - 1, 0, None)]
    return np.asarray(inside[last])


def _seed(store: Settings) -> bytes:
    """Return the secret by which circles lie beside their places; made once."""
    kept = store.setting(SEED)
    if not kept:
        kept = secrets.token_hex(16)
        try:
            store.put_setting(SEED, kept)
        except StoreReadOnly:
            kept = _seed_for_now()
    return bytes.fromhex(kept)


@cache
def _seed_for_now() -> str:
    """Return a secret that is the same while the program runs: many circles round one place would tell their middle."""
    return secrets.token_hex(16)


def _keep(store: Matching, held: Iterable[PrivacyZone], *, chosen: bool) -> None:
    kept = {"chosen": chosen, "of": store.counts().activities, "zones": [asdict(zone) for zone in held]}
    store.put_setting(ZONES, json.dumps(kept))


def _start_of(recording: Recording) -> tuple[float, float] | None:
    stream = recording.stream_with("latitude_deg", "longitude_deg")
    if stream is None or recording.simulated:
        return None
    latitude_deg, longitude_deg = stream.columns["latitude_deg"], stream.columns["longitude_deg"]
    known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    return float(latitude_deg[known[0]]), float(longitude_deg[known[0]])


def _most_often(starts: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the start with most others near it, the newest of those with as many; in the middle of them."""
    if not starts:
        return None
    latitude_deg, longitude_deg = np.array(starts).T
    near = [distance_m(latitude_deg, longitude_deg, *start) <= NEAR_M for start in starts]
    group = max(near, key=lambda is_near: int(is_near.sum()))  # the first of equals: the newest
    return float(latitude_deg[group].mean()), float(longitude_deg[group].mean())
