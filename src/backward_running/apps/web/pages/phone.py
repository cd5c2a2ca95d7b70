"""Run it with the phone: paired with this computer, or by a copy of the app elsewhere and a code to scan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from backward_running.apps import phone_app
from backward_running.apps.web.demo_store import is_demo
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import download, go, now_of, regions_of, show, store_of, units_of
from backward_running.apps.words.spots import lane_words
from backward_running.apps.words.web_address import is_of_this_machine, read_address
from backward_running.core.errors import BadValue, NotFound, Stopped, StoreError
from backward_running.core.plan import Workout
from backward_running.core.ports import Store
from backward_running.flows import days, phone, where

if TYPE_CHECKING:
    from backward_running.apps.lan.local_network import LocalNetwork

router = APIRouter()
PAGE = "/plan/phone"
#: Pixels of one module of the code and of the quiet edge around it; a phone's camera takes it from a hand's breadth.
_SCALE, _EDGE = 4, 4


@router.get(PAGE)
def phone_page(request: Request) -> Response:
    """Show the code, or ask where the app lies."""
    return _page(request)


@router.get(f"{PAGE}/app.zip")
def app_files() -> Response:
    """Give the app as an archive of small files; nothing of anybody is in them."""
    return download("backward-phone.zip", phone_app.archive(), "application/zip")


@router.post(PAGE)
def put_address(request: Request, form: Form) -> Response:
    """Keep where the app lies."""
    typed = fields(form).get("address", "")
    try:
        phone.put_app_address(store_of(request), read_address(typed))
    except BadValue as refused:
        return _page(request, typed=typed, problem=str(refused))
    return go(PAGE)


@router.post(f"{PAGE}/pair")
def pair(request: Request, form: Form) -> Response:  # noqa: ARG001 -- the form carries the token of the visit
    """Make a code that pairs one phone."""
    lan = lan_of(request)
    if lan is None:
        return _page(request, problem="No phone reaches this computer now; start it with `backward serve --lan`.")
    lan.pairing.new_code(lan.store.athlete_id)
    return go(f"{PAGE}#pair")


@router.post(f"{PAGE}/forget")
def forget(request: Request, form: Form) -> Response:
    """Let a phone in no more."""
    if not store_of(request).forget_phone(fields(form).get("phone_id", "")):
        return _page(request, problem="This phone was forgotten before; nothing was changed.")
    return go(f"{PAGE}#paired")


def lan_of(request: Request) -> LocalNetwork | None:
    """Return what is open to the local network, as it is for who is shown; None where nothing is, or in the demo."""
    lan = None if is_demo(request) else cast("LocalNetwork | None", request.app.state.lan)
    return None if lan is None else lan.of(store_of(request).athlete_id)


def _open(lan: LocalNetwork | None) -> dict[str, object]:
    """Return what the page shows of the local network."""
    if lan is None:
        return dict.fromkeys(("lan", "certificate", "lan_problem"))
    certificate, problem = None, None
    try:
        certificate = lan.certificate()
    except (Stopped, StoreError) as refused:
        problem = str(refused)
    code = lan.pairing.code(lan.store.athlete_id)
    return {
        "lan": lan,
        "certificate": certificate,
        "lan_problem": problem,
        "guide_code": _code(lan.guide_url),
        "pairing": code,
        "pairing_until": code and f"{lan.own_clock(code.ends_at):%H:%M}",
        "pair_code": _code(f"{lan.app_url}#p={code.digits}") if code else None,
    }


def _lane_of(request: Request) -> Callable[[Workout], str | None]:
    """Return who says which place the runner ticked for a session."""
    store, regions, units = store_of(request), regions_of(request), units_of(request)

    def lane_of(workout: Workout) -> str | None:
        fits = where.best_for(store, regions, workout)
        return lane_words(fits[0], units) if fits else None

    return lane_of


def _page(request: Request, *, typed: str | None = None, problem: str | None = None) -> Response:
    store = store_of(request)
    address = phone.app_address(store)
    made, stopped, no_plan = None, None, None
    try:
        if address is not None:
            made = phone.link(
                store, address, now=now_of(request), unit=units_of(request).long_unit, lane_of=_lane_of(request)
            )
    except Stopped as refused:
        stopped = str(refused)
    except NotFound as refused:
        no_plan = str(refused)
    return show(
        request,
        "phone.html",
        status_code=422 if problem else 200,
        section="plan",
        address=address,
        own=address is not None and is_of_this_machine(address),
        typed=address if typed is None else typed,
        made=made,
        code=_code(made.address) if made and made.workouts else None,
        stopped=stopped,
        no_plan=no_plan,
        problem=problem,
        phones=[
            (paired, _day(store, paired.paired_at), paired.seen_at and _day(store, paired.seen_at))
            for paired in store.phones()
        ],
        **_open(lan_of(request)),
    )


def _day(store: Store, at: datetime) -> date:
    """Return the day of a moment on the runner's own clock."""
    return days.on_own_clock(store, at).date()


def _code(address: str) -> Markup:
    """Draw the code. It stays dark on light in both themes: a camera reads no other."""
    import segno

    drawn = segno.make(address, error="l", micro=False)
    return Markup(drawn.svg_inline(scale=_SCALE, border=_EDGE, dark="#000", light="#fff", omitsize=True))  # noqa: S704 -- made here, of modules only
