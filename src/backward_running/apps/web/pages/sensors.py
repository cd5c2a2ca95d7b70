"""A sensor app, straight in: open a room for it, see which way live, save what came."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.lan.sensors import APPS
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.pages.phone import lan_of
from backward_running.apps.web.responses import go, now_of, show, store_of
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import intake
from backward_running.flows.sensor_room import PLACES

router = APIRouter()
PAGE = "/plan/phone/sensors"
_SAID = {"forward": "Forward.", "backward": "Backward."}
_SHUT = "No phone reaches this computer now; start it with `backward serve --lan`."


@router.get(PAGE)
def sensors_page(request: Request) -> Response:
    """Show the room, or how to open one."""
    return _page(request)


@router.get(f"{PAGE}/now")
def live(request: Request) -> Response:
    """Show how it stands at this moment."""
    return show(request, "_sensors_now.html", **_standing(request))


@router.post(PAGE)
def open_room(request: Request, form: Form) -> Response:
    """Open a room for an app."""
    lan, typed = lan_of(request), fields(form)
    if lan is None:
        return _page(request, problem=_SHUT)
    try:
        whose = lan.store.athlete_id
        lan.sensors.open(whose, typed.get("app", ""), typed.get("place", ""), typed.get("address", ""))
    except BadValue as refused:
        return _page(request, typed=dict(typed), problem=refused.hint or str(refused))
    except NotFound as refused:
        return _page(request, typed=dict(typed), problem=str(refused))
    return go(PAGE)


@router.post(f"{PAGE}/end")
def end(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Close the room, and take in what came."""
    lan = lan_of(request)
    if lan is None:
        return _page(request, problem=_SHUT)
    try:
        data, file = lan.sensors.close(lan.store.athlete_id)
    except NotFound as refused:
        return _page(request, problem=str(refused))
    if data is None:
        file.delete()
        return _page(request, problem="Nothing had arrived, so there is no recording; the room is closed.")
    now = now_of(request)
    name = f"backward-{now:%Y-%m-%d-%H%M}.jsonl"
    (entry, *_) = intake.import_file(store_of(request), name, data, now=now, workers=request.app.state.workers)
    if not entry.activity_ids:
        return _page(request, problem=entry.message)
    file.delete()
    return go(f"/runs/{entry.activity_ids[0]}")


def _page(request: Request, *, typed: dict[str, str] | None = None, problem: str | None = None) -> Response:
    lan = lan_of(request)
    desk, whose = (None, "") if lan is None else (lan.sensors, lan.store.athlete_id)
    token = desk.token(whose) if desk else ""
    return show(
        request,
        "sensors.html",
        status_code=422 if problem else 200,
        section="plan",
        lan=lan,
        app=desk.app(whose) if desk else "",
        address=f"{lan.guide_url}sensors/{token}" if lan and token else "",
        apps=APPS,
        places=PLACES,
        typed=typed or {},
        problem=problem,
        **_standing(request),
    )


def _standing(request: Request) -> dict[str, Any]:
    """Return how the room of who is shown stands, and what is to be heard of it."""
    lan = lan_of(request)
    whose = "" if lan is None else lan.store.athlete_id
    stands = None if lan is None else lan.sensors.now(whose)
    way = "" if stands is None else stands.direction.value
    return {
        "stands": stands,
        "trouble": "" if lan is None else lan.sensors.trouble(whose),
        "cue": {"key": way, "sound": way if way in _SAID else "", "words": _SAID.get(way, "")},
    }
