"""Privacy zones: where no position is given out."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue
from backward_running.core.privacy import NARROWEST_M, WIDEST_M, PrivacyZone
from backward_running.flows import privacy

router = APIRouter()
PAGE = "/settings/privacy"
HINT = "Write a place as two numbers, latitude and longitude, such as 48.2082, 16.3738."


@router.get(PAGE)
def privacy_page(request: Request) -> Response:
    """Show the zones."""
    return _page(request, {}, None)


def _page(request: Request, typed: Mapping[str, str], problem: str | None) -> Response:
    return show(
        request,
        "privacy.html",
        status_code=422 if problem else 200,
        section="settings",
        held=privacy.zones(store_of(request)),
        typed={"name": "", "place": "", "radius_m": f"{privacy.RADIUS_M:g}", **typed},
        problem=problem,
        narrowest_m=NARROWEST_M,
        widest_m=WIDEST_M,
    )


@router.post(PAGE)
def add_zone(request: Request, form: Form) -> Response:
    """Put a zone round a place that was typed."""
    typed = {name: fields(form).get(name, "").strip() for name in ("name", "place", "radius_m")}
    try:
        privacy.add(store_of(request), zone_of(typed))
    except BadValue as problem:
        return _page(request, typed, problem.hint or str(problem))
    return go(PAGE)


def zone_of(typed: Mapping[str, str]) -> PrivacyZone:
    """Read a zone. Raises BadValue."""
    parts = typed["place"].replace(",", " ").split()
    if len(parts) != 2:
        raise BadValue("place", "be two numbers", typed["place"], HINT)
    latitude_deg, longitude_deg = (read_number(part, name="place", hint=HINT) for part in parts)
    radius_m = read_number(typed["radius_m"], name="radius", hint="Write how far the zone reaches, in metres.")
    return PrivacyZone(typed["name"], latitude_deg, longitude_deg, radius_m)


@router.post(f"{PAGE}/remove")
def remove_zone(request: Request, form: Form) -> Response:
    """Take a zone away."""
    privacy.remove(store_of(request), fields(form).get("name", ""))
    return go(PAGE)


@router.post(f"{PAGE}/home")
def find_home(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Look for home anew; the zones that were chosen go."""
    privacy.find_home(store_of(request))
    return go(PAGE)


@router.post("/runs/{activity_id}/privacy")
def hide_start(request: Request, activity_id: str, form: Form) -> Response:
    """Put a zone round where a run begins."""
    store = store_of(request)
    name = fields(form).get("name", "").strip() or store.row(activity_id).title
    privacy.add_at_start(store, activity_id, name)
    return go(PAGE)
