"""The plan follows: what would change and why, on one screen, before it takes effect."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.pages.plan import ill_since
from backward_running.apps.web.pages.workout import show_workout
from backward_running.apps.web.responses import go, now_of, show, store_of, today_of, units_of
from backward_running.apps.words.changes import sentence_of, summary_of, words_of
from backward_running.apps.words.units import Units
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Change, Reason, Wish, WishKind
from backward_running.core.ports import Store
from backward_running.flows import adapt, clearing, coach, what_changed
from backward_running.flows.plan_views import Proposal
from backward_running.flows.stopping import stopping

router = APIRouter()
PAGE = "/plan/changes"
#: What an address may ask for, and the fields of each.
KINDS = {"move": WishKind.MOVE, "skip": WishKind.SKIP, "ill": WishKind.ILL, "away": WishKind.HOLIDAY}
WELL = "well"
NAMES = ("kind", "workout", "to", "from", "until")


@dataclass(frozen=True, slots=True)
class Told:
    """One change as it is read."""

    change: Change
    words: str  #: "moves to Thu 26 Nov", "is new", "shorter: 4:00 instead of 5:00 backward"


@dataclass(frozen=True, slots=True)
class Group:
    """Changes with the same reasons: why, how many in which way, and each of them."""

    reasons: tuple[Reason, ...]
    summary: str
    told: tuple[Told, ...]


@router.get(PAGE)
def changes_page(request: Request) -> Response:
    """Show what would change: after what was done, or because of a wish in the address. Nothing changes by looking."""
    typed = {name: request.query_params.get(name, "").strip() for name in NAMES}
    store, now = store_of(request), now_of(request)
    if coach.current_plan(store) is None:
        stops = stopping(clearing.standing_gates(store, today_of(request)))
        return show(request, "plan_none.html", section="plan", begun=bool(coach.draft(store)), stopping=stops)
    if not typed["kind"]:
        return _page(request, adapt.proposal(store, now=now), typed)
    try:
        wish = wish_of(request, typed)
        made = adapt.ask(store, wish, now=now)
    except BadValue as problem:
        return _refused(request, typed, problem.hint or f"This must {problem.rule}.")
    return _refused(request, typed, made.refused) if made.refused else _page(request, made, typed)


def wish_of(request: Request, typed: Mapping[str, str]) -> Wish:
    """Read a wish from an address. Raises BadValue with a sentence for the runner."""
    kind, made_at, today = typed["kind"], now_of(request), today_of(request)
    if kind == WELL:
        return _well(store_of(request), today, Wish(WishKind.ILL, made_at))
    if kind not in KINDS:
        raise BadValue("kind", f"be one of {', '.join(KINDS)}", kind)
    if kind in ("move", "skip"):
        to = _day(typed["to"], "Pick the day to which the session moves.") if kind == "move" else None
        return Wish(KINDS[kind], made_at, workout_id=typed["workout"], to=to)
    first = _day(typed["from"], "Pick the first day on which you cannot train.")
    needed = "Pick the last day on which you are away." if kind == "away" else ""
    last = _day(typed["until"], needed) if typed["until"] or needed else None
    if last is not None and last < first:
        raise BadValue("until", f"not lie before {first}", last, "The last day lies before the first; pick it again.")
    return Wish(KINDS[kind], made_at, first_on=first, last_on=last)


def _well(store: Store, today: date, wish: Wish) -> Wish:
    """End the illness that lasts: its last day was yesterday, or today where it began today."""
    plan = coach.current_plan(store)
    first = ill_since(plan) if plan is not None else None
    if first is None:
        raise BadValue("kind", "end an illness", WELL, "You have not said that you are ill.")
    return Wish(wish.kind, wish.made_at, first_on=first, last_on=max(first, today - timedelta(days=1)))


def _day(text: str, hint: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise BadValue("day", "be a day", text, hint or "Write a day such as 2026-11-26.") from problem


def _refused(request: Request, typed: Mapping[str, str], why: str) -> Response:
    """Say why beside what was typed: on the page of the session, or on this one."""
    if typed["kind"] in ("move", "skip"):
        return show_workout(request, typed["workout"], typed, why)
    return _page(request, None, typed, refused=why)


def _page(request: Request, made: Proposal | None, typed: Mapping[str, str], *, refused: str | None = None) -> Response:
    plan = coach.current_plan(store_of(request), today=today_of(request))
    last = what_changed.noticed(plan.changes) if plan and not typed["kind"] else ()
    groups, units = what_changed.grouped(made.changes) if made else (), units_of(request)
    said = {reason for group in groups for reason in group.reasons}
    return show(
        request,
        "changes.html",
        section="plan",
        status_code=422 if refused else 200,
        plan=plan,
        stopping=stopping(clearing.standing_gates(store_of(request), today_of(request))),
        proposal=made,
        summary=sentence_of(made.changes, units) if made else "",
        groups=groups_of(made.changes, units) if made else [],
        more_reasons=[other for other in made.reasons if other not in said] if made else [],
        last=groups_of(last, units),
        last_summary=sentence_of(last, units),
        typed=typed,
        asked=bool(typed["kind"]),
        refused=refused,
        stale="stale" in request.query_params,
        declined="declined" in request.query_params,
    )


def groups_of(changes: Sequence[Change], units: Units) -> list[Group]:
    """Group changes by why, each group with its summary and each change in words."""
    return [
        Group(
            group.reasons, summary_of(group.changes), tuple(Told(each, words_of(each, units)) for each in group.changes)
        )
        for group in what_changed.grouped(changes)
    ]


@router.post(f"{PAGE}/take")
def take(request: Request, form: Form) -> Response:
    """Let what was shown take effect; where something changed since, show it again."""
    typed = fields(form)
    try:
        adapt.accept(store_of(request), typed.get("proposal_id", ""), now=now_of(request))
    except NotFound:
        return go(f"{PAGE}?{_again(typed, stale='yes')}")
    return go("/plan?changed")


@router.post(f"{PAGE}/keep")
def keep(request: Request, form: Form) -> Response:
    """Leave the plan as it is."""
    typed = fields(form)
    if re.fullmatch(r"[0-9a-f]{16}", typed.get("proposal_id", "")) is None:
        raise BadValue("proposal", "be the one that was shown", typed.get("proposal_id"), "Open the changes again.")
    adapt.decline(store_of(request), typed.get("proposal_id", ""), now=now_of(request))
    return go(f"{PAGE}?declined")


def _again(typed: Mapping[str, str], **more: str) -> str:
    return urlencode({name: typed[name] for name in NAMES if typed.get(name)} | more)
