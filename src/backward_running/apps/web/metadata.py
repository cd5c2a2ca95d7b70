"""What a runner types of a body sensor: where it sat, when it was, what the columns of a table are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.metadata_fields import moment_of, pairs_of
from backward_running.apps.units import read_number
from backward_running.apps.web.page import go, now_of, show, store_of
from backward_running.apps.web.security import Form, fields
from backward_running.core.errors import BackwardRunningError, BadValue, StoreError
from backward_running.core.recording import ON_FOOT_SPORTS
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata
from backward_running.flows import days, intake
from backward_running.flows.metadata_check import check_metadata
from backward_running.flows.sensors import set_mount
from backward_running.flows.views import SensorsView

router = APIRouter()
#: Fields of the form, in its order.
FIELDS = ("place", "mount", "date", "sport", "columns", "unit", "rate_hz")
KNOWN = {"known": True, "unknown": False}


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
    return SuppliedMetadata(
        place=said["place"] or None,
        mount_known=KNOWN.get(said["mount"]),
        columns=pairs_of(said["columns"], "columns") if said["columns"] else None,
        units=pairs_of(said["unit"], "unit") if said["unit"] else None,
        rate_hz=read_number(said["rate_hz"], name="rate") if said["rate_hz"] else None,
        started_at=moment_of(said["date"], zone) if said["date"] else None,
        sport=said["sport"] or None,
    )


def checked(request: Request, typed: Mapping[str, str]) -> SuppliedMetadata:
    """Gather what was typed of files, and refuse what can be true of none before the first is read. Raises BadValue."""
    told = metadata_of(typed, days.own_zone(store_of(request)))
    check_metadata(told, now=now_of(request), athlete=store_of(request).athlete())
    return told


def waiting_url(key: str | None, typed: Mapping[str, str]) -> str:
    """Return where a table waits; what was typed with the file goes along."""
    said = {name: typed[name] for name in FIELDS if typed.get(name, "").strip()}
    return f"/import/waiting/{key}" + (f"?{urlencode(said)}" if said else "")


def choices(typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the form of a body sensor is drawn with."""
    return {
        "places": [(place, place_words(place)) for place in PLACES],
        "sports": sorted(ON_FOOT_SPORTS),
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
    places = " and ".join(place_words(one) if one != "unknown" else "place not said" for one in sensors.places)
    known = "its axes known" if sensors.mount_known else "how it sat not known"
    return {"sensor_words": f"{places}, {known}", **choices({"place": told.place or "", "mount": mount})}


@router.get("/import/waiting/{key}")
def waiting_page(request: Request, key: str) -> Response:
    """Show the columns of a table that waits, and ask what they are."""
    return _waiting(request, key, request.query_params, None)


@router.post("/import/waiting/{key}")
def take_waiting(request: Request, key: str, form: Form) -> Response:
    """Take a table in that waited; where it cannot be, say why and keep what was typed."""
    typed = fields(form)
    try:
        entry = intake.import_waiting(store_of(request), key, checked(request, typed), now=now_of(request))
    except StoreError:
        raise
    except BackwardRunningError as problem:
        return _waiting(request, key, typed, str(problem))
    return go(f"/runs/{entry.activity_ids[0]}")


def _waiting(request: Request, key: str, typed: Mapping[str, str], problem: str | None) -> Response:
    store = store_of(request)
    ids = store.activity_ids_of(key)
    if ids:
        return go(f"/runs/{ids[0]}")
    file = intake.waiting_file(store, key)
    reply = show(request, "import_waiting.html", section="import", file=file, problem=problem, **choices(typed))
    if problem is not None:
        reply.status_code = 422
    return reply


@router.post("/runs/{activity_id}/sensor")
def wear(request: Request, activity_id: str, form: Form) -> Response:
    """Say where the sensor of a run sat, and judge it anew."""
    told = metadata_of({name: value for name, value in fields(form).items() if name in ("place", "mount")})
    set_mount(store_of(request), activity_id, told.place, mount_known=told.mount_known)
    return go(f"/runs/{activity_id}#bouts")
