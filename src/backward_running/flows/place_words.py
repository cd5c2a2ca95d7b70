"""How the place of a sensor is called in a sentence."""

from __future__ import annotations

LEGS = ("foot", "shank", "thigh", "pocket")


def worded(place: str) -> str:
    """Name the sensor at a place.

    >>> worded("foot_left"), worded("waist"), worded("unknown")
    ('sensor on the left foot', 'sensor at the waist', 'motion sensor')
    """
    if place == "unknown":
        return "motion sensor"
    part, _, side = place.partition("_")
    return f"sensor {'on' if part in LEGS else 'at'} the {side + ' ' if side else ''}{part}"
