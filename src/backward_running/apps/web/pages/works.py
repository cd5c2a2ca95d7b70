"""Does it work, for me: all promises, one promise, and the form for what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.plain import plain
from backward_running.apps.web.drawing import works as draw
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import as_json, go, now_of, show, store_of, today_of, units_of, wants_json
from backward_running.apps.words import measured
from backward_running.apps.words import works as say
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState
from backward_running.flows import clearing, measuring, works
from backward_running.flows.stopping import stopping

router = APIRouter()
LISTED = 5  #: of what was measured, the newest


@router.get("/works")
def works_page(request: Request) -> Response:
    """Show every promise, those with readings first."""
    return _page(request, {}, "")


def _page(request: Request, typed: Mapping[str, str], problem: str) -> Response:
    whole = works.overview(store_of(request))
    if wants_json(request):
        return as_json(plain(whole))
    units, asked = units_of(request), request.query_params
    return show(
        request,
        "works.html",
        status_code=422 if problem else 200,
        section="runs",
        whole=whole,
        say=say,
        cards=[(each, _chart(each, whole, units)) for each in whole.promises],
        address=_address,
        kinds=[(kind, measured.borders(kind, units), measured.unit_words(kind, units)) for kind in measuring.kinds()],
        typed={"kind": asked.get("kind", "weight"), "value": "", "on": "", "note": "", **typed},
        problem=problem,
        saved="saved" in asked,
        stops=_stops(request),
        tests=measuring.timed(),
        questionnaires=measuring.asked(),
    )


@router.get("/works/{key}")
def promise_page(request: Request, key: str) -> Response:
    """Show all that is known of one promise."""
    store, units = store_of(request), units_of(request)
    whole = works.overview(store)
    promise = works.among(whole, key)
    if wants_json(request):
        return as_json(plain(promise))
    times, unit = say.shown(promise.unit, units)
    return show(
        request,
        "work.html",
        section="runs",
        whole=whole,
        promise=promise,
        answer=promise.answer,
        say=say,
        unit=unit,
        chart=_chart(promise, whole, units),
        forest=draw.forest(promise, times),
        kept=measuring.kept(store, promise.key)[:LISTED] if promise.is_typed else (),
        taken_back="taken-back" in request.query_params,
    )


@router.get("/works/test/{key}")
def test_page(request: Request, key: str) -> Response:
    """Show one test with a stopwatch, whose result goes into the form below it; none while something stops."""
    store, units = store_of(request), units_of(request)
    trial = measuring.trial(store, key)
    return show(
        request,
        "work_test.html",
        section="runs",
        trial=trial,
        stops=_stops(request),
        unit_words=measured.unit_words(trial.kind, units),
        detectable=say.detectable(trial, units),
        newest=[(each, say.tried(each.value, trial, units)) for each in trial.newest],
    )


def _stops(request: Request) -> tuple[GateState, ...]:
    """Return what stops everything, a test too: a red flag, pain for a clinician, a fall without an answer."""
    return stopping(clearing.standing_gates(store_of(request), today_of(request)))


@router.get("/works/ask/{key}")
def ask_page(request: Request, key: str) -> Response:
    """Show the questions of one questionnaire."""
    return _questions(request, key, {}, "")


def _questions(request: Request, key: str, typed: Mapping[str, str], problem: str) -> Response:
    return show(
        request,
        "work_ask.html",
        status_code=422 if problem else 200,
        section="runs",
        kind=measuring.kind(key),
        asked=measuring.questionnaire(key),
        typed=typed,
        problem=problem,
    )


@router.post("/works/ask/{key}")
def keep_answers(request: Request, key: str, form: Form) -> Response:
    """Save the score of a questionnaire; answers that cannot be come back as they were chosen."""
    typed = dict(fields(form))
    questions = measuring.questionnaire(key).items
    try:
        answers = measured.read_answers(
            " ".join(typed.get(f"q{number}") or "-" for number in range(1, len(questions) + 1))
        )
        measuring.keep_answers(store_of(request), key, answers, now=now_of(request))
    except BadValue as problem:
        return _questions(request, key, typed, str(problem))
    return go(f"/works?saved&kind={key}")


def _chart(promise: works.Promise, whole: works.Overview, units: Any) -> draw.Chart | None:
    return draw.chart(promise, whole.first_on, say.shown(promise.unit, units)[0])


def _address(promise: works.Promise) -> str:
    return f"/works/{quote(promise.address)}"


@router.post("/works/measured")
def keep(request: Request, form: Form) -> Response:
    """Save a measurement; what cannot be one comes back as it was typed."""
    typed, units = dict(fields(form)), units_of(request)
    try:
        kind = measuring.kind(typed.get("kind", ""))
        value = measured.read(typed.get("value", ""), kind, units)
        day = _day(typed.get("on", ""))
        measuring.keep(store_of(request), kind.key, value, now=now_of(request), on=day, note=typed.get("note", ""))
    except BadValue as problem:
        return _page(request, typed, str(problem))
    return go(f"/works?saved&kind={kind.key}")


@router.post("/works/{key}/device")
def say_device(request: Request, key: str, form: Form) -> Response:
    """Save whether another device came on a day, or take that back."""
    typed, said = dict(fields(form)), {"yes": True, "no": False, "forget": None}
    if typed.get("changed") not in said:
        raise BadValue("changed", f"be one of {', '.join(said)}", typed.get("changed"), "Use the buttons of the page.")
    day = _day(typed.get("on", ""))
    if day is None:
        raise BadValue("day", "be a day such as 2026-11-26", "", "Pick the day since which it is another.")
    measuring.say_device(store_of(request), key, day, changed=said[typed["changed"]], today=today_of(request))
    return go(f"/works/{quote(key)}")


@router.post("/works/measured/{key}/back")
def take_back(request: Request, key: str) -> Response:
    """Take a measurement back."""
    store = store_of(request)
    kind = next((kept.kind for kept in store.measurements() if kept.measurement_id == key), "")
    measuring.take_back(store, key)
    return go(f"/works/{quote(kind)}?taken-back")


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadValue("day", "be a day such as 2026-11-26", text, "Pick the day it was measured.") from problem
