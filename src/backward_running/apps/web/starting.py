"""Start a plan: ten questions, then what already has a value, each with why; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from backward_running.apps.units import Units, clock, read_clock, read_number
from backward_running.apps.web.page import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.web.plan import still_asked
from backward_running.apps.web.security import FIELD, Form, fields
from backward_running.core.errors import BadValue
from backward_running.core.goals import GOALS, REHAB
from backward_running.core.plan import Plan
from backward_running.core.question import Kind, Question
from backward_running.core.screening import RED_FLAGS
from backward_running.flows import answering, clearing, coach

router = APIRouter()
DETAILS = "/plan/start/details"
#: Every follow-up that can be asked, so that whatever a form brings is read.
SENT_ALONG = frozenset({FIELD, "asks", "then"})
ALL_GATES = frozenset({"balance_test", "red_flags"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on the form: what stands in its field, and what is wrong with that."""

    question: Question
    value: str
    chosen: frozenset[str]
    unit: str
    problem: str | None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen, without the goals of rehabilitation: they stand in a group of their own."""
        offered = self.question.choices or (("yes", "Yes"), ("no", "No"))
        return tuple(one for one in offered if not one[0].startswith(REHAB))

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """The goals of rehabilitation, by the name of the condition alone."""
        found = [(value, words.partition(": ")[2]) for value, words in self.question.choices if value.startswith(REHAB)]
        return tuple((value, f"{words[:1].upper()}{words[1:]}") for value, words in found)


@router.get("/plan/start")
def questions_page(request: Request) -> Response:
    """Show the ten questions with what was typed so far; a page about a condition names the goal in its link."""
    typed, goal = coach.draft(store_of(request)), request.query_params.get("goal", "")
    return _questions(request, typed | {"goal": goal} if goal in dict(GOALS) else typed, {})


@router.post("/plan/start")
def start(request: Request, form: Form) -> Response:
    """Go on to what follows from the ten answers, or make the plan at once; say beside a field what is wrong."""
    store, today = store_of(request), today_of(request)
    told, problems = answers_of(form, units_of(request), _sent(form, every_question(form)))
    problems |= answering.unknown(_answered(form))
    typed = _before(request) | told
    coach.keep_draft(store, typed)
    if problems:
        clearing.tell_flags(store, _ticked(typed), now=now_of(request))
        return _questions(request, typed, problems)
    goes_on = fields(form).get("then") == "details" and not _red_flags(typed)
    if goes_on and coach.choices(store, typed, today=today):
        return go(DETAILS)
    return _make(request, typed)


@router.get(DETAILS)
def details_page(request: Request) -> Response:
    """Show what has a value already: the programme with its reason, the day to start, hard days, the race."""
    return _details(request, _before(request), {})


@router.post(DETAILS)
def finish(request: Request, form: Form) -> Response:
    """Make the plan from the ten answers and the follow-ups."""
    told, problems = answers_of(form, units_of(request), _sent(form, every_question(form)))
    problems |= answering.unknown(_answered(form))
    typed = _before(request) | told
    coach.keep_draft(store_of(request), typed)
    return _details(request, typed, problems) if problems else _make(request, typed)


@router.post("/plan/draft")
def keep(request: Request, form: Form) -> Response:
    """Keep half a questionnaire."""
    told, _ = answers_of(form, units_of(request), _sent(form, every_question(form)))
    coach.keep_draft(store_of(request), coach.draft(store_of(request)) | told)
    return Response(status_code=204)


def _answered(form: FormData) -> list[str]:
    """Return the names of all that a form answers, without what a page sends along."""
    return [name for name in form if name not in SENT_ALONG]


def every_question(form: FormData) -> tuple[Question, ...]:
    """Return all questions that a form may answer."""
    goal = form.get("goal")
    return coach.questions(ALL_GATES, {"goal": goal if isinstance(goal, str) else "race"})


def _sent(form: FormData, questions: Iterable[Question]) -> list[Question]:
    """Return the questions of the page that was sent: a list without a tick sends nothing, so its page names it."""
    named = {one for one in form.getlist("asks") if isinstance(one, str)}
    first = "easy_speed_mps" in form or "birth_year" in form  # a program that sends answers without a page
    ten = {one.key for one in coach.questions()} if first else set()
    return [one for one in questions if one.key in named | ten or one.key in form]


def _before(request: Request) -> dict[str, object]:
    """Return what was kept, without days that have passed since."""
    typed, today = coach.draft(store_of(request)), today_of(request)
    return {
        key: value for key, value in typed.items() if key not in ("starts_on", "race_on") or _is_ahead(value, today)
    }


def _is_ahead(value: object, today: date) -> bool:
    try:
        return date.fromisoformat(str(value)) >= today
    except ValueError:
        return False


def _red_flags(typed: Mapping[str, object]) -> bool:
    return any(flag.key in _ticked(typed) for flag in RED_FLAGS)


def _ticked(typed: Mapping[str, object]) -> list[str]:
    ticked = typed.get("health")
    return list(map(str, ticked)) if isinstance(ticked, list) else []


def _make(request: Request, typed: Mapping[str, object]) -> Response:
    """Make the plan; where a gate asks for one thing more, ask for it; else show the plan."""
    made = coach.start_plan(store_of(request), typed, now=now_of(request))
    ten = {one.key for one in coach.questions()}
    if not isinstance(made, Plan):
        page = _questions if ten & set(made.problems) else _details
        return page(request, made.typed, made.problems)
    if not made.stopped and still_asked(made):
        return go(f"{DETAILS}?more")
    return go("/plan")


def _questions(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    units = units_of(request)
    asked = [_asked(one, typed.get(one.key), problems.get(one.key), units) for one in coach.questions()]
    return _form(request, "plan_start.html", asked, problems, has_plan=_plan(request) is not None)


def _details(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    store, today, units = store_of(request), today_of(request), units_of(request)
    offered = coach.choices(store, {key: value for key, value in typed.items() if key not in problems}, today=today)
    if not offered and not problems:
        return go("/plan/start")
    plan = _plan(request)
    closed = {gate.key for gate in plan.gates if not gate.open} if plan else set()
    ten = len(coach.questions())
    typed = {**typed, "starts_on": typed.get("starts_on") or today.isoformat()}
    asked = [
        _asked(one, typed.get(one.key), problems.get(one.key), units)
        for one in coach.questions(closed, typed)[ten:]
        if one.key != "protocol"
    ]
    more = "more" in request.query_params
    fitting = [one.protocol for one in offered if one.fits] or [one.protocol for one in offered[:1]]
    picked = typed.get("protocol") if typed.get("protocol") in fitting else next(iter(fitting), None)
    return _form(
        request, "plan_details.html", asked, problems, offered=offered, picked=picked, more=more, plan=plan, today=today
    )


def _form(
    request: Request, template: str, asked: list[Asked], problems: Mapping[str, str], **values: object
) -> Response:
    known = {one.question.key for one in asked}
    others = [text for key, text in problems.items() if key not in known]
    status = 422 if problems else 200
    return show(request, template, section="plan", status_code=status, asked=asked, others=others, Kind=Kind, **values)


def _plan(request: Request) -> Plan | None:
    return coach.current_plan(store_of(request), today=today_of(request))


def _asked(question: Question, value: object, problem: str | None, units: Units) -> Asked:
    chosen = frozenset(map(str, value)) if isinstance(value, list | tuple) else frozenset({_plain(value)})
    unit = units.pace_unit if question.kind is Kind.PACE else question.unit or ""
    return Asked(question, _as_typed(question.kind, value, units), chosen, unit, problem)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_typed(kind: Kind, value: object, units: Units) -> str:
    """Turn a kept answer back into what a person types."""
    if value is None:
        return ""
    if kind is Kind.PACE and isinstance(value, int | float):
        return units.pace(value).value
    if kind is Kind.DURATION and isinstance(value, int | float):
        return f"{value / 60:g}" if value % 60 == 0 else clock(value)
    return _plain(value)


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
        typed[question.key] = None
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
