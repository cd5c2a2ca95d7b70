"""Load made ready for the screen: the card of one activity, rows of zones, badges of the numbers behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backward_running.apps.web.cards.figure import Figure
from backward_running.apps.words import load as say
from backward_running.apps.words.phrases import LETTER
from backward_running.apps.words.units import Printed, Units, clock
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.flows.load_evidence import BACKWARD_TOO, load_badges, one_scale_low_share
from backward_running.flows.load_views import ActivityLoad, Zones
from backward_running.flows.views import EvidenceBadge

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
        "parts": [(name, part, loads.part(part)) for name, part in PARTS.items()] if loads else [],
        "sentences": [(spike.direction, say.session_sentence(spike, units)) for spike in load.spikes],
        "backward_too": BACKWARD_TOO,
        "sourced": {key: sourced(badge) for key, badge in load_badges(athlete).items()},
        "one_scale": say.one_scale_sentence(one_scale_low_share(athlete)),
    }
