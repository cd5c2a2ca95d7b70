"""Rehabilitation: a page for every condition of the article, and what a clinician allows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.ceilings_form import ceilings_of, typed_of
from backward_running.apps.web.drawing.pain_chart import MOMENTS, pain_chart
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of, today_of, units_of
from backward_running.core.errors import BadValue
from backward_running.flows import conditions as flow

router = APIRouter()


@router.get("/conditions")
def list_page(request: Request) -> Response:
    """Show every condition of the article with its verdict."""
    return show(request, "conditions.html", section="plan", views=flow.pages())


@router.get("/conditions/{key}")
def condition_page(request: Request, key: str) -> Response:
    """Show one condition with the runner's own stage and pain."""
    page = flow.page(store_of(request), key, today=today_of(request))
    return show(
        request,
        "condition.html",
        section="plan",
        page=page,
        chart=pain_chart(page.pain, page.limit_nrs),
        moments=[moment for moment in MOMENTS if any(getattr(week, moment[0]) is not None for week in page.pain)],
        kept="kept" in request.query_params,
    )


@router.post("/conditions/{key}/stage")
def keep_stage(request: Request, key: str, form: Form) -> Response:
    """Keep the stage the runner and their clinician decided on."""
    text = str(fields(form).get("stage", ""))
    if re.fullmatch(r"\d{1,3}", text, re.ASCII) is None:
        raise BadValue("stage", "be the number of a stage", text or None, "Pick one of the list.")
    stage = int(text)
    flow.put_stage(store_of(request), key, stage, today=today_of(request))
    return go(f"/conditions/{key}?kept#stages")


@router.get("/ceilings")
def ceilings_page(request: Request) -> Response:
    """Show what a clinician allows."""
    allowed = flow.ceilings(store_of(request))
    return _ceilings(request, typed_of(allowed, units_of(request)), {}, kept="kept" in request.query_params)


@router.post("/ceilings")
def keep_ceilings(request: Request, form: Form) -> Response:
    """Keep what a clinician allows, or say beside each field what is wrong with it."""
    typed = {name: str(value).strip() for name, value in fields(form).items()}
    allowed, problems = ceilings_of(typed, units_of(request), today_of(request))
    if allowed is None:
        return _ceilings(request, typed, problems)
    flow.set_ceilings(store_of(request), allowed)
    return go("/ceilings?kept")


@router.post("/ceilings/clear")
def clear_ceilings(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token
    """Take back what a clinician allowed."""
    flow.set_ceilings(store_of(request), None)
    return go("/ceilings?kept")


def _ceilings(
    request: Request, typed: Mapping[str, str], problems: Mapping[str, str], *, kept: bool = False
) -> Response:
    return show(
        request,
        "ceilings.html",
        status_code=422 if problems else 200,
        section="plan",
        typed=typed,
        problems=problems,
        kept=kept,
        allowed=flow.ceilings(store_of(request)),
    )
