"""One session of the plan: its steps and why, planned against done, and what can be asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.step_verdicts import judged, together
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, regions_of, show, store_of, today_of
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Repeat, Workout
from backward_running.core.ports import ActivityQuery, ActivityRow, Store
from backward_running.flows import as_planned, clearing, coach, conditions, match, said_done, where
from backward_running.flows.plan_views import Comparison

router = APIRouter()
#: Recordings so many days from a session are offered to be matched to it by hand.
OFFERED_WITHIN = timedelta(days=6)
#: A session may be done a day early.
EARLY = timedelta(days=1)
#: Values of the form that matches by hand, beside the ids of recordings.
NONE_OF_THEM, BY_ITSELF = "none", "itself"


@router.get("/plan/workout/{workout_id}")
def workout_page(request: Request, workout_id: str) -> Response:
    """Show one session."""
    return show_workout(request, workout_id, {}, None)


def show_workout(
    request: Request, workout_id: str, typed: Mapping[str, str], refused: str | None, *, said_refused: str | None = None
) -> Response:
    """Show one session; where a wish or a word was refused, with the reason beside what was typed."""
    store, today = store_of(request), today_of(request)
    plan = coach.current_plan(store, today=today)
    workout = coach.workout(store, workout_id)
    if workout.on >= today or (plan is not None and plan.stopped):
        clearing.refuse_while_stopped(store, today)
    compared = match.compare(store, workout_id) if workout.on <= today + OFFERED_WITHIN else None
    said = said_done.said_of(store, workout_id)
    is_open = compared is None or compared.matched.backward_s == 0.0 < compared.matched.unseen_s
    before, after = _neighbours(plan, workout_id)
    week = next((each for each in plan.weeks if each.number == workout.week), None) if plan else None
    return show(
        request,
        "workout.html",
        section="plan",
        status_code=422 if refused or said_refused else 200,
        workout=workout,
        plan=plan,
        may_leave=not clearing.standing_gates(store, today) and not (plan and coach.waits_for(workout, plan.gates)),
        closed=coach.waits_for(workout, plan.gates) if plan and workout.on >= today and not (compared or said) else (),
        compared=compared,
        lays=compared is not None and compared.matched.unknown_s > 0,
        may_not_lay=as_planned.why_not(workout, compared.row) if compared else None,
        is_laid=compared is not None and as_planned.is_laid(store, compared.row.activity_id),
        steps=together([judged(step) for step in compared.steps]) if compared and not compared.no_steps else [],
        said=said,
        word_id=said_done.word_id,
        may_say=is_open and said is None and workout.on <= today and bool(workout.duration_s(Direction.BACKWARD)),
        offered=_offered(store, workout, compared) if compared or workout.on <= today + EARLY else [],
        before=before,
        after=after,
        open_to_wishes=plan is not None and workout.on >= today and compared is None and said is None,
        week_days=(week.starts_on, week.starts_on + timedelta(days=6)) if week else None,
        typed=typed,
        refused=refused,
        said_refused=said_refused,
        need=where.need_of(workout) if workout.on >= today else None,
        fits=_fits(request, workout) if workout.on >= today else (),
        pain=conditions.pain_rule(plan),
        is_repeat=lambda piece: isinstance(piece, Repeat),
    )


def _fits(request: Request, workout: Workout) -> tuple[where.Fit, ...]:
    """Return the spots that the runner knows and that serve a session."""
    return where.best_for(store_of(request), regions_of(request), workout)


def _neighbours(plan: Plan | None, workout_id: str) -> tuple[Workout | None, Workout | None]:
    own = list(plan.workouts()) if plan else []
    at = next((number for number, planned in enumerate(own) if planned.workout_id == workout_id), None)
    if at is None:
        return None, None
    return own[at - 1] if at > 0 else None, own[at + 1] if at + 1 < len(own) else None


def _offered(store: Store, workout: Workout, compared: Comparison | None) -> list[ActivityRow]:
    """Return the recordings near a session."""
    query = ActivityQuery(since=workout.on - OFFERED_WITHIN, until=workout.on + OFFERED_WITHIN, limit=40)
    rows = store.activities(query)
    near = [row for row in rows if row.on_foot]
    if compared and compared.row.activity_id not in {row.activity_id for row in near}:
        near.append(compared.row)
    return near


@router.post("/plan/workout/{workout_id}/match")
def match_by_hand(request: Request, workout_id: str, form: Form) -> Response:
    """Say which recording is the one of a session, that none is, or let it be found again."""
    store, chosen = store_of(request), fields(form).get("activity_id", "")
    coach.workout(store, workout_id)
    if chosen == BY_ITSELF:
        match.forget_match(store, workout_id)
    else:
        match.match_by_hand(store, workout_id, None if chosen in ("", NONE_OF_THEM) else chosen)
    return go(f"/plan/workout/{workout_id}#done")
