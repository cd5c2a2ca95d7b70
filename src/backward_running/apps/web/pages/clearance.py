"""What stops the plan, and how it ends: a sign ticked by mistake is taken back, a clinician's word is written down."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from backward_running.apps.web.cards.ceilings_form import ceilings_of
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.words.typed import read_day
from backward_running.core.clearance import ClearanceKind
from backward_running.core.errors import BadValue
from backward_running.flows import clearing as flow
from backward_running.flows import told_before

router = APIRouter()
#: What a value is called → its field of the form.
FIELD_OF = {"report": "of"}
PAGE = "/clearing"
#: Fields of the form that set limits; where all are empty no limits are changed.
LIMITS = ("sessions_per_week", "minutes")
OVER_SINCE = "Pick the day since when it is over, today or earlier."
NO_DAY = "Pick the day of their word, today or earlier."


@router.get(PAGE)
def clearing_page(request: Request) -> Response:
    """Show what stands, what may be done about it, and what was cleared before."""
    return _page(request, {"on": today_of(request).isoformat()}, {})


def _page(request: Request, typed: Mapping[str, str], problems: Mapping[str, str], form: str = "") -> Response:
    view = flow.page(store_of(request), now=now_of(request))
    return show(
        request,
        "clearing.html",
        status_code=422 if problems else 200,
        section="plan",
        view=view,
        mistakes=[stop for stop in view.standing if stop.may_be_mistake and view.mistake_refused is None],
        typed=typed,
        ticked=frozenset(typed.get("of", "").split()),
        problems=problems,
        form=form,
        kept="kept" in request.query_params,
        words_of=flow.words_of,
        mistake=ClearanceKind.MISTAKE,
        over=ClearanceKind.OVER,
    )


def _typed(form: FormData) -> dict[str, str]:
    named = [key for key in form.getlist("of") if isinstance(key, str)]
    return {name: str(value).strip() for name, value in fields(form).items()} | {"of": " ".join(named)}


def _refusal(problem: BadValue) -> dict[str, str]:
    """Return what is said beside the field that is wrong; what a person reports stands in the field ``of``."""
    return {FIELD_OF.get(problem.name, problem.name): problem.hint or str(problem)}


@router.post(f"{PAGE}/mistake")
def take_back(request: Request, form: Form) -> Response:
    """Take back what was ticked by mistake, with a reason; a refusal says why in words."""
    typed, now = _typed(form), now_of(request)
    try:
        flow.take_back(store_of(request), typed["of"].split(), reason=typed.get("reason", "")[:2000], now=now)
    except BadValue as problem:
        return _page(request, typed, _refusal(problem), "mistake")
    return go(f"{PAGE}?kept")


@router.post(f"{PAGE}/over")
def over(request: Request, form: Form) -> Response:
    """Take back a condition that was told: it is over, in words and with a day."""
    typed, now = _typed(form), now_of(request)
    try:
        on = read_day(typed.get("on", ""), today=now.date())
    except BadValue:
        return _page(request, typed, {"on": OVER_SINCE}, "over")
    try:
        key = typed["of"].partition(" ")[0]
        told_before.take_back(store_of(request), key, reason=typed.get("reason", "")[:2000], on=on, now=now)
    except BadValue as problem:
        return _page(request, typed, _refusal(problem), "over")
    return go(f"{PAGE}?kept")


@router.post(f"{PAGE}/clinician")
def clear(request: Request, form: Form) -> Response:
    """Keep a clinician's word and the limits they set, or say beside a field what is wrong."""
    typed, now = _typed(form), now_of(request)
    try:
        on = read_day(typed.get("on", ""), today=now.date())
    except BadValue:
        return _page(request, typed, {"on": NO_DAY}, "clinician")
    limits = {name: typed.get(name, "") for name in LIMITS}
    asked = {**limits, "by": typed.get("by", "") or "-", "running": typed.get("running", "")}
    allowed, problems = ceilings_of(asked, units_of(request), now.date())
    if problems:
        return _page(request, typed, problems, "clinician")
    try:
        flow.clear(
            store_of(request),
            typed["of"].split(),
            by=typed.get("by", ""),
            on=on,
            allows=typed.get("allows", ""),
            running=typed.get("running") == "yes",
            now=now,
            ceilings=allowed if any(limits.values()) else None,
        )
    except BadValue as problem:
        return _page(request, typed, _refusal(problem), "clinician")
    return go(f"{PAGE}?kept")
