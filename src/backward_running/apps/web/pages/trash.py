"""The trash: runs that were deleted and can be restored."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import days, trash

router = APIRouter()
PAGE = "/trash"


@router.get(PAGE)
def trash_page(request: Request) -> Response:
    """Show what can be restored, and until when."""
    return _page(request, None)


def _page(request: Request, problem: str | None) -> Response:
    store = store_of(request)
    zone = days.own_zone(store)
    lying = [
        (trashed, days.day_of(trashed.started_at, zone), days.day_of(trash.until(trashed), zone))
        for trashed in trash.listed(store, now=now_of(request))
    ]
    return show(
        request,
        "trash.html",
        status_code=422 if problem else 200,
        section="runs",
        lying=lying,
        problem=problem,
        restorable_days=trash.RESTORABLE.days,
    )


@router.post(f"{PAGE}/restore")
def restore(request: Request, form: Form) -> Response:
    """Put a run back."""
    try:
        row = trash.restore(store_of(request), fields(form).get("activity_id", ""))
    except (BadValue, NotFound) as problem:
        return _page(request, getattr(problem, "hint", "") or str(problem))
    return go(f"/runs/{row.activity_id}")


@router.post(f"{PAGE}/empty")
def empty(request: Request, form: Form) -> Response:
    """Forget all of it for good, where the runner said so."""
    if fields(form).get("sure") != "yes":
        return _page(request, "Nothing was deleted: tick that you are sure first.")
    trash.empty(store_of(request))
    return go(PAGE)
