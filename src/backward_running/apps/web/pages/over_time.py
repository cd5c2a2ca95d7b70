"""The page "Progress": bests beside reported marks, weeks, days, years, firsts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.plain import plain
from backward_running.apps.web.drawing import over_time as draw
from backward_running.apps.web.responses import as_json, now_of, show, store_of, units_of, wants_json
from backward_running.apps.words import over_time as say
from backward_running.flows.over_time import over_time

router = APIRouter()


@router.get("/progress")
def progress_page(request: Request) -> Response:
    """Show what came of it over time."""
    told, units = over_time(store_of(request), now=now_of(request)), units_of(request)
    if wants_json(request):
        return as_json(plain(told))
    return show(
        request,
        "over_time.html",
        section="runs",
        told=told,
        say=say,
        lengths=say.beside(told, units),
        years=say.years(told, units),
        bars=draw.week_bars(told),
        cells=draw.heat(told),
        months=draw.months([week.starts_on for week in told.weeks]),
    )
