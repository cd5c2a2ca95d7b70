"""The check-in: how the runner feels, one tap each, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from backward_running.apps.web.cards.check_in_form import check_in_of
from backward_running.apps.web.drawing.body_map import HEIGHT, WIDTH, body_map, name_of
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.words.body_sites import site_words, sites
from backward_running.core.athlete import Moment
from backward_running.core.ports import ActivityQuery, Store
from backward_running.core.screening import CONCUSSION_QUESTION
from backward_running.flows import by_hand, clearing, coach, days, said_done
from backward_running.flows import runs as runs_flow
from backward_running.flows.plan_views import LastBackward
from backward_running.flows.stopping import stopping

router = APIRouter()
#: Moments as they are picked, in the order of a day.
MOMENTS = (
    (Moment.OTHER, "now"),
    (Moment.DURING, "during the run"),
    (Moment.AFTER, "after it"),
    (Moment.NEXT_MORNING, "next morning"),
    (Moment.DAY_1, "24 h after"),
    (Moment.DAY_2, "48 h after"),
)
#: A run so old or younger is what a check-in most likely speaks of.
FRESH = timedelta(days=2)
#: So far back a place that hurt is asked about again.
NAMED_WITHIN = timedelta(days=28)


@router.get("/check-in")
def form_page(request: Request) -> Response:
    """Show the form and the last check-ins."""
    asked = request.query_params.get("run", "")
    return _form(request, {"activity_id": asked, "moment": Moment.AFTER.value} if asked else {}, {})


def _form(request: Request, typed: Mapping[str, str], problems: Mapping[str, str], *, kept: bool = False) -> Response:
    store, today = store_of(request), today_of(request)
    recent = store.activities(ActivityQuery(until=today, on_foot=True, limit=8))
    moment, run = moment_due(store, today, coach.last_backward(store, today=today))
    return show(
        request,
        "check_in.html",
        status_code=422 if problems else 200,
        section="today",
        views=body_map(),
        map_size=(WIDTH, HEIGHT),
        named=_named(store, today),
        sites=sites(),
        name_of=name_of,
        site_words=site_words,
        moments=MOMENTS,
        flags=coach.red_flags(),
        concussion_question=CONCUSSION_QUESTION,
        flag_words=dict(coach.red_flags()),
        ticked=frozenset(typed.get("red_flags", "").split()),
        recent=recent,
        said=[word for word in store.said_done() if word.was_done and today - word.on <= NAMED_WITHIN],
        word_id=said_done.word_id,
        title_of=said_done.shown_title,
        typed={"moment": moment.value, "activity_id": run, **typed},
        problems=problems,
        stopping=stopping(clearing.standing_gates(store, today)) if kept else (),
        check_ins=coach.check_ins(store, most=10),
        lately={told.at for told in clearing.page(store, now=now_of(request)).lately},
        asks_beside=coach.asks_who_was_beside(store, today=today),
    )


def moment_due(store: Store, today: date, last: LastBackward | None) -> tuple[Moment, str]:
    """Return the moment and the run most likely meant: a day or two after backward running, else the last run."""
    days = (today - last.on).days if last is not None else 0
    if last is not None and days in (1, 2):
        return (Moment.DAY_1 if days == 1 else Moment.DAY_2), last.activity_id
    recent = store.activities(ActivityQuery(until=today, on_foot=True, limit=1))
    fresh = [row.activity_id for row in recent if today - runs_flow.local_day(row) <= FRESH]
    return Moment.OTHER, fresh[0] if fresh else ""


def _named(store: Store, today: date) -> dict[str, float]:
    """Return the places that hurt when the runner last spoke of them, in the last four weeks."""
    last: dict[str, float] = {}
    for check_in in days.telling_check_ins(store):
        if today - check_in.made_at.date() <= NAMED_WITHIN:
            last |= {site.replace("_", " ").lower(): pain for site, pain in check_in.pain_nrs.items()}
    return {site: pain for site, pain in last.items() if pain > 0}


@router.post("/check-in")
def take(request: Request, form: Form) -> Response:
    """Keep a check-in; say what follows from it, or what is wrong with it beside the field."""
    typed = {**fields(form), "red_flags": " ".join(_flags(form))}
    check_in, problems = check_in_of(store_of(request), typed, units=units_of(request), now=now_of(request))
    if check_in is None:
        hit_head = typed.get("concussion") == "yes"
        kept = clearing.tell_flags(store_of(request), _flags(form), now=now_of(request), hit_head=hit_head)
        return _form(request, typed, problems, kept=kept)
    coach.add_check_in(store_of(request), check_in)
    by_hand.counts_as_done(store_of(request), check_in, now=now_of(request))
    return go("/?kept" if typed.get("from") == "today" else "/check-in/saved")


@router.get("/check-in/saved")
def kept_page(request: Request) -> Response:
    """Show what follows from the last check-in: gates, and a plan that would change."""
    store = store_of(request)
    view = coach.today(store, now=now_of(request))
    said = coach.check_ins(store, most=1)
    closed = [gate for gate in view.gates if not gate.open]
    return show(
        request,
        "check_in_saved.html",
        section="today",
        said=said[0].check_in if said else None,
        view=view,
        stopping=stopping(view.gates),
        closed=[gate for gate in closed if not gate.stops_all],
        proposal=view.proposal,
        site_words=site_words,
        flag_words=dict(coach.red_flags()),
    )


def _flags(form: FormData) -> list[str]:
    return [flag for flag in form.getlist("red_flags") if isinstance(flag, str)]
