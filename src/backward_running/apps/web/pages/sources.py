"""Which source leads where two give the same run."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, show, store_of
from backward_running.flows import source_rules

router = APIRouter()
PAGE = "/settings/sources"


@router.get(PAGE)
def sources_page(request: Request) -> Response:
    """Show every two sources that gave the same run, and which of them leads."""
    return show(request, "sources.html", section="settings", rules=source_rules.rules(store_of(request)))


@router.post(PAGE)
def put_rule(request: Request, form: Form) -> Response:
    """Keep which of two leads."""
    typed = fields(form)
    source_rules.answer(store_of(request), typed.get("first", ""), typed.get("second", ""), typed.get("leads", ""))
    return go("/import" if typed.get("back") == "/import" else PAGE)
