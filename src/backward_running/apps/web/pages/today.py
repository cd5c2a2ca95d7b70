"""Today: what to do now, what the last run said, one sentence on progress. An empty store shows three doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.pages.check_in import FRESH, moment_due
from backward_running.apps.web.responses import now_of, show, store_of, today_of
from backward_running.apps.words.units import minutes
from backward_running.core.ports import ActivityQuery, Store
from backward_running.flows import coach, first_question, runs, said_done, statements
from backward_running.flows.stopping import stopping
from backward_running.flows.views import Today

router = APIRouter()
FOUR_WEEKS = timedelta(weeks=4)


@router.get("/")
def home(request: Request) -> Response:
    """Show today, or the three doors where nothing is here yet."""
    return show_today(request, {})


def show_today(request: Request, typed: Mapping[str, str], *, said_refused: str = "") -> Response:
    """Show today; with what was typed of something else that was done, and what is wrong with it."""
    store = store_of(request)
    view = coach.today(store, now=now_of(request))
    if view.counts.activities == 0 and view.plan is None and not view.gates:
        return show(request, "welcome.html", section="today")
    closed = [gate for gate in view.gates if not gate.open]
    return show(
        request,
        "today.html",
        status_code=422 if said_refused else 200,
        typed=typed,
        said_refused=said_refused,
        section="today",
        view=view,
        stopping=stopping(view.gates),
        closed=[gate for gate in closed if not gate.stops_all],
        progress=progress(store, today_of(request)),
        unrated=unrated(store, view, today_of(request)),
        moment=moment_due(store, today_of(request), view.last_backward)[0].value,
        said="said" in request.query_params,
        taken_back="taken-back" in request.query_params,
        not_done="not-done" in request.query_params,
        asks_before=first_question.answer(store) is None and bool(statements.that_ask(store)),
        word_id=said_done.word_id,
        kept="kept" in request.query_params,
    )


@dataclass(frozen=True, slots=True)
class Unrated:
    """A run, or a session that was said to be done, of which nobody said yet how hard it felt."""

    activity_id: str
    title: str
    on: date


def unrated(store: Store, view: Today, today: date) -> Unrated | None:
    """Return what was done last where it is fresh and nobody said yet how hard it felt."""
    row, said = view.last_run, view.last_said
    found = []
    if row is not None and row.on_foot:
        found.append(Unrated(row.activity_id, row.title, runs.local_day(row)))
    if said is not None:
        found.append(Unrated(said_done.word_id(said.workout_id), said.title, said.on))
    last = max(found, key=lambda one: one.on, default=None)
    if last is None or not timedelta(0) <= today - last.on <= FRESH:
        return None
    told = (one for one in store.check_ins() if one.activity_id == last.activity_id)
    return None if any(one.perceived_exertion_cr10 is not None for one in told) else last


def progress(store: Store, today: date) -> str | None:
    """Say in one sentence how much was run backward lately, against the weeks before."""
    lately = runs.period_ledger(store, ActivityQuery(since=today - FOUR_WEEKS + timedelta(days=1), until=today))
    before = runs.period_ledger(
        store, ActivityQuery(since=today - 2 * FOUR_WEEKS + timedelta(days=1), until=today - FOUR_WEEKS)
    )
    if not any(one.activities or one.by_hand for one in (lately, before)):
        return None
    if not lately.backward_s and not before.backward_s:
        return "Nothing in the last eight weeks is known to be backward."
    said = f", {minutes(lately.said_backward_s)} of it by your word" if lately.said_backward_s >= 1 else ""
    return (
        f"In the last four weeks you moved backward for {minutes(lately.backward_s)}{said}; "
        f"in the four before, for {minutes(before.backward_s)}."
    )
