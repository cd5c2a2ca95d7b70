"""The page "Load": two ledgers that never merge, their lines, weeks, the 110 % rule, zones; and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.load import sourced, zone_rows
from backward_running.apps.web.drawing.load_lines import Picture, picture
from backward_running.apps.web.forms import Form, fields
from backward_running.apps.web.responses import go, now_of, show, store_of
from backward_running.apps.words import load as say
from backward_running.apps.words.phrases import LETTER
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.glance import once_a_minute
from backward_running.core.load import Measure
from backward_running.core.ports import Store
from backward_running.flows import load as flow
from backward_running.flows.load_evidence import CRITICISM, RULE, load_badges, one_scale_low_share
from backward_running.flows.load_views import LoadPage

router = APIRouter()
FILLED_AT_ONCE = 40  #: activities a press of the button counts: some seconds of work
SPANS: dict[str, tuple[int | None, str]] = {
    "": (182, "half a year"),
    "3m": (92, "3 months"),
    "2y": (730, "2 years"),
    "all": (None, "all"),
}


@router.get("/load")
def load_page(request: Request) -> Response:
    """Show the page."""
    return _page(request, {}, "")


def _page(request: Request, typed: Mapping[str, str], problem: str) -> Response:
    store, asked = store_of(request), request.query_params
    by, length = asked.get("by", ""), asked.get("span", "")
    chart_days, _ = SPANS.get(length, SPANS[""])
    by = by if by in {measure.value for measure in Measure} else ""
    here = {"by": by, "span": length if length in SPANS else ""}
    wanted = _Wanted(flow.measure_of(by), None if "weeks" in asked else flow.WEEKS_SHOWN, chart_days)
    page = wanted.page(store, now_of(request))
    badges = load_badges(store.athlete())
    return show(
        request,
        "load.html",
        status_code=422 if problem else 200,
        section="runs",
        page=page,
        say=say,
        rule=RULE,
        criticism=CRITICISM,
        pictures=_pictures(store, now_of(request), wanted),
        zone_rows=zone_rows(page.zones),
        measures=[(choice, _address(here, by=choice.measure.value)) for choice in page.choices],
        spans=[(words, _address(here, span=key), key == length) for key, (_, words) in SPANS.items()],
        all_weeks=_address(here, weeks="all") + "#weeks",
        sourced={key: sourced(badge) for key, badge in badges.items()},
        one_scale=say.one_scale_sentence(one_scale_low_share(store.athlete())),
        borders=typed.get("borders", " ".join(map(str, flow.own_borders_bpm(store)))),
        problem=problem,
        kept="kept" in asked,
        opened=bool(set(asked) & {"by", "span", "weeks"}),
        filled=asked.get("filled", ""),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of the page of loads is asked for; see the flow."""

    measure: Measure | None
    weeks_most: int | None
    chart_days: int | None

    def page(self, store: Store, now: datetime) -> LoadPage:
        """Gather it."""
        return flow.load_page(
            store, now=now, measure=self.measure, weeks_most=self.weeks_most, chart_days=self.chart_days
        )


@once_a_minute
def _pictures(store: Store, now: datetime, wanted: _Wanted) -> tuple[tuple[Direction, Picture | None], ...]:
    page = wanted.page(store, now)
    return tuple((series.direction, picture(series, page.days, LETTER[series.direction])) for series in page.series)


def _address(asked: Mapping[str, str], **changed: str) -> str:
    asked = {name: value for name, value in {**asked, **changed}.items() if value}
    return f"/load?{urlencode(asked)}" if asked else "/load"


@router.post("/load/zones")
def keep_zones(request: Request, form: Form) -> Response:
    """Keep the runner's own zone borders; what cannot be borders comes back as it was typed."""
    typed = dict(fields(form))
    try:
        flow.put_borders(store_of(request), typed.get("borders", ""))
    except BadValue as problem:
        sentence = f"The borders must {problem.rule}; you wrote {problem.got}. {problem.hint}"
        return _page(request, typed, sentence)
    return go("/load?kept#zones")


@router.post("/load/ratio")
def keep_ratio(request: Request, form: Form) -> Response:
    """Switch the acute:chronic ratio on or off."""
    flow.put_ratio(store_of(request), fields(form).get("ratio", ""))
    return go("/load?kept#ratio")


@router.post("/load/fill")
def fill(request: Request, form: Form) -> Response:  # noqa: ARG001 - read by the guard: the token is in it
    """Count the load of some of the activities that have none yet."""
    done = list(flow.fill(store_of(request), most=FILLED_AT_ONCE))
    return go(f"/load?filled={len(done)}")
