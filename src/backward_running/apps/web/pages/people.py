"""Several people in one store: whose pages this browser shows, who is there, who comes, who leaves."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.demo_store import is_demo
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of
from backward_running.apps.web.whose import cookie_of
from backward_running.core.errors import BadValue
from backward_running.core.ports import Store
from backward_running.flows import people

router = APIRouter()
PAGE = "/settings/people"


@router.get(PAGE)
def people_page(request: Request) -> Response:
    """Show who is in the store."""
    return _page(request)


@router.post("/people/show")
def turn_to(request: Request, form: Form) -> Response:
    """Show somebody's pages in this browser."""
    who = people.with_id(_own(request), fields(form).get("person", ""))
    reply = go("/")
    reply.set_cookie(cookie_of(request), who.athlete_id, httponly=True, samesite="strict", path="/")
    return reply


@router.post(PAGE)
def add(request: Request, form: Form) -> Response:
    """Let somebody come in."""
    typed, store = fields(form), _own(request)
    try:
        people.add(store, typed.get("name", ""))
    except BadValue as problem:
        return _page(request, status_code=422, typed=typed, problem=str(problem))
    return go(PAGE)


@router.post(PAGE + "/{athlete_id}/name")
def rename(request: Request, athlete_id: str, form: Form) -> Response:
    """Give somebody a name."""
    typed, store = fields(form), _own(request)
    try:
        people.rename(store, athlete_id, typed.get("name", ""))
    except BadValue as problem:
        return _page(request, status_code=422, wrong=athlete_id, renamed=typed.get("name", ""), problem=str(problem))
    return go(PAGE)


@router.post(PAGE + "/{athlete_id}/first")
def open_first(request: Request, athlete_id: str, form: Form) -> Response:  # noqa: ARG001 -- carries the token
    """Let the store open for somebody."""
    people.open_first(_own(request), athlete_id)
    return go(PAGE)


@router.get(PAGE + "/{athlete_id}/erase")
def erase_page(request: Request, athlete_id: str) -> Response:
    """Show what would be deleted, and ask for the name."""
    return _erase_page(request, athlete_id)


@router.post(PAGE + "/{athlete_id}/erase")
def erase(request: Request, athlete_id: str, form: Form) -> Response:
    """Delete everything of somebody, for good."""
    typed = fields(form).get("name", "")
    try:
        if athlete_id == request.app.state.household.first:
            rule = "be of somebody whom the app was not opened for"
            raise BadValue("name", rule, typed, "Open it for another, then delete this person.")
        people.erase(_own(request), athlete_id, typed=typed)
    except BadValue as problem:
        return _erase_page(request, athlete_id, status_code=422, problem=str(problem))
    reply = go(PAGE)
    if request.cookies.get(cookie_of(request)) == athlete_id:
        reply.delete_cookie(cookie_of(request), httponly=True, samesite="strict", path="/")
    return reply


def _own(request: Request) -> Store:
    """Return the runner's own store. Raises BadValue in the demo, which is of one simulated runner."""
    if is_demo(request):
        raise BadValue("person", "be chosen outside of the demo", "the demo", "Leave the demo first.")
    return store_of(request)


def _page(request: Request, *, status_code: int = 200, **values: Any) -> Response:
    there = _own(request).people()
    filled: dict[str, Any] = {"typed": {}, "problem": "", "wrong": "", "renamed": "", **values}
    return show(request, "people.html", status_code=status_code, section="settings", there=there, **filled)


def _erase_page(request: Request, athlete_id: str, *, status_code: int = 200, problem: str = "") -> Response:
    store = _own(request)
    who = people.with_id(store, athlete_id)
    counts = store.of(athlete_id).counts()
    values = {"who": who, "counts": counts, "problem": problem}
    return show(request, "people_erase.html", status_code=status_code, section="settings", **values)
