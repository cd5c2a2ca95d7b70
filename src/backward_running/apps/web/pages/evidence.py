"""Evidence: the article's claims with verdicts, then every number with its study."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import is_fragment, show
from backward_running.core.standing import Standing, Tag
from backward_running.flows.sources import evidence_page
from backward_running.flows.views import EvidenceNumber, EvidencePage

router = APIRouter()


@lru_cache(maxsize=1)
def _evidence() -> EvidencePage:
    """Gather once: the numbers do not change while the program runs."""
    return evidence_page()


@router.get("/evidence")
def page(request: Request) -> Response:
    """Show the claims, the numbers that fit the filter, and the studies."""
    view = _evidence()
    asked = {name: request.query_params.get(name, "").strip() for name in ("q", "tag", "standing")}
    numbers = [one for one in view.numbers if _fits(one, **asked)]
    template = "_numbers.html" if is_fragment(request) else "evidence.html"
    return show(
        request, template, section="evidence", view=view, numbers=numbers, asked=asked, tags=Tag, standings=Standing
    )


def _fits(one: EvidenceNumber, *, q: str, tag: str, standing: str) -> bool:
    text = f"{one.key} {one.evidence_key} {one.says} {one.citation} {one.used_in}".lower()
    return (not q or q.lower() in text) and tag in ("", one.tag.value) and standing in ("", one.standing.value)
