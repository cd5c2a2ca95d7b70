"""The door for paired phones (HTTPS): the app’s own files, and four things to ask. Nothing of the store is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backward_running import __version__
from backward_running.apps import phone_app
from backward_running.apps.lan.guard import Guard, said
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.apps.refusals import Refused
from backward_running.apps.words.spots import lane_words
from backward_running.apps.words.units import Units
from backward_running.core.errors import BackwardRunningError, NotFound, Stopped, StoreBusy, StoreError
from backward_running.core.paired_phone import PairedPhone
from backward_running.core.plan import Workout
from backward_running.flows import delivery, phone, phones, profile, where

HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Permissions-Policy": "microphone=(), payment=(), usb=()",
}
_TYPES = {
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "png": "image/png", "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
}  # fmt: skip


def phone_door(lan: LocalNetwork) -> Guard:
    """Make the door."""
    files = phone_app.files_of_app(beside_laptop=True)
    routes = [
        Route("/", partial(_file, files["index.html"], "html")),
        *(Route(f"/{name}", partial(_file, content, name.rsplit(".", 1)[-1])) for name, content in files.items()),
        Route("/api/pair", _answered(lan, _pair), methods=["POST"]),
        Route("/api/sessions", _answered(lan, _sessions), methods=["GET"]),
        Route("/api/recordings/{key}", _answered(lan, _state), methods=["GET"]),
        Route("/api/recordings/{key}", _answered(lan, _add), methods=["POST"]),
        Route("/api/said", _answered(lan, _said), methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _nothing_here})
    return Guard(app, names=partial(lan.names, lan.phone_port), headers=HEADERS, break_down=lan.faults.note)


async def _file(content: bytes, ending: str, _request: Request) -> Response:
    return Response(content, 200, {"Cache-Control": "no-cache"}, _TYPES[ending])


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    return said("Nothing is here.", 404)


def _answered(lan: LocalNetwork, answer: Callable[[LocalNetwork, Request, bytes], Any]) -> Callable[[Request], Any]:
    """Read what came, answer beside the loop, and say in a sentence what could not be."""

    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            return JSONResponse(await run_in_threadpool(answer, lan, request, body))
        except BackwardRunningError as problem:
            return said(str(problem), _status(problem))

    return endpoint


def _status(problem: BackwardRunningError) -> int:
    if isinstance(problem, Refused):
        return problem.status
    if isinstance(problem, StoreBusy | StoreError):
        return 503
    return 409 if isinstance(problem, Stopped) else 422


def _let_in(lan: LocalNetwork, request: Request) -> tuple[LocalNetwork, PairedPhone]:
    """Return the doors as they are for whose phone asks, and the phone. Raises Refused."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    why = ""
    for who in lan.store.people():
        try:
            theirs = lan.of(who.athlete_id)
            return theirs, phones.known(theirs.store, secret if kind.lower() == "bearer" else "", now=theirs.now())
        except NotFound as problem:
            why = str(problem)
    raise Refused(why, 401)


def _pair(lan: LocalNetwork, _request: Request, body: bytes) -> dict[str, str]:
    told = _fields(body)
    theirs = lan.of(lan.pairing.use(told.get("code", "")))
    paired, secret = phones.pair(theirs.store, told.get("name", ""), now=theirs.now())
    return {"secret": secret, "name": paired.name}


def _sessions(lan: LocalNetwork, request: Request, _body: bytes) -> dict[str, Any]:
    lan, _ = _let_in(lan, request)
    now = lan.now()
    told: dict[str, Any] = {"version": __version__, "now_ms": round(now.timestamp() * 1000), "link": None, "why": ""}
    try:
        units = Units(profile.setting(lan.store, "units"))
        lane_of = partial(_lane_of, lan, units)
        told["link"] = phone.link(lan.store, "", now=now, unit=units.long_unit, lane_of=lane_of).address
    except (Stopped, NotFound) as problem:
        told["why"] = str(problem)
    return told


def _lane_of(lan: LocalNetwork, units: Units, workout: Workout) -> str | None:
    """Say which place the runner ticked for a session; None where there is none."""
    fits = where.best_for(lan.store, lan.regions, workout)
    return lane_words(fits[0], units) if fits else None


def _state(lan: LocalNetwork, request: Request, _body: bytes) -> dict[str, Any]:
    lan, paired = _let_in(lan, request)
    state = lan.deliveries.state(paired, request.path_params["key"])
    return {"have": state.have, "done": state.done, "message": state.message}


def _add(lan: LocalNetwork, request: Request, body: bytes) -> dict[str, Any]:
    (lan, paired), query = _let_in(lan, request), request.query_params
    at, size = query.get("at", ""), query.get("size", "")
    if not (at.isascii() and at.isdigit() and size.isascii() and size.isdigit() and len(at + size) < 30):
        raise Refused("A piece says where it begins and how large the whole is.", 422)
    state = lan.deliveries.add(
        paired, request.path_params["key"], query.get("name", ""), body, at=int(at), size=int(size)
    )
    return {"have": state.have, "done": state.done, "message": state.message}


def _said(lan: LocalNetwork, request: Request, body: bytes) -> dict[str, str]:
    lan, paired = _let_in(lan, request)
    activity_id = lan.deliveries.activity_of(paired, request.query_params.get("recording", ""))
    return {"message": delivery.take_said(lan.store, body, activity_id, now=lan.now())}


def _fields(body: bytes) -> dict[str, str]:
    import json

    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Refused("What came is no request of the app.", 422)
    return {name: value for name, value in told.items() if isinstance(value, str)}
