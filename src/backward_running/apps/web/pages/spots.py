"""Where to run backward: the ranked list with its map, and the page of one spot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards import spots as cards
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import download, go, regions_of, show, store_of, today_of, units_of
from backward_running.apps.words import spots as words
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BackwardRunningError, BadValue
from backward_running.core.ground import GroundKind
from backward_running.flows import familiar, own_ground, spot_files, spots
from backward_running.flows.daylight import sun_there, usual_hour

router = APIRouter()
PAGE = "/spots"
HINT = "Write a place as two numbers, latitude and longitude, such as 60.1742, 24.9445."
MOST = 20
#: So many runs are looked through for straights while a page is made: a second or two, once.
LOOKED_THROUGH = 400


@router.get(PAGE)
def spots_page(request: Request, near: str = "", radius: str = "", kind: str = "") -> Response:
    """Show the best spots near a place, on a map and as a list."""
    regions = regions_of(request)
    heads = () if regions is None else regions.heads()
    store = store_of(request)
    own_ground.look_through(store, most=LOOKED_THROUGH)
    if regions is None or not heads:
        return show(request, "spots_none.html", section="spots", own=_own(request))
    *last, last_m = spots.place_of(store, regions)
    typed = {"near": near.strip(), "radius": radius.strip() or f"{last_m / 1000.0:g}", "kind": kind}
    try:
        place = _place(typed["near"]) if typed["near"] else (last[0], last[1])
        radius_m = 1000.0 * read_number(typed["radius"], name="radius", hint="Write how far to look, in kilometres.")
        kinds = (GroundKind(kind),) if kind in {known.value for known in GroundKind} else ()
        passes = own_ground.passes(store, place, radius_m)
        found = spots.near(
            store,
            regions,
            place,
            radius_m=radius_m,
            most=MOST,
            today=today_of(request),
            runs=spots.Runs(partial(familiar.visits, store), passes, usual_hour(store)),
            kinds=kinds,
        )
    except BackwardRunningError as problem:
        told = (problem.hint or str(problem)) if isinstance(problem, BadValue) else str(problem)
        shown = {"page": None, "typed": typed, "problem": told, "heads": heads, "own": _own(request)}
        return show(request, "spots.html", status_code=422, section="spots", **shown)
    typed["near"] = f"{place[0]:.5f}, {place[1]:.5f}"
    region, ticks, units = regions.region(found.head.name), spots.ticked(store), units_of(request)
    page = cards.list_of(found, region, ticks, units)
    card = cards.own_of(own_ground.most_run(passes), ticks, units, region)
    return show(request, "spots.html", section="spots", page=page, typed=typed, problem=None, heads=heads, own=card)


def _own(request: Request) -> cards.OwnCard:
    """Return what the runner's own runs show, without a map."""
    store = store_of(request)
    return cards.own_of(own_ground.most_run(own_ground.passes(store)), spots.ticked(store), units_of(request))


@router.post(f"{PAGE}/place")
def start_here(request: Request, form: Form) -> Response:
    """Keep the place that is asked about, for the next time."""
    typed = fields(form)
    radius_km = read_number(typed.get("radius", ""), name="radius", hint="Write how far to look, in kilometres.")
    place = _place(typed.get("near", ""))
    spots.put_place(store_of(request), place, 1000.0 * radius_km)
    return go(PAGE)


@router.get(f"{PAGE}/{{key}}")
def spot_page(request: Request, key: str) -> Response:
    """Show one spot: its map, everything that is known and unknown of it, and what its runner says of it."""
    return _spot(request, key, None, {})


def _spot(request: Request, key: str, problem: str | None, typed: Mapping[str, str]) -> Response:
    store, regions = store_of(request), regions_of(request)
    today = today_of(request)
    found = spots.find(store, regions, key, partial(familiar.visits, store), on=today)
    region = None if found.head is None or regions is None else regions.region(found.head.name)
    sun = words.sun_words(sun_there(today, *found.spot.stretch.middle_deg), usual_hour(store))
    page = cards.page_of(found, region, units_of(request))
    return show(
        request,
        "spot.html",
        status_code=422 if problem else 200,
        section="spots",
        page=page,
        sun=sun,
        problem=problem,
        typed=dict(typed),
    )


@router.post(f"{PAGE}/{{key}}")
def say(request: Request, key: str, form: Form) -> Response:
    """Keep what the runner says of a spot."""
    store, typed = store_of(request), fields(form)
    found = spots.find(store, regions_of(request), key)
    try:
        length = typed.get("length_m", "").strip()
        hint = "Write the length of one length of it in metres, or leave it empty."
        said = spots.Ticked(
            key=key,
            region="" if found.head is None else found.head.name,
            known=typed.get("known") == "yes",
            in_plan=typed.get("in_plan") == "yes",
            note=typed.get("note", ""),
            length_m=read_number(length, name="length", hint=hint) if length else None,
        )
        spots.tick(store, said)
    except BadValue as problem:
        return _spot(request, key, problem.hint or str(problem), typed)
    return go(f"{PAGE}/{key}")


@router.get(f"{PAGE}/{{key}}/spot.gpx")
def gpx(request: Request, key: str) -> Response:
    """Give the stretch as GPX, to follow it on a watch."""
    name, data = spot_files.gpx(_found(request, key))
    return download(name, data, "application/gpx+xml")


@router.get(f"{PAGE}/{{key}}/spot.geojson")
def geojson(request: Request, key: str) -> Response:
    """Give the stretch as GeoJSON, with what is known of it."""
    name, data = spot_files.geojson(_found(request, key))
    return download(name, data, "application/geo+json")


def _found(request: Request, key: str) -> spots.FoundSpot:
    return spots.find(store_of(request), regions_of(request), key)


def _place(text: str) -> tuple[float, float]:
    parts = text.replace(",", " ").split()
    if len(parts) != 2:
        raise BadValue("place", "be two numbers", text, HINT)
    latitude_deg, longitude_deg = (read_number(part, name="place", hint=HINT) for part in parts)
    return latitude_deg, longitude_deg
