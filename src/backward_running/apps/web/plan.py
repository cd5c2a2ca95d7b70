"""The plan: weeks, workouts, gates with reasons, and the questions that come before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from backward_running.apps.units import Units, clock, read_clock, read_number
from backward_running.apps.web.page import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.web.security import Form
from backward_running.core.errors import BadValue
from backward_running.core.goals import GOALS
from backward_running.core.plan import Plan
from backward_running.core.question import Kind, Question
from backward_running.flows import coach
from backward_running.flows.runs import calendar_month

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the form: what stands in its field, and what is wrong with that."""

    question: Question
    value: str
    chosen: frozenset[str]
    unit: str
    problem: str | None


@router.get("/plan")
def plan_page(request: Request) -> Response:
    """Show the plan, or the way to one."""
    plan, today = coach.current_plan(store_of(request), today=today_of(request)), today_of(request)
    if plan is None:
        return show(request, "plan_none.html", section="plan", begun=bool(coach.draft(store_of(request))))
    return show(
        request,
        "plan.html",
        section="plan",
        plan=plan,
        closed=[gate for gate in plan.gates if not gate.open],
        opened=[gate for gate in plan.gates if gate.open],
        done=_done_days(request, plan),
        this_week=coach.next_week(plan, today),
    )


def _done_days(request: Request, plan: Plan) -> frozenset[date]:
    """Return the days of the plan on which something was run."""
    months = sorted({(one.on.year, one.on.month) for one in plan.workouts() if one.on <= today_of(request)})
    days = [day for year, month in months for day in calendar_month(store_of(request), year, month)]
    return frozenset(day.on for day in days if any(row.on_foot for row in day.done))


@router.get("/plan/start")
def questions_page(request: Request) -> Response:
    """Show the questions, with what was typed so far; a page about a condition names the goal in its link."""
    typed, goal = coach.draft(store_of(request)), request.query_params.get("goal", "")
    return _questions(request, typed | {"goal": goal} if goal in dict(GOALS) else typed, {})


@router.post("/plan/start")
def start(request: Request, form: Form) -> Response:
    """Make a plan, or say beside each field what is wrong with it."""
    typed, problems = answers_of(form, units_of(request), _asked_now(request))
    if problems:
        coach.keep_draft(store_of(request), typed)
        return _questions(request, typed, problems)
    made = coach.start_plan(store_of(request), typed, now=now_of(request).astimezone())
    if isinstance(made, Plan):
        return go("/plan")
    return _questions(request, made.typed, made.problems)


@router.post("/plan/draft")
def keep(request: Request, form: Form) -> Response:
    """Keep half a questionnaire."""
    typed, _ = answers_of(form, units_of(request), _asked_now(request))
    coach.keep_draft(store_of(request), typed)
    return Response(status_code=204)


def _asked_now(request: Request) -> tuple[Question, ...]:
    """Return the ten questions; where there is a plan whose answers are changed, those that follow from it on top."""
    plan = coach.current_plan(store_of(request), today=today_of(request))
    if plan is None:
        return coach.questions()
    return coach.questions({gate.key for gate in plan.gates if not gate.open}, coach.draft(store_of(request)))


def _questions(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    units = units_of(request)
    asked = [_asked(one, typed.get(one.key), problems.get(one.key), units) for one in _asked_now(request)]
    known = {one.question.key for one in asked}
    others = [text for key, text in problems.items() if key not in known]
    status = 422 if problems else 200
    return show(request, "plan_start.html", section="plan", status_code=status, asked=asked, others=others, Kind=Kind)


def _asked(question: Question, value: object, problem: str | None, units: Units) -> Asked:
    chosen = frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({str(value)})
    unit = units.pace_unit if question.kind is Kind.PACE else question.unit or ""
    return Asked(question, _as_typed(question.kind, value, units), chosen, unit, problem)


def _as_typed(kind: Kind, value: object, units: Units) -> str:
    """Turn a kept answer back into what a person types."""
    if value is None:
        return ""
    if kind is Kind.PACE and isinstance(value, int | float):
        return units.pace(value).value
    if kind is Kind.DURATION and isinstance(value, int | float):
        return f"{value / 60:g}" if value % 60 == 0 else clock(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def answers_of(form: FormData, units: Units, questions: Iterable[Question]) -> tuple[dict[str, object], dict[str, str]]:
    """Turn the form into SI values and plain strings; what cannot be turned stays as it was typed, with a sentence."""
    typed: dict[str, object] = {}
    problems: dict[str, str] = {}
    for question in questions:
        raw = [one.strip() for one in form.getlist(question.key) if isinstance(one, str)]
        if question.kind is Kind.CHOICES:
            typed[question.key] = raw
            continue
        text = raw[-1] if raw else ""
        if not text:
            continue
        try:
            typed[question.key] = _value(question.kind, text, units)
        except BadValue as problem:
            typed[question.key] = text
            problems[question.key] = problem.hint or f"This must {problem.rule}."
    return typed, problems


def _value(kind: Kind, text: str, units: Units) -> object:
    if kind is Kind.PACE:
        return units.read_pace(text)
    if kind is Kind.DURATION:
        hint = "Write minutes, such as 45, or hours, minutes and seconds, such as 1:05:00."
        return (
            read_clock(text, name="time", hint=hint) if ":" in text else 60 * read_number(text, name="time", hint=hint)
        )
    if kind is Kind.NUMBER:
        value = read_number(text, name="answer", hint="Write a number.")
        return int(value) if value == int(value) else value
    if kind is Kind.YES_NO:
        return text == "yes"
    return text


@router.get("/plan/workout/{workout_id}")
def workout_page(request: Request, workout_id: str) -> Response:
    """Show one workout: its steps, where, with whom, why."""
    workout = coach.workout(store_of(request), workout_id)
    plan = coach.current_plan(store_of(request), today=today_of(request))
    closed = [gate for gate in plan.gates if not gate.open] if plan else []
    return show(request, "workout.html", section="plan", workout=workout, closed=closed, plan=plan)
