"""Start a plan: health first, then running, then what already has a value; nothing typed is lost.

Who gets no plan for now is told right after the questions about health, and never sees a programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from backward_running.apps.web.cards.question_form import Asked, answers_of, asked_of
from backward_running.apps.web.forms import FIELD, Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, today_of, units_of
from backward_running.core.goals import GOALS
from backward_running.core.plan import Plan
from backward_running.core.question import Kind, Question
from backward_running.flows import answering, coach

router = APIRouter()
DETAILS = "/plan/start/details"
RUNNING = "/plan/start/running"
NOT_NOW = "/plan/start/not-now"
#: Every follow-up that can be asked, so that whatever a form brings is read.
SENT_ALONG = frozenset({FIELD, "asks", "then"})
ALL_GATES = frozenset({"balance_test", "red_flags"})


@router.get("/plan/start")
def questions_page(request: Request) -> Response:
    """Show the questions about health with what was typed; a page about a condition names the goal in its link."""
    typed, goal = _before(request), request.query_params.get("goal", "")
    return _health(request, typed | {"goal": goal} if goal in dict(GOALS) else typed, {})


@router.get(RUNNING)
def running_page(request: Request) -> Response:
    """Show the questions about running, once those about health are answered and leave room for a plan."""
    typed = _before(request)
    return _kept_from(request, typed) or _running(request, typed, {})


@router.get(NOT_NOW)
def not_now_page(request: Request) -> Response:
    """Say why there is no plan for now, what instead and when to come back; else go on where the runner was."""
    return not_now(request) or go(RUNNING)


@router.post("/plan/start")
def start(request: Request, form: Form) -> Response:
    """Go on to what follows from a page, or make the plan at once; say beside a field what is wrong."""
    store, now = store_of(request), now_of(request)
    told, problems = answers_of(form, units_of(request), _sent(form, every_question()))
    unknown = answering.unknown(_answered(form))
    typed = _before(request) | told
    coach.keep_draft(store, typed)
    if coach.answered(store, typed, now=now) is not None:
        return go(NOT_NOW)
    then = fields(form).get("then")
    of_health = {key: words for key, words in problems.items() if key in _keys(coach.health_questions())}
    of_health |= coach.health_problems(typed, today=now.date()) if then == "running" else {}
    if of_health or unknown:
        return _health(request, typed, of_health | unknown)
    if then == "running":
        return go(RUNNING)
    if problems:
        return _running(request, typed, problems)
    if then == "details" and any(choice.fits for choice in coach.choices(store, typed, today=now.date())):
        return go(DETAILS)
    return _make(request, typed)


@router.get(DETAILS)
def details_page(request: Request) -> Response:
    """Show what has a value already: the programme with its reason, the day to start, hard days, the race."""
    typed = _before(request)
    return _kept_from(request, typed) or _details(request, typed, {})


@router.post(DETAILS)
def finish(request: Request, form: Form) -> Response:
    """Make the plan from the answers and the follow-ups."""
    told, problems = answers_of(form, units_of(request), _sent(form, every_question()))
    problems |= answering.unknown(_answered(form))
    typed = _before(request) | told
    coach.keep_draft(store_of(request), typed)
    return _details(request, typed, problems) if problems else _make(request, typed)


@router.post(NOT_NOW)
def answer_more(request: Request, form: Form) -> Response:
    """Take what a closed gate asks for, such as the seconds of the balance test, and look again."""
    store, now = store_of(request), now_of(request)
    told, problems = answers_of(form, units_of(request), _sent(form, every_question()))
    typed = _before(request) | told
    coach.keep_draft(store, typed)
    problems |= {key: words for key, words in coach.problems_of(typed, today=now.date()).items() if key in told}
    on = "/plan" if _plan(request) is not None else RUNNING
    if not problems and coach.answered(store, typed, now=now) is None:
        return go(on)
    return not_now(request, problems) or go(on)


@router.post("/plan/draft")
def keep(request: Request, form: Form) -> Response:
    """Keep half a questionnaire."""
    told, _ = answers_of(form, units_of(request), _sent(form, every_question()))
    coach.keep_draft(store_of(request), coach.draft(store_of(request)) | told)
    return Response(status_code=204)


def _answered(form: FormData) -> list[str]:
    """Return the names of all that a form answers, without what a page sends along."""
    return [name for name in form if name not in SENT_ALONG]


def every_question() -> tuple[Question, ...]:
    """Return all questions that a form may answer."""
    return coach.questions(ALL_GATES, {"goal": "race"})


def _sent(form: FormData, questions: Iterable[Question]) -> list[Question]:
    """Return the questions of the page that was sent: a list without a tick sends nothing, so its page names it."""
    named = {key for key in form.getlist("asks") if isinstance(key, str)}
    whole = "easy_speed_mps" in form and "birth_year" in form  # a program that sends answers without a page
    every = _keys(coach.questions()) if whole else frozenset()
    return [question for question in questions if question.key in named | every or question.key in form]


def _before(request: Request) -> dict[str, object]:
    """Return what was kept, without days that have passed since and without what is too old to hold."""
    today = today_of(request)
    typed = coach.typed_before(store_of(request), today=today)
    return {
        key: value for key, value in typed.items() if key not in ("starts_on", "race_on") or _is_ahead(value, today)
    }


def _is_ahead(value: object, today: date) -> bool:
    try:
        return date.fromisoformat(str(value)) >= today
    except ValueError:
        return False


def _keys(questions: Iterable[Question]) -> frozenset[str]:
    return frozenset(question.key for question in questions)


def _make(request: Request, typed: Mapping[str, object]) -> Response:
    """Make the plan and show it; say what is wrong on the page that asks for it, or why there is none for now."""
    made = coach.start_plan(store_of(request), typed, now=now_of(request))
    if isinstance(made, Plan):
        return go("/plan")
    if isinstance(made, coach.NotNow):
        return go(NOT_NOW)
    health, every = _keys(coach.health_questions()), _keys(coach.questions())
    if health & set(made.problems):
        return _health(request, made.typed, made.problems)
    page = _running if every & set(made.problems) else _details
    return page(request, made.typed, made.problems)


def not_now(request: Request, problems: Mapping[str, str] | None = None) -> Response | None:
    """Show why there is no plan for now, with what a closed gate asks for; None where one is possible."""
    store, today, problems = store_of(request), today_of(request), problems or {}
    typed = _before(request)
    found = coach.kept_from(store, typed, today=today)
    if found is None:
        return None
    more = [replace(question, optional=False) for question in coach.questions(found.asks)[len(coach.questions()) :]]
    # What a gate asks for is done anew: what was typed before stands there only beside what is wrong with it.
    shown = typed if problems else {question.key: today.isoformat() for question in more if question.kind is Kind.DATE}
    asked = [
        asked_of(question, shown.get(question.key), problems.get(question.key), units_of(request)) for question in more
    ]
    return _form(request, "plan_not_now.html", asked, problems, not_now=found, has_plan=_plan(request) is not None)


def _kept_from(request: Request, typed: Mapping[str, object]) -> Response | None:
    """Lead back where the questions about health are not answered, or leave no plan for now."""
    store, today = store_of(request), today_of(request)
    if coach.screened(store, typed, today=today) is not None:
        return go(NOT_NOW)
    return go("/plan/start") if coach.health_problems(typed, today=today) else None


def _health(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    return _page(request, "plan_start.html", coach.health_questions(), typed, problems)


def _running(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    health = _keys(coach.health_questions())
    asked = [question for question in coach.questions() if question.key not in health]
    return _page(request, "plan_running.html", asked, typed, problems)


def _page(
    request: Request,
    template: str,
    questions: Iterable[Question],
    typed: Mapping[str, object],
    problems: Mapping[str, str],
) -> Response:
    units = units_of(request)
    asked = [asked_of(question, typed.get(question.key), problems.get(question.key), units) for question in questions]
    return _form(request, template, asked, problems, has_plan=_plan(request) is not None)


def _details(request: Request, typed: Mapping[str, object], problems: Mapping[str, str]) -> Response:
    store, today, units = store_of(request), today_of(request), units_of(request)
    offered = coach.choices(store, {key: value for key, value in typed.items() if key not in problems}, today=today)
    fitting = [choice.protocol for choice in offered if choice.fits]
    if not fitting and not problems:
        return go(NOT_NOW if offered else RUNNING)
    typed = {**typed, "starts_on": typed.get("starts_on") or today.isoformat()}
    asked = [
        asked_of(question, typed.get(question.key), problems.get(question.key), units)
        for question in coach.questions((), typed)[len(coach.questions()) :]
        if question.key != "protocol"
    ]
    picked = typed.get("protocol") if typed.get("protocol") in fitting else next(iter(fitting), None)
    return _form(request, "plan_details.html", asked, problems, offered=offered, picked=picked, today=today)


def _form(
    request: Request, template: str, asked: list[Asked], problems: Mapping[str, str], **values: object
) -> Response:
    known = {question.question.key for question in asked}
    others = [text for key, text in problems.items() if key not in known]
    status = 422 if problems else 200
    return show(request, template, section="plan", status_code=status, asked=asked, others=others, Kind=Kind, **values)


def _plan(request: Request) -> Plan | None:
    return coach.current_plan(store_of(request), today=today_of(request))
