"""What the runner says of many runs at once: the question at the first import, ticked runs, and one tap back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, render, show, store_of
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.ports import Store
from backward_running.core.statement import STATABLE, Runs
from backward_running.flows import anew, asked_of_sessions, first_question, said_done, source_rules, statements

router = APIRouter()
SHOWN = 60  #: of what was written down, the newest


@router.get("/said")
def said_page(request: Request) -> Response:
    """Show what was said of whole runs, the question, and what it all comes to."""
    return show_said(request, {})


def show_said(request: Request, typed: Mapping[str, str], *, refused: str = "") -> Response:
    """Show the page of statements; with what was typed, and what is wrong with it."""
    asked = request.query_params
    return show(
        request,
        "said.html",
        status_code=422 if refused else 200,
        section="runs",
        refused=refused,
        kept="kept" in asked,
        taken_back="taken-back" in asked,
        title_of=said_done.shown_title,
        by_hand=tuple(reversed(store_of(request).said_done()))[:SHOWN],
        **said_parts(store_of(request), typed),
    )


def said_parts(store: Store, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the question and the list of statements need."""
    answer = first_question.answer(store)
    batch = statements.batch(store)
    # What was just answered is being judged anew: it asks no more, though its numbers do not say so yet.
    judged_anew = anew.due(store).activities
    waiting = anew.due_of(store, [row.activity_id for row in batch.asks]) if judged_anew else frozenset()
    batch = replace(batch, asks=tuple(row for row in batch.asks if row.activity_id not in waiting))
    sessions = asked_of_sessions.sessions_among(store, batch.asks)
    return {
        "judged_anew": judged_anew,
        "batch": replace(batch, asks=tuple(row for row in batch.asks if row.activity_id not in sessions)),
        "sessions_asked": [(row, sessions[row.activity_id]) for row in batch.asks if row.activity_id in sessions],
        "answer": answer,
        "said_typed": {
            "before": answer.before.value if answer else "",
            "since": answer.since.isoformat() if answer and answer.since else "",
            "plain": "forward" if answer and answer.plain_forward else "ask",
            **typed,
        },
        "statements": statements.in_force(store),
        "source_asked": source_rules.unanswered(store),
    }


@router.get("/import/next")
def after_import(request: Request) -> Response:
    """Give, for the page of imports, what all runs come to now, and the question where it was not answered."""
    page = render(request, "_import_next.html", **said_parts(store_of(request), {}))
    return Response(page, media_type="text/html", headers={"Cache-Control": "no-store"})


@router.post("/said/before")
def answer_question(request: Request, form: Form) -> Response:
    """Keep whether the runner has run backward before, and since when."""
    typed = fields(form)
    try:
        first_question.keep(
            store_of(request),
            first_question.Before.of(typed.get("before", "")),
            since=_day(typed.get("since", "")),
            plain_forward=typed.get("plain") == "forward",
            now=now_of(request),
        )
    except BadValue as problem:
        return show_said(request, typed, refused=problem.hint or str(problem))
    return go("/said?kept")


@router.post("/runs/said")
def say_of_runs(request: Request, form: Form) -> Response:
    """Label ticked runs, or all that ask, in one step that one tap takes back."""
    typed, store = fields(form), store_of(request)
    if typed.get("direction") not in {direction.value for direction in STATABLE}:
        raise BadValue("direction", "be forward, backward or unknown", typed.get("direction"))
    ticked = [activity_id for activity_id in form.getlist("run") if isinstance(activity_id, str)]
    if "all" in typed:
        asks = statements.that_ask(store)
        sessions = asked_of_sessions.sessions_among(store, asks)
        ticked = [row.activity_id for row in asks if row.activity_id not in sessions]
    if not ticked:
        return go("/runs?none-ticked=1")
    about = Runs(activity_ids=tuple(dict.fromkeys(ticked)))
    made = statements.state(store, about, Direction(typed["direction"]), now=now_of(request))
    return go(f"/runs?said={made.statement_id}")


@router.post("/said/{statement_id}/back")
def take_back(request: Request, statement_id: str) -> Response:
    """Take a statement back."""
    statements.revoke(store_of(request), statement_id, now=now_of(request))
    return go("/said?taken-back")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadValue("since", "be a day", text, "Pick the day from which on you may have run backward.") from problem
