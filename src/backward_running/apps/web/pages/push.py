"""The coming week to intervals.icu: off until turned on, and it shows first what goes where."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of
from backward_running.core.errors import BadValue, ServiceError, Stopped
from backward_running.core.ports import PlannedEvents
from backward_running.flows import push

router = APIRouter()
PAGE = "/plan/export/intervals"


@router.get(PAGE)
def push_page(request: Request) -> Response:
    """Show how it stands, and what would be sent."""
    return _page(request, None)


def _page(request: Request, problem: str | None) -> Response:
    store, stopped = store_of(request), None
    try:
        events = push.preview(store, now=now_of(request))
    except Stopped as refused:
        events, stopped = (), str(refused)
    return show(
        request,
        "push.html",
        status_code=422 if problem else 200,
        section="plan",
        push=push.state(store),
        events=events,
        stopped=stopped,
        problem=problem,
    )


@router.post(PAGE)
def turn_on(request: Request, form: Form) -> Response:
    """Turn it on with a key, once the service took that."""
    store = store_of(request)
    try:
        key = push.key_of(fields(form).get("key", ""))
        push.turn_on(store, remote_of(request)(key), key, now=now_of(request))
    except BadValue as refused:
        return _page(request, refused.hint or str(refused))
    except ServiceError as refused:
        return _page(request, str(refused))
    except Stopped:
        return go(PAGE)
    return go(PAGE)


@router.post(f"{PAGE}/send")
def send(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Push now."""
    store = store_of(request)
    key = store.secret(push.KEY)
    if key is None:
        return _page(request, "There is no key; enter it to turn this on.")
    try:
        push.push(store, remote_of(request)(key), now=now_of(request))
    except ServiceError as refused:
        return _page(request, str(refused))
    except Stopped:
        return go(PAGE)
    return go(PAGE)


@router.post(f"{PAGE}/off")
def turn_off(request: Request, form: Form) -> Response:  # noqa: ARG001
    """Turn it off: forget the key, and take back what is to come."""
    store = store_of(request)
    key = store.secret(push.KEY) or ""
    problem = push.turn_off(store, remote_of(request)(key), now=now_of(request))
    return _page(request, problem) if problem else go(PAGE)


def remote_of(request: Request) -> Callable[[str], PlannedEvents]:
    """Return what reaches the service with a key."""
    return cast(Callable[[str], PlannedEvents], request.app.state.remote)
