"""Today: what to do now, what the last run said, how it goes. An empty store shows three doors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.progress import best_lines, first_words, week_bars
from backward_running.apps.web.pages.check_in import FRESH, moment_due
from backward_running.apps.web.pages.plan import still_asked
from backward_running.apps.web.responses import now_of, show, store_of, today_of, units_of
from backward_running.apps.words import experiments as say_experiment
from backward_running.core.glance import once_a_minute
from backward_running.core.ports import Store
from backward_running.flows import coach, experiments, first_question, phone, runs, said_done, statements
from backward_running.flows.bests import bests
from backward_running.flows.progress import Progress, progress
from backward_running.flows.stopping import stopping
from backward_running.flows.views import Today

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Show today, or the three doors where nothing is here yet."""
    return show_today(request, {})


def show_today(
    request: Request, typed: Mapping[str, str], *, said_refused: str = "", refused_move: str = ""
) -> Response:
    """Show today; with what was typed of something else that was done, and what is wrong with it or with a move."""
    store = store_of(request)
    view = coach.today(store, now=now_of(request))
    if view.counts.activities == 0 and view.plan is None and not view.gates:
        return show(request, "welcome.html", section="today")
    closed = [gate for gate in view.gates if not gate.open]
    waits = view.plan is None and coach.kept_from(store, coach.draft(store), today=today_of(request)) is not None
    return show(
        request,
        "today.html",
        status_code=422 if said_refused or refused_move else 200,
        typed=typed,
        said_refused=said_refused,
        refused_move=refused_move,
        moved=_moved_to(request, view),
        section="today",
        view=view,
        waits=waits,
        has_phone=phone.app_address(store) is not None,
        stopping=stopping(view.gates),
        closed=[gate for gate in closed if not gate.stops_all],
        unrated=unrated(store, view, today_of(request)),
        moment=moment_due(store, today_of(request), view.last_backward)[0].value,
        said="said" in request.query_params,
        taken_back="taken-back" in request.query_params,
        not_done="not-done" in request.query_params,
        asks_more=view.plan is not None and bool(still_asked(view.plan)),
        asks_before=first_question.answer(store) is None and statements.any_asks(store),
        word_id=said_done.word_id,
        kept="kept" in request.query_params,
        experiment=experiments.due(store, today=today_of(request)),
        say_experiment=say_experiment,
        **_progress_parts(request, view, stopped=bool(stopping(view.gates))),
    )


def _moved_to(request: Request, view: Today) -> date | None:
    """Return the day to which a session was moved a moment ago; only one on which the plan has a session is said."""
    days = {workout.on.isoformat(): workout.on for workout in view.plan.workouts()} if view.plan else {}
    return days.get(request.query_params.get("moved", ""))


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
    last = max(found, key=lambda unrated: unrated.on, default=None)
    if last is None or not timedelta(0) <= today - last.on <= FRESH:
        return None
    told = store.check_ins_of(last.activity_id)
    return None if any(check_in.perceived_exertion_cr10 is not None for check_in in told) else last


@once_a_minute
def _how_it_goes(store: Store, *, now: datetime) -> Progress:
    return progress(store, coach.today(store, now=now).plan, today=now.date())


def _progress_parts(request: Request, view: Today, *, stopped: bool) -> dict[str, Any]:
    """Gather how it goes: weeks, the next first, weeks in a row, bests."""
    store, today = store_of(request), today_of(request)
    found = _how_it_goes(store, now=now_of(request))
    waits = stopped or bool(view.waits_for)
    return {
        "bars": week_bars(found),
        "first": "" if waits else first_words(found.next_first, today),
        "weeks_in_a_row": 0 if stopped else found.weeks_in_a_row,
        "bests": best_lines(bests(store, simulated=view.simulated, today=today), units_of(request)),
    }
