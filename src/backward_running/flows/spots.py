"""Where to run backward near a place: stretches of a prepared region, ranked for this runner; and what they ticked."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np

from backward_running import places
from backward_running.core.arrays import FloatArray
from backward_running.core.constants import METRES_PER_DEGREE_EAST, METRES_PER_DEGREE_NORTH
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.ground import Daylight, GroundKind, RegionHead, Spot, Stretch, box_round
from backward_running.core.own_ground import OwnStretch
from backward_running.core.ports import Activities, OwnGround, Settings
from backward_running.core.ports.ground import Regions
from backward_running.core.privacy import distance_m
from backward_running.flows import own_ground
from backward_running.flows.daylight import UsualHour, daylight, usual_hour
from backward_running.flows.own_ground import Passes
from backward_running.places import Asked

SPOTS, PLACE = "spots", "spots_place"
#: Our own proposals: how old a map may be before that is said; how many spots are ticked at most; the longest note.
OLD_YEARS, MOST_TICKED, LONGEST_NOTE = 3.0, 200, 600
#: Two stretches of one lawn beside each other are one spot: so near and so alike in heading. Our own proposal.
SAME_WITHIN_M, SAME_HEADING_DEG = 15.0, 20.0
#: How far is looked where nothing is said.
RADIUS_M = 3000.0


@dataclass(frozen=True, slots=True)
class Ticked:
    """What its runner says of a stretch."""

    key: str
    region: str
    known: bool = False  #: they walked it through and know it
    in_plan: bool = False  #: sessions may name it
    note: str = ""
    length_m: float | None = None  #: what a length of it is, where it was measured anew


@dataclass(frozen=True, slots=True)
class Runs:
    """What its runner's own runs say of stretches of a map."""

    #: Says on how many days they were on each, by their keys.
    visits_of: Callable[[Sequence[Stretch]], Mapping[str, int]] | None = None
    #: Where they kept to a line there: where these have heights, they go before those of a tile.
    passes: Passes | None = None
    usual: UsualHour | None = None  #: when they run


@dataclass(frozen=True, slots=True)
class Found:
    """What was found near a place."""

    head: RegionHead
    latitude_deg: float
    longitude_deg: float
    radius_m: float
    spots: tuple[Spot, ...]
    looked_at: int  #: stretches within the radius
    is_old: bool  #: the map is older than three years, or does not say
    reaches_out: bool  #: a part of the circle lies beyond the region


def near(
    store: Settings,
    regions: Regions,
    place: tuple[float, float],
    *,
    radius_m: float = RADIUS_M,
    most: int = 40,
    today: date,
    runs: Runs | None = None,
    kinds: Sequence[GroundKind] = (),
) -> Found:
    """Find and rank the stretches near a place.

    Parameters
    ----------
    store : Settings
        What its runner ticked.
    regions : Regions
        The prepared maps.
    place : tuple of float
        Latitude and longitude, WGS 84.
    radius_m : float
        How far is looked, 100 m to 50 km.
    most : int
        How many are returned.
    today : date
        By which the map is old.
    runs : Runs, optional
        What its runner's own runs say.
    kinds : sequence of GroundKind
        Only these; all of them where none is given.

    Returns
    -------
    Found
        The best first; none where nothing straight and open lies there.

    Raises
    ------
    NotFound
        No region is prepared, or none holds the place.
    BadValue
        There is no such place, or the radius lies outside.
    """
    latitude_deg, longitude_deg = place
    box = box_round(latitude_deg, longitude_deg, radius_m)
    head = _holding(regions.heads(), latitude_deg, longitude_deg)
    known = Runs() if runs is None else runs
    stretches = regions.region(head.name).stretches(box)
    away_m = _away_m(stretches, latitude_deg, longitude_deg)
    ticks, visits = ticked(store), known.visits_of(stretches) if known.visits_of is not None else None
    rules, light = places.all_rules(), daylight(known.usual, today, latitude_deg, longitude_deg)
    asked = {
        stretch.key: _asked(stretch, float(away), radius_m, ticks, visits, light)
        for stretch, away in zip(stretches, away_m, strict=True)
        if away <= radius_m and (not kinds or stretch.kind in kinds)
    }
    scored = [places.score(stretch, asked[stretch.key], rules) for stretch in stretches if stretch.key in asked]
    reaches_out = not head.box.grown(1.0).covers(box)
    best = _apart(places.rank(scored), most)
    if known.passes is not None:
        own = [own_ground.measured(known.passes, spot.stretch) for spot in best]
        best = places.rank(places.score(stretch, asked[stretch.key], rules) for stretch in own)
    return Found(head, latitude_deg, longitude_deg, radius_m, best, len(scored), _is_old(head, today), reaches_out)


@dataclass(frozen=True, slots=True)
class FoundSpot:
    """One spot, the region it lies in, what its runner said of it, and what their runs say."""

    head: RegionHead | None  #: None: it is of the runner's own runs, and no map is prepared of there
    spot: Spot
    ticked: Ticked | None
    own: OwnStretch | None = None  #: what the runner's own runs say of a straight of theirs
    daylight: Daylight | None = None  #: how light it is at their usual hour of the day that was asked about


def find(
    store: OwnGround,
    regions: Regions | None,
    key: str,
    visits_of: Callable[[Sequence[Stretch]], Mapping[str, int]] | None = None,
    on: date | None = None,
) -> FoundSpot:
    """Return one stretch with what speaks for it and against it.

    Parameters
    ----------
    store : OwnGround
        What its runner ticked, and their runs.
    regions : Regions or None
        The prepared maps; a straight of one's own runs needs none.
    key : str
        Of the stretch.
    visits_of : callable, optional
        Says on how many days its runner was on stretches, by their keys.
    on : date, optional
        The day on which it has to be light at their usual hour.

    Returns
    -------
    FoundSpot

    Raises
    ------
    NotFound
        No region holds it.
    """
    said = ticked(store).get(key)
    heads = () if regions is None else regions.heads()
    if own_ground.is_own(key):
        stretch, own = own_ground.find(store, key)
        holding = [head for head in heads if head.box.holds(*stretch.middle_deg)]
        light = _light(store, on, stretch)
        asked = Asked(visits=None if own is None else own.days, ticked=said is not None and said.known, daylight=light)
        around = min(holding, key=lambda head: head.box.size_deg2, default=None)
        return FoundSpot(around, places.score(stretch, asked), said, own, light)
    if regions is None or not heads:
        raise NotFound("No map is prepared, so there are no spots of one.")
    for head in heads:
        with suppress(NotFound):
            stretch = regions.region(head.name).stretch(key)
            return _of_map(store, regions, head, stretch, visits_of, on)
    raise NotFound("This spot is in none of the prepared maps: a newer map may have drawn it anew. Look for it again.")


def _of_map(
    store: OwnGround,
    regions: Regions,
    head: RegionHead,
    stretch: Stretch,
    visits_of: Callable[[Sequence[Stretch]], Mapping[str, int]] | None,
    on: date | None,
) -> FoundSpot:
    latitude_deg, longitude_deg, radius_m = place_of(store, regions)
    (away_m,) = _away_m([stretch], latitude_deg, longitude_deg)
    said = ticked(store)
    counted = None if visits_of is None else visits_of([stretch])
    asked = _asked(stretch, float(away_m), radius_m, said, counted, _light(store, on, stretch))
    known = own_ground.passes(store, stretch.middle_deg, own_ground.ROUND_M)
    return FoundSpot(
        head,
        places.score(own_ground.measured(known, stretch), asked),
        said.get(stretch.key),
        own_ground.over(known, stretch),
        asked.daylight,
    )


def place_of(store: Settings, regions: Regions) -> tuple[float, float, float]:
    """Return latitude, longitude and radius that were asked about last, else the middle of the first region."""
    kept = json.loads(store.setting(PLACE) or "null")
    heads = regions.heads()
    if kept is not None and any(head.box.holds(kept[0], kept[1]) for head in heads):
        return float(kept[0]), float(kept[1]), float(kept[2])
    box = heads[0].box
    return (box.south_deg + box.north_deg) / 2, (box.west_deg + box.east_deg) / 2, RADIUS_M


def put_place(store: Settings, place: tuple[float, float], radius_m: float) -> None:
    """Keep the place that was asked about, and how far was looked. Raises BadValue where it is none."""
    box_round(*place, radius_m)
    store.put_setting(PLACE, json.dumps([*place, radius_m]))


def _holding(heads: Iterable[RegionHead], latitude_deg: float, longitude_deg: float) -> RegionHead:
    """Return the region that holds a place: of several the smallest, for that was cut for it."""
    known = list(heads)
    if not known:
        raise NotFound(
            "No map is prepared yet: get an extract of OpenStreetMap of where you run, then call "
            "`backward region prepare EXTRACT`."
        )
    holding = [head for head in known if head.box.holds(latitude_deg, longitude_deg)]
    if not holding:
        reach = "; ".join(f"{head.name} holds {_span(head)}" for head in known[:3])
        raise NotFound(
            f"{latitude_deg:g}, {longitude_deg:g} lies outside what is prepared ({reach}); prepare an extract of "
            "there, or ask about a place inside."
        )
    return min(holding, key=lambda head: head.box.size_deg2)


def _span(head: RegionHead) -> str:
    box = head.box
    return f"{box.south_deg:.3f} to {box.north_deg:.3f} N, {box.west_deg:.3f} to {box.east_deg:.3f} E"


def _is_old(head: RegionHead, today: date) -> bool:
    return head.source_date is None or (today - head.source_date).days > OLD_YEARS * 365.25


def _away_m(stretches: Iterable[Stretch], latitude_deg: float, longitude_deg: float) -> FloatArray:
    """Return how far each stretch is, by its nearer end."""
    ends = np.array([(stretch.line[0], stretch.line[-1]) for stretch in stretches]).reshape(-1, 2)
    away = distance_m(ends[:, 1], ends[:, 0], latitude_deg, longitude_deg)
    return np.asarray(away.reshape(-1, 2).min(axis=1))


def _light(store: Activities, on: date | None, stretch: Stretch) -> Daylight | None:
    return None if on is None else daylight(usual_hour(store), on, *stretch.middle_deg)


def _asked(
    stretch: Stretch,
    away_m: float,
    radius_m: float,
    ticks: Mapping[str, Ticked],
    visits: Mapping[str, int] | None,
    light: Daylight | None,
) -> Asked:
    known = ticks.get(stretch.key)
    return Asked(
        distance_m=away_m,
        radius_m=radius_m,
        visits=None if visits is None else visits.get(stretch.key),
        ticked=known is not None and known.known,
        daylight=light,
    )


def _apart(ranked: Iterable[Spot], most: int) -> tuple[Spot, ...]:
    """Return the best, without those that lie on what is there already."""
    found: list[Spot] = []
    places_m: list[tuple[float, float, float]] = []
    for candidate in ranked:
        if len(found) == most:
            break
        north, east, heading = _middle_m(candidate.stretch)
        if any(
            abs(north - other[0]) + abs(east - other[1]) < SAME_WITHIN_M
            and abs((heading - other[2] + 90.0) % 180.0 - 90.0) < SAME_HEADING_DEG
            for other in places_m
        ):
            continue
        found.append(candidate)
        places_m.append((north, east, heading))
    return tuple(found)


def _middle_m(stretch: Stretch) -> tuple[float, float, float]:
    """Return metres north and east of nowhere, and the heading, degrees."""
    latitude_deg, longitude_deg = stretch.middle_deg
    shrunk = math.cos(math.radians(latitude_deg)) * METRES_PER_DEGREE_EAST
    (west, south), (east, north) = stretch.line[0], stretch.line[-1]
    heading = math.degrees(math.atan2((north - south) * METRES_PER_DEGREE_NORTH, (east - west) * shrunk))
    return latitude_deg * METRES_PER_DEGREE_NORTH, longitude_deg * shrunk, heading


def ticked(store: Settings) -> dict[str, Ticked]:
    """Return what its runner said of stretches, by their key."""
    return {key: Ticked(key=key, **said) for key, said in json.loads(store.setting(SPOTS) or "{}").items()}


def tick(store: Settings, said: Ticked) -> None:
    """Keep what its runner says of a stretch; of one of which nothing is said any more, nothing is kept.

    Raises
    ------
    BadValue
        The note is too long, the length cannot be, or too many are ticked already.
    """
    if len(said.note) > LONGEST_NOTE:
        raise BadValue("note", f"have at most {LONGEST_NOTE} letters", len(said.note), "Write a shorter one.")
    if said.length_m is not None and not 5.0 <= said.length_m <= 5000.0:
        raise BadValue(
            "length", "lie between 5 m and 5 km", said.length_m, "Write how long one length of it is, in metres."
        )
    kept = ticked(store) | {said.key: replace(said, note=said.note.strip(), in_plan=said.in_plan and said.known)}
    if kept[said.key] == Ticked(said.key, said.region):
        del kept[said.key]
    if len(kept) > MOST_TICKED:
        raise BadValue("spots", f"be at most {MOST_TICKED}", len(kept), "Take the mark from one that you do not use.")
    rows = {key: {name: value for name, value in asdict(word).items() if name != "key"} for key, word in kept.items()}
    store.put_setting(SPOTS, json.dumps(rows, ensure_ascii=False))
