"""Say that a session was done without a recording, take it back, or do what was missed on another day."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.pages.today import show_today
from backward_running.apps.web.pages.workout import show_workout
from backward_running.apps.web.responses import go, now_of, store_of, today_of, units_of
from backward_running.apps.words.typed import read_day
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import as_planned, by_hand, coach, match, missed, said_done

router = APIRouter()


@router.post("/plan/workout/{workout_id}/said")
def say(request: Request, workout_id: str, form: Form) -> Response:
    """Keep that a session was done: as planned, or with the minutes and the day that were typed."""
    store, typed = store_of(request), fields(form)
    workout = coach.workout(store, workout_id)
    try:
        if "not_done" in typed:
            said_done.say_not_done(store, workout, now=now_of(request))
            return go("/?not-done")
        said_done.say_done(
            store,
            workout,
            now=now_of(request),
            on=_day(typed.get("on", ""), today_of(request)),
            backward_s=_seconds(typed.get("minutes", "")),
        )
    except BadValue as problem:
        return show_workout(request, workout_id, typed, None, said_refused=problem.hint or str(problem))
    # Today asks next how it felt. A page of the session may be shut: behind a stop nothing of the plan is shown.
    return go("/?said")


@router.post("/plan/workout/{workout_id}/as-planned")
def lay(request: Request, workout_id: str) -> Response:
    """Lay the steps of a session on its recording, by the runner's word."""
    store = store_of(request)
    workout, compared = coach.workout(store, workout_id), match.compare(store, workout_id)
    if compared is None:
        raise NotFound("No recording of this session is here; say on its page how much of it you did.")
    try:
        as_planned.lay(store, workout, compared.row.activity_id, now=now_of(request))
    except BadValue as problem:
        return show_workout(request, workout_id, {}, None, said_refused=problem.hint or str(problem))
    return go(f"/plan/workout/{workout_id}#done")


@router.post("/plan/workout/{workout_id}/as-planned/back")
def lay_back(request: Request, workout_id: str) -> Response:
    """Take back that a session was done as planned."""
    store = store_of(request)
    compared = match.compare(store, workout_id)
    if compared is None:
        raise NotFound("No recording of this session is here, so there is nothing to take back.")
    as_planned.take_back(store, compared.row.activity_id)
    return go(f"/plan/workout/{workout_id}#done")


@router.post("/plan/workout/{workout_id}/moved")
def move(request: Request, workout_id: str, form: Form) -> Response:
    """Move a session that was missed to another day of its week, with one tap; where a rule forbids it, say which."""
    store, typed = store_of(request), fields(form)
    coach.workout(store, workout_id)
    try:
        to = _day(typed.get("to", ""), today_of(request))
        if to is None:
            raise BadValue("to", "be a day of the week of the session", typed.get("to"), "Pick the day of the week.")
        missed.move(store, workout_id, to, now=now_of(request))
    except BadValue as problem:
        return show_today(request, {}, refused_move=problem.hint or str(problem))
    return go(f"/?moved={to.isoformat()}")


@router.post("/said")
def say_extra(request: Request, form: Form) -> Response:
    """Keep a run that has no recording; what was told of how hard it was, with it."""
    store, typed, now = store_of(request), fields(form), now_of(request)
    try:
        run = by_hand.ByHand(
            on=_day(typed.get("on", ""), today_of(request)) or now.date(),
            backward_s=_seconds(typed.get("minutes", "")) or 0.0,
            forward_s=_seconds(typed.get("forward", "")) or 0.0,
            distance_m=_metres(request, typed.get("distance", "")),
            place=typed.get("place"),
            effort_cr10=_effort(typed.get("effort", "")),
        )
        by_hand.write_down(store, run, now=now)
    except BadValue as problem:
        return show_today(request, typed, said_refused=problem.hint or str(problem))
    return go("/?said")


@router.post("/plan/workout/{workout_id}/said/back")
def take_back(request: Request, workout_id: str) -> Response:
    """Take back that a session was done."""
    said_done.take_back(store_of(request), workout_id)
    return go("/?taken-back")


def _seconds(text: str) -> float | None:
    if not text.strip():
        return None
    return 60.0 * read_number(text, name="minutes", hint="Write the minutes you went backward, such as 4 or 4.5.")


def _metres(request: Request, text: str) -> float | None:
    if not text.strip():
        return None
    units = units_of(request)
    return units.long_m * read_number(text, name="distance", hint=f"Write how far, in {units.long_unit}, such as 6.5.")


def _effort(text: str) -> float | None:
    if not text.strip():
        return None
    return read_number(text, name="effort", hint="Write how hard it was, from 0 to 10.")


def _day(text: str, today: date) -> date | None:
    if not text.strip():
        return None
    try:
        return read_day(text, today=today)
    except BadValue as problem:
        raise BadValue("on", problem.rule, text, problem.hint) from problem
