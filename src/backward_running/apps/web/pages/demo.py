"""The demo runner: twelve simulated weeks, in and out again."""

from __future__ import annotations

from collections import deque

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import go, store_of, today_of
from backward_running.flows import demo as flow

router = APIRouter()


@router.post("/demo")
def load(request: Request) -> Response:
    """Let the demo runner in."""
    deque(flow.load_demo(store_of(request), today=today_of(request)), maxlen=0)
    return go("/")


@router.post("/demo/clear")
def clear(request: Request) -> Response:
    """Forget the demo runner; what is yours stays."""
    flow.clear_demo(store_of(request))
    return go("/")
