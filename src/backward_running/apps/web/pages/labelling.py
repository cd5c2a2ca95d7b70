"""Painting: the runner says which way a stretch was run, and takes it back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from backward_running.apps.web.cards.activity import bouts_as_json, parts
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import as_json, go, is_fragment, now_of, render, store_of, units_of, wants_json
from backward_running.apps.words.typed import read_direction
from backward_running.apps.words.units import read_clock, read_number
from backward_running.core.direction import Gait
from backward_running.core.errors import BadValue
from backward_running.core.session import Paint
from backward_running.flows import laps as flow_of_laps
from backward_running.flows import paint as flow
from backward_running.flows.views import ActivityPage

router = APIRouter()
REDRAWN = ("answer", "ledger", "bouts", "laps", "energy", "tissues", "load")


@router.post("/runs/{activity_id}/paint")
def paint(request: Request, activity_id: str, form: Form) -> Response:
    """Lay one stroke."""
    typed = fields(form)
    direction = read_direction(typed.get("direction", ""), flow.PAINTABLE)
    gaits = {gait.value: gait for gait in Gait}
    if typed.get("gait") and typed["gait"] not in gaits:
        raise BadValue("gait", f"be one of {', '.join(gaits)}", typed["gait"])
    duration_s = store_of(request).row(activity_id).duration_s
    stroke = Paint(
        start_s=_moment(typed.get("start_s", ""), "start", 0.0),
        end_s=min(_moment(typed.get("end_s", ""), "end", duration_s), duration_s),
        direction=direction,
        gait=gaits.get(typed.get("gait", "")),
        painted_at=now_of(request),
    )
    return redrawn(request, flow.paint(store_of(request), activity_id, stroke))


@router.post("/runs/{activity_id}/undo")
def undo(request: Request, activity_id: str) -> Response:
    """Take the newest stroke back."""
    return redrawn(request, flow.undo(store_of(request), activity_id))


@router.post("/runs/{activity_id}/laps")
def laps(request: Request, activity_id: str, form: Form) -> Response:
    """State a pattern of laps, or take it back."""
    pattern = fields(form).get("laps", "")
    page = flow_of_laps.state_laps(store_of(request), activity_id, pattern, now=now_of(request))
    return redrawn(request, page, at="laps")


def redrawn(request: Request, page: ActivityPage, *, at: str = "bouts") -> Response:
    """Answer with what changed: JSON for the map and charts, fragments for htmx, else the page again."""
    if not wants_json(request) and not is_fragment(request):
        return go(f"/runs/{page.row.activity_id}#{at}")
    values = parts(page, units_of(request))
    drawn = {
        name: render(request, f"_{name}.html", oob=is_fragment(request), show_all=False, **values) for name in REDRAWN
    }
    if wants_json(request):
        return as_json({"bouts": bouts_as_json(page.bouts), **{f"{name}_html": html for name, html in drawn.items()}})
    return HTMLResponse("\n".join(drawn.values()), headers={"Cache-Control": "no-store"})


def _moment(typed: str, name: str, otherwise: float) -> float:
    """Read seconds, or m:ss as a person writes it; an empty field means the end of the recording."""
    if not typed.strip():
        return otherwise
    if ":" in typed:
        return read_clock(typed, name=name)
    return read_number(typed, name=name, hint="Write minutes and seconds, such as 6:30.")
