"""The page "Load": two ledgers that never merge, their lines, weeks, the 110 % rule, zones; and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps import load_words as say
from backward_running.apps.units import Printed, Units, clock
from backward_running.apps.web.figures import Figure
from backward_running.apps.web.load_drawing import picture
from backward_running.apps.web.page import go, now_of, show, store_of
from backward_running.apps.web.security import Form, fields
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.load import Measure
from backward_running.flows import load as flow
from backward_running.flows.load_evidence import BACKWARD_TOO, CRITICISM, RULE, load_badges, one_scale_low_share
from backward_running.flows.load_views import ActivityLoad, LoadPage, Zones
from backward_running.flows.views import EvidenceBadge

router = APIRouter()
FILLED_AT_ONCE = 40  #: activities a press of the button counts: some seconds of work
SPANS: dict[str, tuple[int | None, str]] = {
    "": (182, "half a year"),
    "3m": (92, "3 months"),
    "2y": (730, "2 years"),
    "all": (None, "all"),
}
LETTER = {Direction.FORWARD: "f", Direction.BACKWARD: "b", Direction.UNKNOWN: "u"}
PARTS: dict[str, Direction | None] = {
    "forward": Direction.FORWARD,
    "backward": Direction.BACKWARD,
    "unknown": Direction.UNKNOWN,
    "standing, turning, sideways": None,
}


@dataclass(frozen=True, slots=True)
class ZoneBar:
    """One zone of one direction: its time, and its share of that direction in percent."""

    letter: str
    direction: str
    seconds: str
    percent: int


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """One zone."""

    name: str
    beats: str
    bars: tuple[ZoneBar, ...]


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
    page = flow.load_page(
        store,
        now=now_of(request),
        measure=flow.measure_of(by),
        weeks_most=None if "weeks" in asked else flow.WEEKS_SHOWN,
        chart_days=chart_days,
    )
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
        pictures=_pictures(page),
        zone_rows=zone_rows(page.zones),
        measures=[(choice, _address(here, by=choice.measure.value)) for choice in page.choices],
        spans=[(words, _address(here, span=key), key == length) for key, (_, words) in SPANS.items()],
        all_weeks=_address(here, weeks="all") + "#weeks",
        sourced={key: sourced(badge) for key, badge in badges.items()},
        one_scale=say.one_scale_sentence(one_scale_low_share(store.athlete())),
        borders=typed.get("borders", " ".join(map(str, flow.own_borders_bpm(store)))),
        problem=problem,
        kept="kept" in asked,
        filled=asked.get("filled", ""),
    )


def _pictures(page: LoadPage) -> list[Any]:
    return [(series.direction, picture(series, page.days, LETTER[series.direction])) for series in page.series]


def _address(asked: Mapping[str, str], **changed: str) -> str:
    asked = {name: value for name, value in {**asked, **changed}.items() if value}
    return f"/load?{urlencode(asked)}" if asked else "/load"


def zone_rows(zones: Zones) -> list[ZoneRow]:
    """Turn seconds into bars; the share is of the direction's own time with a heart rate."""
    rows = []
    for number, (name, beats) in enumerate(say.zone_names(zones.borders_bpm)):
        bars = []
        for direction, seconds in zones.seconds_s.items():
            whole = sum(seconds)
            percent = round(100 * seconds[number] / whole) if whole > 0 else 0
            bars.append(ZoneBar(LETTER[direction], direction.value, clock(seconds[number]), percent))
        rows.append(ZoneRow(name, beats, tuple(bars)))
    return rows


def sourced(badge: EvidenceBadge) -> Figure:
    """Make a badge that opens what stands behind a number."""
    return Figure(badge.title, badge.title, Printed(""), standing=badge.standing.value, badges=(badge,))


def load_card(load: ActivityLoad | None, athlete: Athlete, units: Units) -> dict[str, Any] | None:
    """Return what the load of one activity needs; None where it is not asked (a ride, a swim)."""
    if load is None:
        return None
    loads = load.loads
    return {
        "load": load,
        "say": say,
        "zone_rows": zone_rows(load.zones),
        "parts": [(name, direction, loads.part(direction)) for name, direction in PARTS.items()] if loads else [],
        "sentences": [(spike.direction, say.session_sentence(spike, units)) for spike in load.spikes],
        "backward_too": BACKWARD_TOO,
        "sourced": {key: sourced(badge) for key, badge in load_badges(athlete).items()},
        "one_scale": say.one_scale_sentence(one_scale_low_share(athlete)),
    }


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
