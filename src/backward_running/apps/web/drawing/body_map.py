"""The body map: where each place lies on the two outlines, in the drawing's own units."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.apps.words.body_sites import BACK, FRONT, SIDES, Place, site_words

WIDTH, HEIGHT = 200.0, 452.0
MIDDLE = WIDTH / 2
#: Height of each place, and how far from the middle it lies. A leg's places are 54 apart: a finger wide on a phone.
FRONT_AT = {
    "hip": (130.0, 35.0),
    "groin": (175.0, 17.0),
    "thigh": (214.0, 27.0),
    "front of knee": (264.0, 30.0),
    "shin": (318.0, 30.0),
    "ankle": (372.0, 29.0),
    "forefoot": (426.0, 36.0),
}
BACK_AT = {
    "neck": (58.0, 0.0),
    "back": (132.0, 0.0),
    "hamstring": (208.0, 27.0),
    "knee": (262.0, 30.0),
    "calf": (316.0, 30.0),
    "achilles": (372.0, 29.0),
    "foot": (426.0, 33.0),
}
#: Half the width and height of what can be tapped around a place, where it is not that of a leg.
REACH = {"hip": (27.0, 27.0), "groin": (18.0, 18.0), "neck": (32.0, 27.0), "back": (34.0, 27.0)}
LEG_REACH = (30.0, 27.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that can be tapped."""

    site: str  #: "left knee"
    name: str  #: "left-knee", for ids and addresses
    words: str
    x: float
    y: float
    hit_x: float
    hit_y: float
    hit_width: float
    hit_height: float


@dataclass(frozen=True, slots=True)
class View:
    """One outline with its places. Seen from the front, the right side of the body lies on the left."""

    words: str
    spots: tuple[Spot, ...]
    left_hand: str  #: the side of the body that lies on the left of the drawing
    right_hand: str


def body_map() -> tuple[View, View]:
    """Return front and back."""
    return (
        View("Front", _spots(FRONT, FRONT_AT, mirrored=True), "right", "left"),
        View("Back", _spots(BACK, BACK_AT, mirrored=False), "left", "right"),
    )


def name_of(site: str) -> str:
    """Return a site as ids and addresses can hold it.

    >>> name_of("left front of knee")
    'left-front-of-knee'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in site.lower()).split())


def _spots(places: tuple[Place, ...], at: dict[str, tuple[float, float]], *, mirrored: bool) -> tuple[Spot, ...]:
    found = []
    for place in places:
        y, away = at[place.key]
        if not place.has_sides:
            found.append(_spot(place.key, place.key, MIDDLE, y))
            continue
        for side in SIDES:
            on_the_left = (side == "left") != mirrored
            found.append(_spot(f"{side} {place.key}", place.key, MIDDLE + (-away if on_the_left else away), y))
    return tuple(found)


def _spot(site: str, key: str, x: float, y: float) -> Spot:
    wide, high = REACH.get(key, LEG_REACH)
    left = x - wide
    if key not in REACH:  # a leg: as wide as it can be without reaching the other one
        left = MIDDLE - 2 * wide if x < MIDDLE else MIDDLE
    return Spot(site, name_of(site), site_words(site), x, y, left, y - high, 2 * wide, 2 * high)
