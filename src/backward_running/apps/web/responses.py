"""What every page shares: the store, the clock and the units of a request, filled templates, replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment
from pydantic_core import to_json
from starlette.responses import HTMLResponse, RedirectResponse, Response

from backward_running.apps.web.demo_store import is_demo
from backward_running.apps.web.whose import regions_of, shown, store_of
from backward_running.apps.words.due import due_sentence
from backward_running.apps.words.units import Units
from backward_running.flows import anew, days, profile

__all__ = [
    "as_json", "context", "download", "go", "is_fragment", "now_of", "regions_of", "render", "show", "store_of",
    "today_of", "token_of", "units_of", "wants_json",
]  # fmt: skip

FRAGMENT = "HX-Request"
#: Browsers keep no page: what is in it belongs on no other disk.
NOT_KEPT = {"Cache-Control": "no-store"}


def now_of(request: Request) -> datetime:
    """Return the time on the runner's own clock, wherever the machine stands."""
    return days.on_own_clock(store_of(request), cast(Callable[[], datetime], request.app.state.now)())


def today_of(request: Request) -> date:
    """Return the day it is for the runner."""
    return now_of(request).date()


def units_of(request: Request) -> Units:
    """Return the units the runner chose; metric where they did not."""
    return Units(profile.setting(store_of(request), "units"))


def token_of(request: Request) -> str:
    """Return the CSRF token of this visit, of who it shows; in a page that is drawn for all visits, its stand-in."""
    blank: str | None = getattr(request.state, "token", None)
    return blank or cast(str, request.app.state.keys.token(request.state.visit, shown(request)))


def is_fragment(request: Request) -> bool:
    """Whether htmx asked for a part of the page."""
    return request.headers.get(FRAGMENT) == "true" and request.headers.get("HX-Boosted") != "true"


def wants_json(request: Request) -> bool:
    """Whether the caller is a program."""
    return "application/json" in request.headers.get("accept", "")


def context(request: Request, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every template gets, and `values` on top."""
    theme = profile.setting(store_of(request), "theme")
    return {
        "csrf": token_of(request),
        "units": units_of(request),
        "theme": theme if theme in ("light", "dark") else "auto",
        "path": request.url.path,
        "section": "",
        "is_demo": is_demo(request),
        "people": () if is_demo(request) else store_of(request).people(),
        "shown_id": store_of(request).athlete_id,
        "today": today_of(request),
        "due_words": lambda: due_words(request),
        **values,
    }


def due_words(request: Request) -> str:
    """Say how many activities show numbers from before a change; empty where none does."""
    due = anew.due(store_of(request))
    return due_sentence(due.activities, due.of) if due.activities else ""


def render(request: Request, template: str, /, **values: Any) -> str:
    """Fill a template."""
    environment = cast(Environment, request.app.state.templates)
    return environment.get_template(template).render(context(request, values))


def show(request: Request, template: str, /, *, status_code: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a filled template that browsers do not keep."""
    return HTMLResponse(render(request, template, **values), status_code, NOT_KEPT)


def go(path: str) -> Response:
    """Send the browser on after a change, so that a reload does not send the form again."""
    return RedirectResponse(path, status_code=303)


def as_json(value: Any, status_code: int = 200) -> Response:
    """Answer with compact JSON; what is not a finite number becomes null.

    Written by pydantic's encoder, which FastAPI brings: a ten-hour series takes it a sixth of the time of ``json``.
    Nothing is compressed: the browser sits on the same machine, and packing took longer than handing over.
    """
    text = to_json(value, inf_nan_mode="null")
    return Response(text, status_code, NOT_KEPT, "application/json")


def download(name: str, data: bytes, media_type: str) -> Response:
    """Answer with a file to keep; the name is escaped as RFC 6266 asks, with an ASCII stand-in for old programs."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name).strip() or "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, 200, {"Content-Disposition": disposition, **NOT_KEPT}, media_type)
