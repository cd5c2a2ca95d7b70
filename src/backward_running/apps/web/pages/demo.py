"""The demo runner: twelve simulated weeks in a store of their own, opened beside yours and left again."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.demo_store import cookie_name
from backward_running.apps.web.responses import go, store_of
from backward_running.core.errors import NotFound
from backward_running.flows import demo as flow

router = APIRouter()


@router.post("/demo")
def enter(request: Request) -> Response:
    """Open the demo beside the runner's own store, in this browser."""
    app = request.app.state
    if app.demo is None:
        raise NotFound("This app was opened without the demo runner.")
    app.demo.store(app.now())
    app.demo.regions()
    reply = go("/")
    reply.set_cookie(_cookie(request), "1", httponly=True, samesite="strict", path="/")
    return reply


@router.post("/demo/leave")
def leave(request: Request) -> Response:
    """Go back to the runner's own store."""
    reply = go("/")
    reply.delete_cookie(_cookie(request), httponly=True, samesite="strict", path="/")
    return reply


@router.post("/demo/clear")
def clear(request: Request) -> Response:
    """Forget a demo runner that an earlier version put into the runner's own store; what is yours stays."""
    flow.clear_demo(store_of(request))
    return go("/")


def _cookie(request: Request) -> str:
    return cookie_name((request.scope.get("server") or (None, None))[1])
