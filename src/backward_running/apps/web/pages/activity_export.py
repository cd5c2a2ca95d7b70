"""Out, of activities: the original file, tables, the track, a copy for services that know one direction only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.pages.runs import query_of
from backward_running.apps.web.responses import download, store_of, today_of
from backward_running.flows import export as flow
from backward_running.flows import forward_only

router = APIRouter()
CSV = "text/csv; charset=utf-8"
ANY = "application/octet-stream"
ALL = 1_000_000


@router.get("/runs.csv")
def runs_csv(request: Request) -> Response:
    """Give the list, filtered as on the page, as a table."""
    from dataclasses import replace

    query = replace(query_of(dict(request.query_params), today_of(request)), limit=ALL)
    return download(*flow.runs_csv(store_of(request), query), CSV)


@router.get("/runs/{activity_id}/original")
def original(request: Request, activity_id: str) -> Response:
    """Give the file back as it came, to the byte."""
    return download(*flow.original(store_of(request), activity_id), ANY)


@router.get("/runs/{activity_id}/bouts.csv")
def bouts_csv(request: Request, activity_id: str) -> Response:
    """Give the bouts as a table."""
    return download(*flow.bouts_csv(store_of(request), activity_id), CSV)


@router.get("/runs/{activity_id}/samples.csv")
def samples_csv(request: Request, activity_id: str) -> Response:
    """Give every sample as a table."""
    return download(*flow.samples_csv(store_of(request), activity_id), CSV)


@router.get("/runs/{activity_id}/track.geojson")
def track_geojson(request: Request, activity_id: str) -> Response:
    """Give the track, one feature per bout."""
    return download(*flow.track_geojson(store_of(request), activity_id), "application/geo+json")


@router.get("/runs/{activity_id}/forward-only.fit")
def forward_only_fit(request: Request, activity_id: str) -> Response:
    """Give a copy without the backward stretches, as if the watch had been paused."""
    return download(*forward_only.fit(store_of(request), activity_id), ANY)


@router.get("/runs/{activity_id}/backward-as-rest.fit")
def backward_as_rest_fit(request: Request, activity_id: str) -> Response:
    """Give a copy whose backward stretches are laps marked as rest."""
    return download(*forward_only.fit(store_of(request), activity_id, forward_only.Backward.REST), ANY)


@router.get("/runs/{activity_id}/forward-only.gpx")
def forward_only_gpx(request: Request, activity_id: str) -> Response:
    """Give the track without the backward stretches."""
    return download(*forward_only.gpx(store_of(request), activity_id), "application/gpx+xml")
