"""A run on a card to share."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.drawing import card as drawing
from backward_running.apps.web.responses import download, show, store_of, units_of
from backward_running.flows import card as flow
from backward_running.flows.export import named

router = APIRouter()


@router.get("/runs/{activity_id}/card")
def card_page(request: Request, activity_id: str) -> Response:
    """Show the card, and what is on it."""
    row = store_of(request).row(activity_id)
    return show(request, "card.html", section="runs", row=row, with_map=_with_map(request))


@router.get("/runs/{activity_id}/card.svg")
def card_svg(request: Request, activity_id: str) -> Response:
    """Give the card as SVG."""
    card = flow.run_card(store_of(request), activity_id, with_map=_with_map(request))
    return download(named(card.row, "card.svg"), drawing.svg(card, units_of(request)), "image/svg+xml")


@router.get("/runs/{activity_id}/card.png")
def card_png(request: Request, activity_id: str) -> Response:
    """Give the card as PNG."""
    card = flow.run_card(store_of(request), activity_id, with_map=_with_map(request))
    return download(named(card.row, "card.png"), drawing.png(card, units_of(request)), "image/png")


def _with_map(request: Request) -> bool:
    return request.query_params.get("map") != "no"
