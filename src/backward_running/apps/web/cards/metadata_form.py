"""What a file does not say: where the sensor sat, when it was, what the columns of a table are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from backward_running.apps.words.metadata_fields import moment_of, pairs_of
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue
from backward_running.core.mounting import WAYS, axes_of
from backward_running.core.recording import ON_FOOT_SPORTS
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata
from backward_running.flows.views import SensorsView

#: Fields of the form, in its order.
FIELDS = ("place", "mount", "top", "screen", "date", "sport", "columns", "unit", "rate_hz")
KNOWN = {"known": True, "unknown": False}
#: What is asked of a sensor as of a phone: its y axis runs to the top, its z axis out of the screen.
AXES = {"y": "top", "z": "screen"}


def metadata_of(typed: Mapping[str, str], zone: str = "UTC") -> SuppliedMetadata:
    """Gather what was typed; an empty field says nothing.

    Raises
    ------
    BadValue
        A field cannot be read; the message says what it should look like.
    """
    said = {name: typed.get(name, "").strip() for name in FIELDS}
    for name, known in (("mount", KNOWN), ("sport", ON_FOOT_SPORTS)):
        if said[name] and said[name] not in known:
            raise BadValue(name, f"be one of {', '.join(sorted(known))}", said[name])
    pointed = {axis: said[name] for axis, name in AXES.items() if said[name]}
    return SuppliedMetadata(
        place=said["place"] or None,
        mount_known=KNOWN.get(said["mount"]),
        columns=pairs_of(said["columns"], "columns") if said["columns"] else None,
        units=pairs_of(said["unit"], "unit") if said["unit"] else None,
        rate_hz=read_number(said["rate_hz"], name="rate") if said["rate_hz"] else None,
        started_at=moment_of(said["date"], zone) if said["date"] else None,
        sport=said["sport"] or None,
        axes=axes_of(pointed) if pointed else None,
    )


def waiting_url(key: str | None, typed: Mapping[str, str]) -> str:
    """Return where a table waits; what was typed with the file goes along."""
    said = {name: typed[name] for name in FIELDS if typed.get(name, "").strip()}
    return f"/import/waiting/{key}" + (f"?{urlencode(said)}" if said else "")


def choices(typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the form of a body sensor is drawn with."""
    return {
        "places": [(place, place_words(place)) for place in PLACES],
        "sports": sorted(ON_FOOT_SPORTS),
        "ways": WAYS,
        "typed": {name: (typed or {}).get(name, "") for name in FIELDS},
    }


def place_words(place: str) -> str:
    """Name a place as a person does.

    >>> place_words("foot_left"), place_words("thigh"), place_words("unknown")
    ('left foot', 'thigh or pocket', 'I do not know')
    """
    part, _, side = place.partition("_")
    part = {"thigh": "thigh or pocket", "waist": "waist or belt", "unknown": "I do not know"}.get(part, part)
    return f"{side} {part}" if side else part


def sensor_parts(sensors: SensorsView | None) -> dict[str, Any]:
    """Return what the question "Where was the sensor?" is drawn with."""
    if sensors is None:
        return {}
    told = sensors.told
    mount = "" if told.mount_known is None else "known" if told.mount_known else "unknown"
    places = " and ".join(place_words(place) if place != "unknown" else "place not said" for place in sensors.places)
    known = "its axes known" if sensors.mount_known else "how it sat not known"
    _, top, screen = told.axes or ("", "", "")
    typed = {"place": told.place or "", "mount": mount, "top": top, "screen": screen}
    return {"sensor_words": f"{places}, {known}", **choices(typed)}
