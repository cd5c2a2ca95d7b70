"""Evidence: the article's claims with verdicts, then every number with its study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import is_fragment, show
from backward_running.core.standing import Standing, Tag
from backward_running.flows.records import record_rows
from backward_running.flows.sources import evidence_page
from backward_running.flows.views import EvidenceNumber, EvidencePage, NumberClass

router = APIRouter()
AT_ONCE = 60  #: numbers on one page, so that it stays below 150 kB


@lru_cache(maxsize=1)
def _evidence() -> EvidencePage:
    """Gather once: the numbers do not change while the program runs."""
    return evidence_page()


@router.get("/evidence")
def page(request: Request) -> Response:
    """Show the claims, the numbers that fit the filter, and the studies."""
    view = _evidence()
    asked = {name: request.query_params.get(name, "").strip() for name in ("q", "class", "tag", "standing")}
    asked_for = bool(request.url.query)
    found = [shown for shown in view.numbers if _fits(shown, asked)] if asked_for or is_fragment(request) else []
    pages = max(1, -(-len(found) // AT_ONCE))
    number = _page_number(request.query_params.get("page", ""), pages)
    template = "_numbers.html" if is_fragment(request) else "evidence.html"
    return show(
        request,
        template,
        section="evidence",
        view=view,
        numbers=found[(number - 1) * AT_ONCE : number * AT_ONCE],
        count=len(found),
        number=number,
        pages=pages,
        query=urlencode({name: value for name, value in asked.items() if value} or {"all": "1"}),
        asked=asked,
        asked_for=asked_for,
        tags=Tag,
        standings=Standing,
        classes=_classes(),
    )


@router.get("/evidence/studies")
def studies(request: Request) -> Response:
    """Show every study and other source."""
    return show(request, "studies.html", section="evidence", view=_evidence())


def _page_number(typed: str, pages: int) -> int:
    return min(max(int(typed), 1), pages) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


@router.get("/evidence/records")
def records(request: Request) -> Response:
    """Show the records of running backward as they were reported, and what a race demands."""
    return show(request, "records.html", section="evidence", records=record_rows())


@lru_cache(maxsize=1)
def _classes() -> tuple[tuple[str, int, int], ...]:
    """Return each class of numbers, how many it has, and how many of them are this project's own proposals."""
    counted = Counter(value.number_class for value in _evidence().values)
    own = Counter(value.number_class for value in _evidence().values if value.tag is Tag.PROPOSED)
    return tuple((number_class.value, counted[number_class], own[number_class]) for number_class in NumberClass)


def _fits(number: EvidenceNumber, asked: Mapping[str, str]) -> bool:
    q, tag, standing = asked["q"], asked["tag"], asked["standing"]
    text = f"{number.key} {number.evidence_key} {number.says} {number.citation} {number.used_in}".lower()
    of_class = asked["class"] in ("", number.number_class.value)
    return (
        of_class
        and (not q or q.lower() in text)
        and tag in ("", number.tag.value)
        and standing in ("", number.standing.value)
    )
