"""The places of the body that a check-in can name, as keys and as a runner reads them.

A side stands before the place: "left knee". The rules of pain know the places without their side, and a place they do
not know has the limit of an unknown tissue; so a place can be added here without touching any rule.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDES = ("left", "right")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the body map."""

    key: str
    words: str
    has_sides: bool = True


FRONT: tuple[Place, ...] = (
    Place("hip", "Hip"),
    Place("groin", "Groin"),
    Place("thigh", "Front of the thigh"),
    Place("front of knee", "Front of the knee"),
    Place("shin", "Shin"),
    Place("ankle", "Ankle"),
    Place("forefoot", "Forefoot"),
)
BACK: tuple[Place, ...] = (
    Place("neck", "Neck", has_sides=False),
    Place("back", "Back", has_sides=False),
    Place("hamstring", "Hamstring"),
    Place("knee", "Knee, behind or at the side"),
    Place("calf", "Calf"),
    Place("achilles", "Achilles tendon"),
    Place("foot", "Heel or sole"),
)
ELSEWHERE = Place("elsewhere", "Another place", has_sides=False)
PLACES = (*FRONT, *BACK, ELSEWHERE)


def sites() -> dict[str, str]:
    """Return every site, its side included, and its words.

    >>> sites()["left front of knee"], sites()["back"]
    ('Front of the knee, left', 'Back')
    """
    found: dict[str, str] = {}
    for place in PLACES:
        if place.has_sides:
            found |= {f"{side} {place.key}": f"{place.words}, {side}" for side in SIDES}
        else:
            found[place.key] = place.words
    return found


def site_words(site: str) -> str:
    """Return a site as it is read; one that is not on the map is said as it was typed.

    >>> site_words("left front_of_knee"), site_words("little toe")
    ('Front of the knee, left', 'Little toe')
    """
    plain = site.replace("_", " ").strip().lower()
    unsided = {place.key: place.words for place in PLACES}
    return sites().get(plain) or unsided.get(plain) or plain.capitalize()
