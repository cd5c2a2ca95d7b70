"""Rehabilitation: a page for every condition of the article, and what a clinician allows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.units import Units, read_number
from backward_running.apps.web.page import go, show, store_of, today_of, units_of
from backward_running.apps.web.security import Form, fields
from backward_running.core.adaptation import Ceilings
from backward_running.core.errors import BadValue
from backward_running.flows import conditions as flow
from backward_running.flows.clearing import SAY_RUNNING
from backward_running.flows.conditions import PainWeek

router = APIRouter()

CHART_LEFT, CHART_RIGHT, CHART_TOP, CHART_BOTTOM = 26.0, 352.0, 10.0, 122.0
MOMENTS = (("during", "during"), ("after", "after"), ("next_morning", "next morning"), ("other", "another time"))


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of the pain chart, in the drawing's own units."""

    x: float
    y: float
    moment: str


@dataclass(frozen=True, slots=True)
class PainChart:
    """The highest pain by week and moment, the limit as a line."""

    marks: tuple[Mark, ...]
    lines: tuple[float, ...]  #: y of 0, 5 and 10
    limit_y: float
    weeks: tuple[tuple[float, str], ...]  #: x and the day the week begins


def pain_chart(weeks: Sequence[PainWeek], limit_nrs: float) -> PainChart | None:
    """Lay the weeks side by side and pain 0–10 upward; None where nothing was said."""
    if not weeks:
        return None
    wide = (CHART_RIGHT - CHART_LEFT) / max(len(weeks), 4)
    marks = []
    for number, week in enumerate(weeks):
        for place, (moment, _) in enumerate(MOMENTS):
            pain = getattr(week, moment)
            if pain is not None:
                x = CHART_LEFT + wide * (number + (place + 1) / (len(MOMENTS) + 1))
                marks.append(Mark(round(x, 1), _height(pain), moment))
    every = 1 if len(weeks) <= 6 else 2
    labels = [
        (round(CHART_LEFT + wide * (number + 0.5), 1), f"{week.starts_on.day} {week.starts_on:%b}")
        for number, week in enumerate(weeks)
        if (len(weeks) - 1 - number) % every == 0
    ]
    return PainChart(tuple(marks), tuple(map(_height, (0.0, 5.0, 10.0))), _height(limit_nrs), tuple(labels))


def _height(pain_nrs: float) -> float:
    return round(CHART_BOTTOM - (CHART_BOTTOM - CHART_TOP) * pain_nrs / 10, 1)


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
        moments=[one for one in MOMENTS if any(getattr(week, one[0]) is not None for week in page.pain)],
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


def typed_of(allowed: Ceilings | None, units: Units) -> dict[str, str]:
    """Return ceilings as they stand in the form; an empty form where there are none."""
    if allowed is None:
        return {}
    typed = {
        "by": allowed.by,
        "until": allowed.until.isoformat() if allowed.until else "",
        "running": "no" if allowed.walking_only else "yes",
        "note": allowed.note or "",
    }
    speed = allowed.backward_speed_mps
    for name, value in (
        ("sessions_per_week", allowed.sessions_per_week_count),
        ("minutes", None if allowed.backward_session_s is None else allowed.backward_session_s / 60),
        ("speed", None if speed is None else round(speed * 3600 / units.long_m, 2)),
        ("slope", None if allowed.grade_high_ratio is None else round(allowed.grade_high_ratio * 100, 2)),
    ):
        typed[name] = "" if value is None else f"{value:g}"
    return typed


def ceilings_of(typed: Mapping[str, str], units: Units, today: date) -> tuple[Ceilings | None, dict[str, str]]:
    """Read the form field by field; None and a sentence per field where something cannot be meant."""
    problems: dict[str, str] = {}
    by = typed.get("by", "").strip()[:80]
    if not by:
        problems["by"] = "Write who set these limits, such as physiotherapist."
    until = _until(typed.get("until", ""), today, problems)
    per_week = _number(
        typed, "sessions_per_week", 0, 7, "Write sessions a week from 0 to 7, or leave it empty.", problems
    )
    if per_week is not None and per_week != int(per_week):
        problems["sessions_per_week"] = "Write whole sessions a week, such as 2."
    minutes = _number(typed, "minutes", 0, 120, "Write minutes from 0 to 120, or leave it empty.", problems)
    per_hour = 3600 / units.long_m  # of one metre per second, in the runner's unit
    low, high = 0.1 * per_hour, 10 * per_hour
    hint = f"Write {units.speed_unit} from {low:.1f} to {high:.0f}, or leave it empty."
    speed = _number(typed, "speed", low, high, hint, problems)
    slope = _number(typed, "slope", 0, 25, "Write the slope in percent from 0 to 25, or leave it empty.", problems)
    if typed.get("running", "") not in ("yes", "no"):
        problems["running"] = SAY_RUNNING
    if problems:
        return None, problems
    return Ceilings(
        by=by,
        set_on=today,
        until=until,
        walking_only=typed.get("running") != "yes",
        sessions_per_week_count=None if per_week is None else int(per_week),
        backward_session_s=None if minutes is None else minutes * 60,
        backward_speed_mps=None if speed is None else speed / per_hour,
        grade_high_ratio=None if slope is None else slope / 100,
        note=typed.get("note", "").strip()[:500] or None,
    ), {}


def _until(text: str, today: date, problems: dict[str, str]) -> date | None:
    if not text:
        return None
    try:
        until = date.fromisoformat(text)
    except ValueError:
        problems["until"] = "Write a date such as 2027-03-01, or leave it empty."
        return None
    if until < today:
        problems["until"] = (
            "Write a date that is still to come, or leave it empty: then it holds until you take it back."
        )
    return until


def _number(
    typed: Mapping[str, str], name: str, low: float, high: float, hint: str, problems: dict[str, str]
) -> float | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    try:
        value = read_number(text, name=name, hint=hint)
    except BadValue:
        problems[name] = hint
        return None
    if not low <= value <= high:
        problems[name] = hint
        return None
    return value
