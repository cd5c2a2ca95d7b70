"""What the pages of spots show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.apps.web.drawing import ground as drawing
from backward_running.apps.words import spots as words
from backward_running.apps.words.units import Units
from backward_running.core.ground import RegionHead, ScorePart, Spot, Stretch
from backward_running.core.ports.ground import Region
from backward_running.flows.ground import drawn
from backward_running.flows.own_ground import OwnFound, as_stretch, key_of
from backward_running.flows.spots import Found, FoundSpot, Ticked

#: How many reasons a row of the list has.
REASONS = 5
#: So much of a page is the map at its widest: a unit of the drawing is about a pixel.
WORDS_ON_MAP = "Map of the spots; the list says the same in words"


@dataclass(frozen=True, slots=True)
class GroundMap:
    """A map: the ground, the spots on it, a length, and whose data it is."""

    layers: tuple[drawing.DrawnLayer, ...]
    spots: tuple[drawing.DrawnSpot, ...]
    place: tuple[float, float] | None
    scale_words: str
    scale_width: float
    credit: str
    width: float = drawing.WIDTH
    height: float = drawing.HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """A spot in the list."""

    number: int
    spot: Spot
    name: str
    length: str
    away: str
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    speaks_for: tuple[str, ...]
    ticked: bool
    in_plan: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page of spots."""

    map: GroundMap
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    looked_at: int
    head: RegionHead


@dataclass(frozen=True, slots=True)
class SpotPage:
    """The page of one spot."""

    map: GroundMap
    spot: Spot
    name: str
    parts: tuple[ScorePart, ...]
    hazards: tuple[str, ...]
    check: tuple[str, ...]
    said: Ticked
    length: str
    lap: str | None
    credit: str
    spotter: str
    heading: str
    own: tuple[str, ...]  #: what the runs of its runner show of it


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A straight of the runner's own runs."""

    number: int
    key: str
    length: str
    facts: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class OwnCard:
    """What the runner's own runs show, with or without a map."""

    map: GroundMap | None  #: None where there is nothing to be drawn
    rows: tuple[OwnRow, ...]
    runs: int
    left: str


def own_of(found: OwnFound, ticks: Mapping[str, Ticked], units: Units, region: Region | None = None) -> OwnCard:
    """Return what the runner's own runs show; drawn on the ground of a region where there is one."""
    keys = [key_of(own) for own in found.straights]
    stretches = [as_stretch(key, own.line, own.grade) for key, own in zip(keys, found.straights, strict=True)]
    rows = [
        OwnRow(
            number=number,
            key=key,
            length=str(units.short_distance(own.length_m)),
            facts=words.own_words(own, units),
            known=key in ticks and ticks[key].known,
        )
        for number, (key, own) in enumerate(zip(keys, found.straights, strict=True), 1)
    ]
    head = None if region is None else region.head()
    drawn_map = (
        _map(region, head, drawing.frame_round(drawing.ends_of(stretches)), stretches, units, None)
        if stretches
        else None
    )
    return OwnCard(drawn_map, tuple(rows), found.runs, words.left_words(found.left))


def list_of(found: Found, region: Region, ticks: Mapping[str, Ticked], units: Units) -> ListPage:
    """Return the page of what was found."""
    place = np.array([[found.longitude_deg, found.latitude_deg]])
    stretches = [spot.stretch for spot in found.spots]
    shown = np.vstack([place, drawing.ends_of(stretches)])
    return ListPage(
        map=_map(region, found.head, drawing.frame_round(shown), stretches, units, place),
        rows=tuple(
            _row(number, spot, ticks.get(spot.stretch.key), units) for number, spot in enumerate(found.spots, 1)
        ),
        notes=tuple(words.found_words(found)[:-1]),
        looked_at=found.looked_at,
        head=found.head,
    )


def page_of(found: FoundSpot, region: Region | None, units: Units) -> SpotPage:
    """Return the page of one spot."""
    stretch = found.spot.stretch
    frame = drawing.frame_round(drawing.ends_of([stretch]), share=0.62)
    return SpotPage(
        map=_map(region, found.head, frame, [stretch], units, None),
        spot=found.spot,
        name=words.name_of(found.spot),
        parts=tuple(words.ordered_parts(found.spot)),
        hazards=words.hazard_words(stretch),
        check=words.check_words(stretch),
        said=found.ticked or Ticked(stretch.key, "" if found.head is None else found.head.name),
        length=str(units.short_distance(stretch.length_m)),
        lap=None if stretch.lap_m is None else str(units.short_distance(stretch.lap_m)),
        credit="" if found.head is None else words.map_words(found.head),
        own=() if found.own is None else words.own_words(found.own, units),
        spotter=words.spotter_words(stretch),
        heading=words.heading_words(stretch),
    )


def _map(
    region: Region | None,
    head: RegionHead | None,
    frame: drawing.Frame,
    stretches: Sequence[Stretch],
    units: Units,
    place: np.ndarray[tuple[int, int], np.dtype[np.float64]] | None,
) -> GroundMap:
    scale_m = drawing.scale_m(frame)
    at = None if place is None else frame.places(place)[0]
    return GroundMap(
        layers=()
        if region is None
        else drawing.layers(frame, drawn(region, frame.box, metres_per_pixel=frame.metres_per_unit)),
        spots=drawing.spots(frame, stretches),
        place=None if at is None else (round(float(at[0]), 1), round(float(at[1]), 1)),
        scale_words=str(units.short_distance(scale_m)),
        scale_width=round(scale_m / frame.metres_per_unit, 1),
        credit=words.credit_of(head),
    )


def _row(number: int, spot: Spot, said: Ticked | None, units: Units) -> Row:
    against, unknown, good = words.three_kinds(spot)
    return Row(
        number=number,
        spot=spot,
        name=words.name_of(spot),
        length=str(units.short_distance(spot.stretch.length_m)),
        away=str(units.distance(spot.distance_m)),
        against=tuple(part.words for part in against[:REASONS]),
        unknown=tuple(part.words for part in unknown),
        speaks_for=tuple(part.words for part in good[:REASONS]),
        ticked=said is not None and said.known,
        in_plan=said is not None and said.in_plan,
    )
