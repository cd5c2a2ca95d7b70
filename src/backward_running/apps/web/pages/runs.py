"""The list of runs with filters as words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import is_fragment, show, store_of, today_of
from backward_running.core.adaptation import SaidDone
from backward_running.core.direction import Direction
from backward_running.core.ports import ActivityQuery, ActivityRow, Store
from backward_running.core.statement import Statement
from backward_running.flows import anew, said_done, statements
from backward_running.flows import runs as flow

router = APIRouter()
PAGE_LENGTH = 40
FROM_BEFORE = "numbers from before"
PERIODS = {"": None, "4w": timedelta(weeks=4), "3m": timedelta(days=92), "1y": timedelta(days=365)}
#: Rows of words: parameter, then (value, words) for each choice; the first is "do not filter".
WORDS = (
    ("direction", (("", "all directions"), ("backward", "with backward"), ("unknown", "with unknown"))),
    ("sport", (("", "every sport"), ("running", "running"), ("walking", "walking"))),
    ("period", (("", "any time"), ("4w", "last 4 weeks"), ("3m", "last 3 months"), ("1y", "last year"))),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a filter."""

    words: str
    href: str
    chosen: bool


@router.get("/runs")
def list_page(request: Request) -> Response:
    """Show the list; htmx gets only the part that changes."""
    asked = dict(request.query_params)
    query, number = query_of(asked, today_of(request)), _page_number(asked)
    query = replace(query, limit=PAGE_LENGTH, offset=(number - 1) * PAGE_LENGTH)
    rows, count = flow.list_runs(store_of(request), query)
    pages = max(1, -(-count // PAGE_LENGTH))
    return show(
        request,
        "_runs.html" if is_fragment(request) else "runs.html",
        section="runs",
        rows=rows,
        title_of=said_done.shown_title,
        entries=_entries(rows, flow.by_hand(store_of(request), query, rows, count)),
        count=count,
        marks=_marks(store_of(request), rows),
        batch_said=_just_said(request),
        none_ticked="none-ticked" in asked,
        number=number,
        pages=pages,
        asked=asked,
        earlier=_address(asked, page=str(number - 1)) if number > 1 else None,
        later=_address(asked, page=str(number + 1)) if number < pages else None,
        sums=flow.period_ledger(store_of(request), query),
        filters=_filters(asked),
        csv=f"/runs.csv?{_encoded(asked)}",
        filtered=any(value for name, value in asked.items() if name != "page"),
    )


def _entries(rows: Sequence[ActivityRow], said: Sequence[SaidDone]) -> list[tuple[ActivityRow | None, SaidDone | None]]:
    """Put what was recorded and what was written down in one order, newest first; of one day what was recorded."""
    entries = [(row, None) for row in rows] + [(None, word) for word in said]
    days = [flow.local_day(row) for row in rows] + [word.on for word in said]
    return [entries[number] for number in sorted(range(len(entries)), key=days.__getitem__, reverse=True)]


def _marks(store: Store, rows: Sequence[ActivityRow]) -> dict[str, list[str]]:
    """Say in a word or two what holds of some activities of a list and not of all."""
    due = anew.due_of(store, [row.activity_id for row in rows])
    holds = {row.activity_id: {"simulated": row.simulated, FROM_BEFORE: row.activity_id in due} for row in rows}
    return {activity_id: [words for words, does in said.items() if does] for activity_id, said in holds.items()}


def query_of(asked: Mapping[str, str], today: date) -> ActivityQuery:
    """Turn the words of the address into a query; a word that is not one of ours filters nothing."""
    directions = {direction.value: direction for direction in Direction}
    period = PERIODS.get(asked.get("period", ""))
    return ActivityQuery(
        text=asked.get("q", "").strip() or None,
        direction=directions.get(asked.get("direction", "")),
        sport=asked.get("sport") or None,
        since=today - period if period else None,
    )


def _filters(asked: Mapping[str, str]) -> list[tuple[str, list[Choice]]]:
    return [
        (name, [Choice(words, _address(asked, **{name: value}), asked.get(name, "") == value) for value, words in row])
        for name, row in WORDS
    ]


def _address(asked: Mapping[str, str], **changed: str) -> str:
    kept = {name: value for name, value in asked.items() if name != "page" or "page" in changed}
    encoded = _encoded(kept | changed)
    return f"/runs?{encoded}" if encoded else "/runs"


def _just_said(request: Request) -> Statement | None:
    """Return what was said of ticked runs a moment ago, while it can be undone."""
    named = request.query_params.get("said")
    return next(
        (statement for statement in statements.in_force(store_of(request)) if statement.statement_id == named), None
    )


def _encoded(asked: Mapping[str, str]) -> str:
    known = ("q", "direction", "sport", "period", "page")
    return urlencode({name: asked[name] for name in known if asked.get(name)})


def _page_number(asked: Mapping[str, str]) -> int:
    typed = asked.get("page", "1")
    return max(1, int(typed)) if re.fullmatch(r"\d{1,5}", typed) else 1
