"""The check-in: how the runner feels, in a few numbers."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.units import read_number
from backward_running.apps.web.page import go, now_of, show, store_of
from backward_running.apps.web.security import Form, fields
from backward_running.apps.web.words import PAIN_SITES
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery
from backward_running.flows import coach
from backward_running.flows import runs as runs_flow

router = APIRouter()


@router.get("/check-in")
def form_page(request: Request) -> Response:
    """Show the form and the last check-ins."""
    return _form(request, {}, None)


def _form(request: Request, typed: Mapping[str, str], problem: str | None) -> Response:
    store = store_of(request)
    recent, _ = runs_flow.list_runs(store, ActivityQuery(limit=8))
    return show(
        request,
        "check_in.html",
        status_code=422 if problem else 200,
        section="today",
        sites=PAIN_SITES,
        site_words=dict(PAIN_SITES),
        moments=Moment,
        flags=coach.red_flags(),
        flag_words=dict(coach.red_flags()),
        ticked=frozenset(typed.get("red_flags", "").split()),
        recent=recent,
        typed=typed,
        problem=problem,
        check_ins=coach.check_ins(store)[:10],
        due=coach.today(store, now=now_of(request).astimezone()).check_in_due,
    )


@router.post("/check-in")
def take(request: Request, form: Form) -> Response:
    """Keep a check-in."""
    typed = {**fields(form), "red_flags": " ".join(str(one) for one in form.getlist("red_flags"))}
    try:
        check_in = _check_in(request, typed)
    except BadValue as problem:
        return _form(request, typed, f"{problem.hint or problem}")
    coach.add_check_in(store_of(request), check_in)
    return go("/")


def _check_in(request: Request, typed: Mapping[str, str]) -> CheckIn:
    moments = {moment.value: moment for moment in Moment}
    pain = {site: _scale(typed, f"pain_{site}", words) for site, words in PAIN_SITES}
    known = {key for key, _ in coach.red_flags()}
    check_in = CheckIn(
        made_at=now_of(request),
        moment=moments.get(typed.get("moment", ""), Moment.OTHER),
        activity_id=typed.get("activity_id") or None,
        pain_nrs={site: value for site, value in pain.items() if value is not None},
        calf_soreness_nrs=_scale(typed, "calf_soreness_nrs", "Calf soreness"),
        perceived_exertion_cr10=_scale(typed, "perceived_exertion_cr10", "How hard it felt"),
        fell={"yes": True, "no": False}.get(typed.get("fell", "")),
        red_flags=tuple(flag for flag in typed.get("red_flags", "").split() if flag in known),
        note=typed.get("note", "").strip()[:2000] or None,
    )
    if check_in.activity_id is not None:
        store_of(request).row(check_in.activity_id)
    if _empty(check_in):
        raise BadValue("check-in", "say something", "nothing", "Fill in at least one field; 0 is an answer, too.")
    return check_in


def _empty(check_in: CheckIn) -> bool:
    said = (check_in.calf_soreness_nrs, check_in.perceived_exertion_cr10, check_in.fell, check_in.note)
    return not check_in.pain_nrs and not check_in.red_flags and all(one is None for one in said)


def _scale(typed: Mapping[str, str], name: str, words: str) -> float | None:
    text = typed.get(name, "").strip()
    if not text:
        return None
    hint = f"{words}: write a number from 0 to 10, or leave it empty."
    value = read_number(text, name=words, hint=hint)
    if not 0 <= value <= 10:
        raise BadValue(words, "lie between 0 and 10", value, hint)
    return value
