"""Change a recording: trim, split, merge, and take that back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, wants_json
from backward_running.apps.words.units import clock, read_clock
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery
from backward_running.flows import editing

router = APIRouter()
#: Runs that may be one with this one begin so near to it.
NEAR = timedelta(hours=12)


@router.get("/runs/{activity_id}/edit")
def edit_page(request: Request, activity_id: str) -> Response:
    """Show what can be changed of a recording."""
    return _page(request, activity_id, {}, None)


def _page(request: Request, activity_id: str, typed: Mapping[str, str], problem: str | None) -> Response:
    store = store_of(request)
    row = store.row(activity_id)
    days = ActivityQuery(
        since=(row.started_at - timedelta(days=2)).date(), until=(row.started_at + timedelta(days=2)).date(), limit=50
    )
    near = [
        activity
        for activity in store.activities(days)
        if activity.activity_id != activity_id
        and abs(activity.started_at - row.started_at) <= NEAR
        and activity.sport == row.sport
    ]
    return show(
        request,
        "edit.html",
        status_code=422 if problem else 200,
        section="runs",
        row=row,
        edit=editing.edit_of(store, activity_id),
        near=near,
        typed={"start_s": "0:00", "end_s": clock(row.duration_s), "at_s": "", **typed},
        problem=problem,
    )


@router.post("/runs/{activity_id}/trim")
def trim(request: Request, activity_id: str, form: Form) -> Response:
    """Keep only a stretch."""
    typed = fields(form)
    try:
        start_s, end_s = (read_clock(typed.get(name, ""), name=name) for name in ("start_s", "end_s"))
        editing.trim(store_of(request), activity_id, start_s, end_s, now=now_of(request))
    except BadValue as problem:
        if wants_json(request):
            raise
        return _page(request, activity_id, typed, problem.hint or str(problem))
    return go(f"/runs/{activity_id}")


@router.post("/runs/{activity_id}/split")
def split(request: Request, activity_id: str, form: Form) -> Response:
    """Part it in two."""
    typed = fields(form)
    try:
        at_s = read_clock(typed.get("at_s", ""), name="at_s")
        editing.split(store_of(request), activity_id, at_s, now=now_of(request))
    except BadValue as problem:
        if wants_json(request):
            raise
        return _page(request, activity_id, typed, problem.hint or str(problem))
    return go("/runs")


@router.post("/runs/{activity_id}/merge")
def merge(request: Request, activity_id: str, form: Form) -> Response:
    """Join it with others that were ticked."""
    others = [value for name, value in form.multi_items() if name == "with" and isinstance(value, str)]
    try:
        made = editing.merge(store_of(request), [activity_id, *others], now=now_of(request))
    except BadValue as problem:
        if wants_json(request):
            raise
        return _page(request, activity_id, {}, problem.hint or str(problem))
    return go(f"/runs/{made.results[0]}")


@router.post("/runs/{activity_id}/undo-edit")
def undo(request: Request, activity_id: str, form: Form) -> Response:  # noqa: ARG001 -- carries the token
    """Take the newest edit back."""
    try:
        made = editing.undo(store_of(request), activity_id)
    except BadValue as problem:
        if wants_json(request):
            raise
        return _page(request, activity_id, {}, problem.hint or str(problem))
    return go(f"/runs/{made.sources[0]}")
