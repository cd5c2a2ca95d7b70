"""The plan, out: for the watch, the calendar, the treadmill, paper, tables; and the page that says how."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.pages.activity_export import ANY, CSV
from backward_running.apps.web.responses import download, go, now_of, show, store_of, today_of, units_of
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue
from backward_running.core.plan import Place
from backward_running.flows import clearing, coach, days, export_plan, feed

router = APIRouter()
ICS = "text/calendar; charset=utf-8"
PAGE = "/plan/export"


@router.get(PAGE)
def export_page(request: Request) -> Response:
    """Show every way in which the plan leaves the program."""
    return _page(request, {}, None)


def _page(request: Request, typed: dict[str, str], problem: str | None, address: str | None = None) -> Response:
    store = store_of(request)
    plan = coach.current_plan(store, today=today_of(request))
    clock, stops = feed.clock(store), clearing.standing_gates(store, today_of(request))
    week = coach.next_week(plan, today_of(request)) if plan and not stops else None
    kept = {
        "at": clock.at.isoformat("minutes") if clock.at else "",
        "zone": clock.zone or days.own_zone(store),
        "remind_min": "" if clock.remind_before is None else f"{clock.remind_before.total_seconds() / 60:.0f}",
    }
    return show(
        request,
        "plan_export.html",
        status_code=422 if problem else 200,
        section="plan",
        plan=plan,
        stopping=stops,
        week=week,
        for_the_belt=week is not None and any(workout.place is Place.TREADMILL for workout in week.workouts),
        address=address,
        is_open=feed.is_open(store),
        typed=kept | typed,
        reminders=feed.REMINDERS_MIN,
        problem=problem,
    )


@router.post(f"{PAGE}/feed")
def open_feed(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Give out an address to subscribe to and show it, this once; an older one stops working."""
    token = feed.open_feed(store_of(request))
    return _page(request, {}, None, str(request.base_url.replace(path=f"/calendar/{token}.ics")))


@router.post(f"{PAGE}/feed/close")
def close_feed(request: Request, form: Form) -> Response:  # noqa: ARG001
    """Take the address back."""
    feed.close_feed(store_of(request))
    return go(f"{PAGE}#calendar")


@router.post(f"{PAGE}/clock")
def keep_clock(request: Request, form: Form) -> Response:
    """Keep the hour of sessions and the reminder."""
    typed = {name: fields(form).get(name, "").strip() for name in ("at", "zone", "remind_min")}
    try:
        remind = None
        if typed["remind_min"]:
            remind = _whole(typed["remind_min"])
        feed.set_clock(store_of(request), at=typed["at"] or None, zone=typed["zone"] or None, remind_min=remind)
    except BadValue as problem:
        return _page(request, typed, f"{problem.hint or problem}")
    return go(f"{PAGE}#calendar")


def _whole(text: str) -> int:
    """Read whole minutes. Raises BadValue."""
    hint = "Choose a reminder from the list."
    minutes = read_number(text, name="reminder", hint=hint)
    if minutes != int(minutes):
        raise BadValue("reminder", "be whole minutes", text, hint)
    return int(minutes)


@router.get("/calendar/{token}.ics")
def calendar_feed(request: Request, token: str) -> Response:
    """Give the calendar to a program that was told the address."""
    store = feed.owner(request.app.state.store, token)
    data = feed.feed(store, token, now=days.on_own_clock(store, request.app.state.now()))
    return Response(data, 200, {"Cache-Control": "no-store"}, ICS)


@router.get("/plan.ics")
def plan_ics(request: Request) -> Response:
    """Give the plan as a calendar."""
    return download(*export_plan.plan_ics(store_of(request), now=now_of(request)), ICS)


@router.get("/plan.csv")
def plan_csv(request: Request) -> Response:
    """Give the plan as a table."""
    return download(*export_plan.plan_csv(store_of(request), today=today_of(request)), CSV)


@router.get("/plan.json")
def plan_json(request: Request) -> Response:
    """Give the plan with all its reasons."""
    return download(*export_plan.plan_json(store_of(request), today=today_of(request)), "application/json")


@router.get("/plan.pdf")
def plan_pdf(request: Request) -> Response:
    """Give the plan for paper."""
    units = units_of(request)
    made = export_plan.plan_pdf(store_of(request), today=today_of(request), speed_words=units.speed_and_pace)
    return download(*made, "application/pdf")


@router.get("/plan/week/{week}.{ending}.zip")
def week_zip(request: Request, week: int, ending: str) -> Response:
    """Give one week's workouts."""
    return download(*export_plan.week_zip(store_of(request), week, ending, today=today_of(request)), "application/zip")


@router.get("/plan/workout/{workout_id}.{ending}")
def workout_file(request: Request, workout_id: str, ending: str) -> Response:
    """Give one workout for a watch, a treadmill app or intervals.icu."""
    made = export_plan.workout_file(store_of(request), workout_id, ending, today=today_of(request))
    return download(*made, ANY)
