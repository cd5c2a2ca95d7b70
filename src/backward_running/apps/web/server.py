"""The web app: pages for a browser on this machine. Binding to 127.0.0.1 is done by the command line."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from backward_running import __version__
from backward_running.apps.faults import Faults
from backward_running.apps.intervals_icu import IntervalsIcu
from backward_running.apps.refusals import Closed, Refused, Turned
from backward_running.apps.web import responses, templating
from backward_running.apps.web.demo_store import DemoStore
from backward_running.apps.web.drawn import Drawn
from backward_running.apps.web.forms import guard_changes
from backward_running.apps.web.keys import Keys, new_secret
from backward_running.apps.web.pages import (
    activity,
    activity_export,
    article,
    beginning,
    card,
    check_in,
    clearance,
    conditions,
    cost,
    editing,
    evidence,
    experiments,
    ground,
    imports,
    keepsakes,
    labelling,
    load,
    metadata,
    over_time,
    people,
    phone,
    plan,
    plan_changes,
    plan_export,
    plan_start,
    privacy,
    push,
    renamed,
    report,
    runs,
    sensors,
    session_done,
    settings,
    sources,
    spots,
    statements,
    today,
    trash,
    treadmill,
    watching,
    workout,
    works,
)
from backward_running.apps.web.pages import demo as demo_pages
from backward_running.apps.web.security import LOCAL_HOSTS, Fence
from backward_running.apps.web.under_way import Imports
from backward_running.apps.web.whose import Household
from backward_running.core.errors import BackwardRunningError, NotFound, Stopped, StoreBusy, StoreError, StoreFull
from backward_running.core.glance import at_a_glance
from backward_running.core.ports import PlannedEvents, Store
from backward_running.core.ports.ground import Regions
from backward_running.core.work import IN_TURN, Workers

#: Files come first: `/plan/workout/x.fit` would otherwise be asked for as the page of a workout called `x.fit`.
PAGES = (
    activity_export,
    ground,
    card,
    plan_export,
    push,
    today,
    runs,
    activity,
    load,
    labelling,
    statements,
    imports,
    metadata,
    phone,
    sensors,
    treadmill,
    plan,
    workout,
    session_done,
    plan_start,
    plan_changes,
    check_in,
    clearance,
    conditions,
    cost,
    experiments,
    over_time,
    report,
    works,
    article,
    beginning,
    evidence,
    keepsakes,
    editing,
    trash,
    privacy,
    spots,
    watching,
    sources,
    people,
    settings,
    demo_pages,
    renamed,
)
#: Pages that are made at once. Our own choice: Python computes one at a time, so more of them only hold more memory and
#: make all of them late; one that waits for its files or the disk must not keep the others out.
PAGES_AT_ONCE = 6
NOT_NOW = "Not now"
WHAT_NOW = {
    404: ("Nothing is here", "This page does not exist, or what it showed was deleted."),
    405: ("That is not possible here", "This page cannot be asked in this way."),
}


def utc_now() -> datetime:
    """Return the time; the pages show it on the runner's own clock."""
    return datetime.now(UTC)


def create_app(
    store: Store,
    *,
    keys: Keys | None = None,
    now: Callable[[], datetime] = utc_now,
    demo: DemoStore | None = None,
    allowed_hosts: Iterable[str] = LOCAL_HOSTS,
    remote: Callable[[str], PlannedEvents] = IntervalsIcu,
    workers: Workers = IN_TURN,
    regions: Regions | None = None,
) -> FastAPI:
    """Make the app.

    Parameters
    ----------
    store : Store
        The memory.
    keys : Keys, optional
        Who may come in; without, new ones, which no page of before survives. There is no way to do without.
    now : callable
        The clock: returns an aware datetime.
    demo : DemoStore, optional
        The store of the demo runner; without, there is no demo to try.
    allowed_hosts : iterable of str
        Names this machine may be called by in the browser's address bar, with or without a port.
    remote : callable
        Reaches the calendar elsewhere with a key; nothing is asked of it before its runner turns that on.
    workers : Workers
        Where files are read and judged; without, in the app itself.
    regions : Regions, optional
        The prepared maps; without, there is no ground to look for spots on.
    """
    app = FastAPI(
        title="Backward",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard_changes)],
        routes=[*_pages().routes],
        lifespan=_bounded,
    )
    app.state.store, app.state.now, app.state.demo, app.state.remote = store, now, demo, remote
    app.state.household = Household(store)
    app.state.workers, app.state.imports = workers, Imports()
    app.state.regions = regions
    app.state.treadmill = None  # nothing is recorded until the command line says where
    app.state.lan = None  # closed to the local network until the command line opens it
    app.state.templates = templating.make_environment()
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)  # what a broken form lacks is told to its sender
    app.state.keys = keys or Keys(new_secret())
    app.state.faults = Faults()
    app.mount("/static", Assets(directory=templating.STATIC, check_dir=False), name="static")
    app.add_api_route("/health", health, include_in_schema=False)
    app.add_exception_handler(BackwardRunningError, show_error)
    app.add_exception_handler(HTTPException, show_missing)
    app.add_exception_handler(RequestValidationError, show_nowhere)
    app.add_middleware(Drawn)
    app.add_middleware(Glance)
    app.add_middleware(
        Fence, keys=app.state.keys, refuse=show_refused, break_down=show_bug, allowed_hosts=tuple(allowed_hosts)
    )
    return app


@asynccontextmanager
async def _bounded(_app: FastAPI) -> AsyncIterator[None]:
    """Let a few pages be made at once, and the others wait in the order in which they were asked for."""
    current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
    yield


@cache
def _pages() -> APIRouter:
    """Return the doors of all pages, behind the guard of changes.

    One per process, for they keep nothing of an app, and reading what each of them takes is most of making one.
    """
    doors = APIRouter(dependencies=[Depends(guard_changes)])
    for page in PAGES:
        doors.include_router(page.router)
    return doors


class Glance:
    """ASGI middleware: while a page is only looked at, the memory is asked each question once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on."""
        with at_a_glance() if scope.get("method") in ("GET", "HEAD") else nullcontext():
            await self.app(scope, receive, send)


class Assets(StaticFiles):
    """Static files; those asked for by the hash of their content may be kept for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file."""
        reply = await super().get_response(path, scope)
        hashed = b"v=" in scope["query_string"] or "-" in path.rsplit("/", 1)[-1].removesuffix(".woff2")
        reply.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return reply


def health() -> Response:
    """Say who answers: a second `backward serve` asks whether the port is held by the first."""
    return JSONResponse({"program": "backward", "version": __version__})


def status_of(error: BackwardRunningError) -> int:
    """Return the HTTP status of an error."""
    if isinstance(error, Refused):
        return error.status
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, StoreFull):
        return 507
    if isinstance(error, StoreBusy | StoreError):
        return 503
    return 422


def show_error(request: Request, error: Exception) -> Response:
    """Show an error that was raised on purpose: its own sentence says what to do."""
    status = status_of(error) if isinstance(error, BackwardRunningError) else 500
    if isinstance(error, Turned) and responses.is_fragment(request):
        return PlainTextResponse(f"{error}\n", 200, {"HX-Refresh": "true", "Cache-Control": "no-store"})
    title = WHAT_NOW[404][0] if status == 404 else NOT_NOW if isinstance(error, Stopped) else "That did not work"
    return error_reply(request, status, title, str(error))


def show_missing(request: Request, error: Exception) -> Response:
    """Show 404, 405 and their kin in the look of the app."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    title, words = WHAT_NOW.get(status, (HTTPStatus(status).phrase, "The request could not be answered."))
    return error_reply(request, status, title, words)


def show_nowhere(request: Request, error: Exception) -> Response:  # noqa: ARG001 - an address that cannot be one of ours
    """Show an address with words where a number stands, as any that leads nowhere."""
    return error_reply(request, 404, *WHAT_NOW[404])


def show_bug(request: Request, error: Exception) -> Response:
    """Show a fault of the program without its insides; where it was goes to the log."""
    request.scope["app"].state.faults.note(request, error)
    words = "The program made a mistake; your recordings are as they were. The terminal says where."
    return error_reply(request, 500, "Something broke here", words)


def show_refused(request: Request, refused: Refused) -> Response:
    """Show why a request was not answered; to a browser without the key, how to open the app."""
    if isinstance(refused, Closed) and "text/html" in request.headers.get("accept", ""):
        page = request.scope["app"].state.templates.get_template("closed.html").render(words=str(refused))
        return HTMLResponse(page, refused.status, {"Cache-Control": "no-store"})
    return bare_reply(request, refused.status, str(refused))


def error_reply(request: Request, status: int, title: str, words: str) -> Response:
    """Answer with an error as the caller wants it: JSON, a fragment or a page."""
    if responses.wants_json(request) or not request.state.visit:
        return bare_reply(request, status, words)
    template = "_error.html" if responses.is_fragment(request) else "error.html"
    try:
        return responses.show(request, template, status_code=status, status=status, title=title, words=words)
    except Exception:  # noqa: BLE001 - a page asks the store for its theme, and that may be what is broken
        return bare_reply(request, status, words)


def bare_reply(request: Request, status: int, words: str) -> Response:
    """Answer with a sentence and nothing of the store."""
    if responses.wants_json(request):
        return responses.as_json({"message": words}, status)
    return PlainTextResponse(f"{words}\n", status, {"Cache-Control": "no-store"})
