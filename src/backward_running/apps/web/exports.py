"""Out: the original file, tables, the track, workouts for a watch, the calendar."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.page import download, now_of, store_of, today_of
from backward_running.apps.web.runs import query_of
from backward_running.flows import export as flow

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


@router.get("/plan.ics")
def plan_ics(request: Request) -> Response:
    """Give the plan as a calendar."""
    return download(*flow.plan_ics(store_of(request), now=now_of(request)), "text/calendar; charset=utf-8")


@router.get("/plan.csv")
def plan_csv(request: Request) -> Response:
    """Give the plan as a table."""
    return download(*flow.plan_csv(store_of(request)), CSV)


@router.get("/plan/week/{week}.zip")
def week_zip(request: Request, week: int) -> Response:
    """Give one week's workouts for a watch."""
    return download(*flow.week_fit_zip(store_of(request), week), "application/zip")


@router.get("/plan/workout/{workout_id}.fit")
def workout_fit(request: Request, workout_id: str) -> Response:
    """Give one workout for a watch."""
    return download(*flow.workout_fit(store_of(request), workout_id), ANY)
