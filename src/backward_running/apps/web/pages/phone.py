"""Run it with the phone: where its app lies, and the coming week as a code to scan."""

from __future__ import annotations

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from backward_running.apps import phone_app
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import download, go, now_of, show, store_of, units_of
from backward_running.apps.words.web_address import is_of_this_machine, read_address
from backward_running.core.errors import BadValue, NotFound, Stopped
from backward_running.flows import phone

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


def _page(request: Request, *, typed: str | None = None, problem: str | None = None) -> Response:
    store = store_of(request)
    address = phone.app_address(store)
    made, stopped, no_plan = None, None, None
    try:
        if address is not None:
            made = phone.link(store, address, now=now_of(request), unit=units_of(request).long_unit)
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
    )


def _code(address: str) -> Markup:
    """Draw the code. It stays dark on light in both themes: a camera reads no other."""
    import segno

    drawn = segno.make(address, error="l", micro=False)
    return Markup(drawn.svg_inline(scale=_SCALE, border=_EDGE, dark="#000", light="#fff", omitsize=True))  # noqa: S704 -- made here, of modules only
