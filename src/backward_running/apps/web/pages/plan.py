"""The plan: one week in columns, a month, the whole of it; planned and done side by side, gates with reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.sessions import Day, days_of, week_sum
from backward_running.apps.web.responses import now_of, show, store_of, today_of
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Week, WishKind
from backward_running.core.ports import ActivityQuery, Store
from backward_running.core.question import Question
from backward_running.flows import by_word, coach, holding, match, said_done
from backward_running.flows import runs as runs_flow
from backward_running.flows.plan_views import Matched
from backward_running.flows.runs import ALL, calendar_month
from backward_running.flows.stopping import AFTER_A_FALL, stopping
from backward_running.flows.views import CalendarDay

router = APIRouter()
#: A session may be done a day early.
EARLY = timedelta(days=1)


@router.get("/plan")
def plan_page(request: Request) -> Response:
    """Show the plan, or the way to one."""
    store = store_of(request)
    view = coach.today(store, now=now_of(request))
    plan = view.plan
    if plan is None:
        begun = coach.draft(store)
        waits = coach.kept_from(store, begun, today=today_of(request)) is not None
        return show(
            request, "plan_none.html", section="plan", begun=bool(begun), waits=waits, stopping=stopping(view.gates)
        )
    shown = request.query_params.get("view") == "month" and bool(plan.weeks)
    values = _month(request, store) if shown else _week(request, store, plan)
    return show(
        request,
        "plan_month.html" if shown else "plan.html",
        section="plan",
        plan=plan,
        stopping=stopping(plan.gates),
        closed=[gate for gate in plan.gates if not gate.open and not gate.stops_all],
        opened=[gate for gate in plan.gates if gate.open],
        proposal=view.proposal,
        ill=ill_since(plan),
        changed="changed" in request.query_params,
        held=holding.held(store, today=today_of(request)),
        limits=view.limits if not stopping(plan.gates) else None,
        asks_more=not plan.stopped and bool(still_asked(plan)),
        **values,
    )


def still_asked(plan: Plan) -> tuple[Question, ...]:
    """Return what a closed gate of the plan asks for and nobody answered yet; nothing in the 48 hours after a fall."""
    closed = {gate.key for gate in plan.gates if not gate.open}
    if AFTER_A_FALL in closed:
        return ()
    asked = coach.questions(closed)[len(coach.questions()) :]
    return tuple(question for question in asked if not plan.answers.get(question.key))


def ill_since(plan: Plan) -> date | None:
    """Return the first day of an illness that the runner has not ended yet; None where there is none."""
    ends: dict[date, date | None] = {}
    for wish in plan.wishes:
        if wish.kind is WishKind.ILL and wish.first_on is not None:
            ends[wish.first_on] = wish.last_on
    return next((first for first, last in ends.items() if last is None), None)


def _week(request: Request, store: Store, plan: Plan) -> dict[str, Any]:
    """Gather one week in full, and every week in one line."""
    today = today_of(request)
    running, following = coach.running_week(plan, today), coach.next_week(plan, today)
    matched = match.matched(store, since=plan.weeks[0].starts_on, until=today + EARLY) if plan.weeks else ()
    found = {match.workout_id: match for match in matched}
    asked = request.query_params.get("week", "")
    known = {week.number: week for week in plan.weeks}
    number = int(asked) if re.fullmatch(r"\d{1,3}", asked) else 0
    week = known.get(number) or following or (plan.weeks[-1] if plan.weeks else None)
    return {
        "week": week,
        "running": running,
        "following": following,
        "days": _days(store, week, found) if week else (),
        "not_done": said_done.not_done(store),
        "sums": [week_sum(planned, found) for planned in plan.weeks],
        "before": known.get(week.number - 1) if week else None,
        "after": known.get(week.number + 1) if week else None,
    }


def _days(store: Store, week: Week, found: Mapping[str, Matched]) -> tuple[Day, ...]:
    """Lay out one week."""
    on = [week.starts_on + timedelta(days=number) for number in range(7)]
    query = ActivityQuery(since=on[0], until=on[-1], limit=ALL)
    rows = store.activities(query)
    done = {day: tuple(row for row in reversed(rows) if runs_flow.local_day(row) == day) for day in on}
    planned = {day: tuple(workout for workout in week.workouts if workout.on == day) for day in on}
    matched = {
        day: tuple(found[workout.workout_id] for workout in planned[day] if workout.workout_id in found) for day in on
    }
    taken = {match.activity_id for match in found.values()}
    written = by_word.beside_the_plan(store, since=on[0], until=on[-1])
    by_hand = {day: tuple(word for word in written if word.on == day) for day in on}
    days = days_of([CalendarDay(day, planned[day], done[day], matched[day], by_hand[day]) for day in on])
    return tuple(replace(day, others=tuple(row for row in day.others if row.activity_id not in taken)) for day in days)


def _month(request: Request, store: Store) -> dict[str, Any]:
    """Gather what the grid of one month shows. Raises BadValue where the month is none."""
    year, month = month_of(request.query_params.get("month", f"{today_of(request):%Y-%m}"))
    first = date(year, month, 1)
    days = days_of(calendar_month(store, year, month, today=today_of(request)))
    return {
        "first": first,
        "not_done": said_done.not_done(store),
        "grid": [days[at : at + 7] for at in range(0, len(days), 7)],
        "weekday_names": [f"{weekday.on:%a}" for weekday in days[:7]],
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{first + timedelta(days=31):%Y-%m}",
        "anything": any(day.sessions or day.others or day.by_hand for day in days),
    }


def month_of(typed: str) -> tuple[int, int]:
    """Read a month of an address. Raises BadValue."""
    found = re.fullmatch(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])", typed)
    if not found:
        raise BadValue("month", "be a year and a month such as 2026-11", typed)
    return int(found[1]), int(found[2])


@router.get("/calendar")
def calendar_page(request: Request) -> Response:
    """Show one month among the runs: planned and done, with a plan or without."""
    return show(request, "calendar.html", section="runs", **_month(request, store_of(request)))
