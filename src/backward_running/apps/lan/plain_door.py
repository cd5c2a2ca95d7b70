"""The door without a certificate (HTTP): how to install it, the calendar, and what sensor apps push. Nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from backward_running.apps.lan.guard import Guard, said
from backward_running.apps.lan.local_network import LocalNetwork
from backward_running.apps.refusals import Refused
from backward_running.core.errors import BackwardRunningError, NotFound, UnreadableFile
from backward_running.flows import feed

_CALENDAR = "text/calendar; charset=utf-8"
#: Of the kinds that phones offer to install.
_CERTIFICATE = "application/x-x509-ca-cert"


def plain_door(lan: LocalNetwork) -> Guard:
    """Make the door."""
    style = (files("backward_running.apps.web") / "static" / "phone" / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
    routes = [
        Route("/", partial(_guide, lan, style)),
        Route("/backward-authority.cer", partial(_certificate, lan)),
        Route("/calendar/{token}.ics", partial(_calendar, lan)),
        Route("/sensors/{token}", partial(_sensors, lan), methods=["POST"]),
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _nothing_here, BackwardRunningError: _why})
    headers = {"Content-Security-Policy": policy}
    return Guard(app, names=partial(lan.names, lan.plain_port), headers=headers, break_down=lan.faults.note)


async def _nothing_here(_request: Request, _error: Exception) -> Response:
    return said("Nothing is here.", 404)


async def _why(_request: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return said(str(error), error.status)
    if isinstance(error, UnreadableFile):
        return said(str(error), 422)
    return said(str(error), 404 if isinstance(error, NotFound) else 503)


async def _guide(lan: LocalNetwork, style: str, _request: Request) -> Response:
    environment = Environment(
        loader=PackageLoader("backward_running.apps.web"), undefined=StrictUndefined, autoescape=select_autoescape()
    )
    template = environment.get_template("certificate_guide.html")
    return HTMLResponse(template.render(style=style, fingerprint=lan.certificate().fingerprint, app_url=lan.app_url))


async def _certificate(lan: LocalNetwork, _request: Request) -> Response:
    name = 'attachment; filename="backward-authority.cer"'
    return Response(lan.certificate().certificate, 200, {"Content-Disposition": name}, _CERTIFICATE)


async def _sensors(lan: LocalNetwork, request: Request) -> Response:
    """Take what Sensor Logger pushes; it asks for nothing but an answer that is not an error."""
    data = await request.body()
    await run_in_threadpool(lan.sensors.push, request.path_params["token"], data)
    return said("Taken.", 200)


async def _calendar(lan: LocalNetwork, request: Request) -> Response:
    return Response(await run_in_threadpool(_feed, lan, request.path_params["token"]), 200, media_type=_CALENDAR)


def _feed(lan: LocalNetwork, token: str) -> bytes:
    theirs = lan.of(feed.owner(lan.store, token).athlete_id)
    return feed.feed(theirs.store, token, now=theirs.now())
