"""The page of one activity: ledger, map, bouts, laps, charts, and what can be done with it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.activity import bouts_as_json, charts_of, parts, table_of
from backward_running.apps.web.cards.metadata_form import sensor_parts
from backward_running.apps.web.drawing.track import track
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import as_json, go, now_of, show, store_of, units_of, wants_json
from backward_running.apps.words.recorded import source_role
from backward_running.apps.words.zones import zone_from_words
from backward_running.core.clock import ZoneFrom, zone_words
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import activity as flow
from backward_running.flows import anew, by_word, editing, keepsakes, privacy, sports, trash, zones

router = APIRouter()
DRAWN_SAMPLES = 2400  #: enough for drawings of at most 600 points; the script gets more from data.json
CHARTED_SAMPLES = 20_000  #: some twenty for each pixel of a wide chart


@router.get("/runs/{activity_id}")
def activity_page(request: Request, activity_id: str) -> Response:
    """Show one activity."""
    return _show(request, activity_id)


def _show(request: Request, activity_id: str, *, zone: str | None = None, zone_problem: str = "") -> Response:
    """Show one activity; where a time zone was refused, with the reason beside what was typed."""
    store = store_of(request)
    page = flow.activity_page(store, activity_id)
    asked = request.query_params
    whole = asked.get("track") == "whole"
    data = flow.chart_data(store, activity_id, samples_most=DRAWN_SAMPLES, whole=whole)
    units = units_of(request)
    charts = charts_of(data, units)
    return show(
        request,
        "activity.html",
        section="runs",
        track=track(data),
        track_whole=whole,
        beside=keepsakes.of_run(store, activity_id),
        edit=editing.edit_of(store, activity_id),
        recorded_by=editing.recorded_by(store, activity_id),
        source_role=source_role,
        by_word=by_word.filled(store, [page.row]).get(activity_id),
        track_hidden=privacy.hidden_of(store, page.row),
        charts=charts,
        table=table_of(data, units, charts),
        start_s=asked.get("start_s"),
        end_s=asked.get("end_s"),
        show_all="all" in asked,
        due=activity_id in anew.due_of(store, [activity_id]),
        status_code=422 if zone_problem else 200,
        zone=zone if zone is not None else page.row.zone if page.row.zone_from is ZoneFrom.RUNNER else "",
        zone_problem=zone_problem,
        may_be=sports.SAID,
        zone_name=zone_words(page.row.zone, page.row.utc_offset_s),
        zone_from=zone_from_words(page.row),
        **sensor_parts(page.sensors),
        **parts(page, units),
    )


@router.get("/runs/{activity_id}/data.json")
def series(request: Request, activity_id: str) -> Response:
    """Give the series of the charts and the track, rounded; null where a sample is missing.

    Beyond five and a half hours at 1 Hz every second or third sample is given: a screen has no more pixels than that,
    and the table of samples (CSV) has them all.
    """
    whole = request.query_params.get("track") == "whole"
    data = flow.chart_data(store_of(request), activity_id, samples_most=CHARTED_SAMPLES, whole=whole)
    return as_json(
        {
            "time_s": data.time_s,
            "columns": dict(data.columns),
            "track": data.track,
            "bouts": bouts_as_json(data.bouts),
            "units": units_of(request).system,
        }
    )


@router.post("/runs/{activity_id}/rename")
def rename(request: Request, activity_id: str, form: Form) -> Response:
    """Give the activity another title."""
    flow.rename(store_of(request), activity_id, fields(form).get("title", ""))
    return go(f"/runs/{activity_id}")


@router.post("/runs/{activity_id}/zone")
def put_zone(request: Request, activity_id: str, form: Form) -> Response:
    """Put the run on the clock of the zone that was typed; nothing typed takes that back."""
    typed = fields(form).get("zone", "")
    try:
        zones.put_zone_of_run(store_of(request), activity_id, typed)
    except BadValue as problem:
        if wants_json(request):
            raise
        hint = problem.hint or "Write a time zone by its full name, such as Europe/Berlin, or leave it empty."
        return _show(request, activity_id, zone=typed, zone_problem=hint)
    return go(f"/runs/{activity_id}#about")


@router.post("/runs/{activity_id}/sport")
def put_sport(request: Request, activity_id: str, form: Form) -> Response:
    """Keep what the run was, whatever its file says."""
    sports.state_sport(store_of(request), activity_id, fields(form).get("sport", ""))
    return go(f"/runs/{activity_id}")


@router.get("/runs/{activity_id}/delete")
def ask_delete(request: Request, activity_id: str) -> Response:
    """Ask before deleting."""
    row = store_of(request).row(activity_id)
    return show(request, "delete.html", section="runs", row=row)


@router.post("/runs/{activity_id}/delete")
def delete(request: Request, activity_id: str, form: Form) -> Response:
    """Delete, where the runner said so."""
    if fields(form).get("sure") != "yes":
        raise NotFound("Nothing was deleted: the page must be asked first.")
    trash.delete(store_of(request), activity_id, now=now_of(request))
    return go("/trash")
