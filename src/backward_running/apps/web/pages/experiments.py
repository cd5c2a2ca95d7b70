"""Experiments on oneself: how long each takes, the one that runs, what was found; and the form that writes one down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.plain import plain
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import as_json, go, now_of, show, store_of, today_of, wants_json
from backward_running.apps.words import experiments as say
from backward_running.apps.words.units import read_number
from backward_running.core.errors import BadValue
from backward_running.flows import clearing, experiments, works
from backward_running.flows.stopping import stopping

router = APIRouter()
PAGE = "/works/experiments"
#: Newest readings of an experiment that are listed while it has no answer.
LISTED = 60


@router.get(PAGE)
def experiments_page(request: Request) -> Response:
    """Show what runs, what was found, and what could be asked next."""
    return _page(request, {}, "")


def _page(request: Request, typed: Mapping[str, str], problem: str) -> Response:
    store, today = store_of(request), today_of(request)
    found = experiments.experiments(store, now=now_of(request))
    if wants_json(request):
        return as_json([plain(each) for each in found])
    offers = experiments.offers(works.overview(store))
    stops = stopping(clearing.standing_gates(store, today))
    begun = next((each for each in found if each.is_open and each.registered.begins_on <= today), None)
    asked = {"ask": "", "begins": (today + timedelta(days=1)).isoformat(), "units": "", "after": ""}
    return show(
        request,
        "experiments.html",
        status_code=422 if problem else 200,
        section="runs",
        found=tuple(reversed(found)),
        offers=offers,
        chosen=_chosen(offers, typed.get("ask", request.query_params.get("ask", ""))),
        begun=begun,
        waits=any(each.is_open for each in found) and begun is None,
        stopping=stops,
        say=say,
        typed={**asked, **typed},
        problem=problem,
        done=next((word for word in ("written", "ended") if word in request.query_params), ""),
        listed=LISTED,
        first_day=today.isoformat(),
    )


def _chosen(offers: tuple[experiments.Offer, ...], ask: str) -> experiments.Offer | None:
    return next((each for each in offers if f"{each.design.key} {each.address}" == ask), None)


@router.post(PAGE)
def register(request: Request, form: Form) -> Response:
    """Write an experiment down; what cannot be one comes back as it was typed."""
    typed = dict(fields(form))
    design, _, address = typed.get("ask", "").partition(" ")
    try:
        experiments.register(
            store_of(request),
            design,
            address,
            now=now_of(request),
            begins_on=_day(typed.get("begins", "")),
            units=_whole(typed.get("units", ""), "units"),
            after_days=_whole(typed.get("after", ""), "days after"),
        )
    except BadValue as problem:
        return _page(request, typed, str(problem))
    return go(f"{PAGE}?written")


@router.post(f"{PAGE}/end")
def end(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """End the one that runs."""
    experiments.end(store_of(request), now=now_of(request))
    return go(f"{PAGE}?ended")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadValue("begins", "be a day such as 2026-11-26", text, "Pick the day it begins.") from problem


def _whole(text: str, name: str) -> Any:
    if not text.strip():
        return None
    number = read_number(text, name=name, hint="Write a whole number.")
    if number != int(number):
        raise BadValue(name, "be a whole number", text, "Write a whole number.")
    return int(number)
