"""A sensor app, straight in: open a room for it, see which way live, save what came."""

from __future__ import annotations

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
_SHUT = "No phone reaches this computer now; start it with `backward serve --lan`."


@router.get(PAGE)
def sensors_page(request: Request) -> Response:
    """Show the room, or how to open one."""
    return _page(request)


@router.get(f"{PAGE}/now")
def live(request: Request) -> Response:
    """Show how it stands at this moment."""
    lan = lan_of(request)
    stands = None if lan is None else lan.sensors.now()
    return show(request, "_sensors_now.html", stands=stands, trouble="" if lan is None else lan.sensors.trouble)


@router.post(PAGE)
def open_room(request: Request, form: Form) -> Response:
    """Open a room for an app."""
    lan, typed = lan_of(request), fields(form)
    if lan is None:
        return _page(request, problem=_SHUT)
    try:
        lan.sensors.open(typed.get("app", ""), typed.get("place", ""), typed.get("address", ""))
    except BadValue as refused:
        return _page(request, typed=dict(typed), problem=refused.hint or str(refused))
    return go(PAGE)


@router.post(f"{PAGE}/end")
def end(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Close the room, and take in what came."""
    lan = lan_of(request)
    if lan is None:
        return _page(request, problem=_SHUT)
    try:
        data = lan.sensors.close()
    except NotFound as refused:
        return _page(request, problem=str(refused))
    if data is None:
        return _page(request, problem="Nothing had arrived, so there is no recording; the room is closed.")
    now = now_of(request)
    name = f"backward-{now:%Y-%m-%d-%H%M}.jsonl"
    (entry, *_) = intake.import_file(store_of(request), name, data, now=now, workers=request.app.state.workers)
    return go(f"/runs/{entry.activity_ids[0]}") if entry.activity_ids else _page(request, problem=entry.message)


def _page(request: Request, *, typed: dict[str, str] | None = None, problem: str | None = None) -> Response:
    lan = lan_of(request)
    desk = None if lan is None else lan.sensors
    return show(
        request,
        "sensors.html",
        status_code=422 if problem else 200,
        section="plan",
        lan=lan,
        app=desk.app if desk else "",
        stands=desk.now() if desk else None,
        trouble=desk.trouble if desk else "",
        address=f"{lan.guide_url}sensors/{desk.token}" if lan and desk and desk.token else "",
        apps=APPS,
        places=PLACES,
        typed=typed or {},
        problem=problem,
    )
