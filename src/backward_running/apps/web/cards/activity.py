"""One activity made ready for the screen: ledger, bouts, charts, and the cards of what it cost and loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from backward_running.apps.web.cards.energy import energy_card, unknown_energy
from backward_running.apps.web.cards.figure import Figure, figure
from backward_running.apps.web.cards.load import load_card
from backward_running.apps.web.cards.tissues import tissue_parts
from backward_running.apps.web.drawing.chart import binned, chart_line
from backward_running.apps.web.drawing.ribbon import bout_ribbon
from backward_running.apps.words.units import Printed, Units, clock, whole
from backward_running.core.direction import Direction
from backward_running.core.session import BoutFacts, Estimate
from backward_running.flows.views import ActivityPage, ChartData, Ledger

ROWS_SHOWN = 60  #: bouts and laps of a long recording beyond this are shown on request
TABLE_ROWS = 60


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its name, the mean, the line and the range it spans."""

    key: str
    title: str
    mean: str
    unit: str
    low: str
    high: str
    path: str


def parts(page: ActivityPage, units: Units) -> dict[str, Any]:
    """Return what ledger, bouts and laps need; used by the page and by what is redrawn after painting."""
    mass_kg = page.athlete.mass_kg
    ledger = page.ledger
    energies = {
        name: figure(totals.energy_j_per_kg, page.badges, mass_kg=mass_kg)
        for name, totals in (("forward", ledger.forward), ("backward", ledger.backward), ("whole", ledger.whole))
    }
    figures = [figure(estimate, page.badges, mass_kg=mass_kg) for estimate in page.estimates]
    return {
        "page": page,
        "row": page.row,
        "answer": answer_of(page, units),
        "ribbon_pieces": bout_ribbon(page.bouts),
        "energies": energies,
        "energy_card": energy_card(page.energy, page.badges, units, page.athlete) if page.energy else None,
        "cost": _cost(ledger, figures),
        "unknown_energy": unknown_energy(page.energy, mass_kg),
        "figures": [shown for shown in figures if shown.name != "backward_to_forward_ratio"],
        "detectors": [detector for detector in page.found_by if detector.key != "nothing"],
        "pace_of": pace_of,
        "step_columns": step_columns(page.bouts, units),
        "rows_shown": ROWS_SHOWN,
        "load_card": load_card(page.load, page.athlete, units),
        "tissues": tissue_parts(page.tissues, page.badges, units),
    }


def answer_of(page: ActivityPage, units: Units) -> str:
    """Say in one sentence what this was: how far and how long, and which way.

    What is unknown is said first where it is most of the run: then nobody may read a sum as the answer.
    """
    ledger, row = page.ledger, page.row
    whole = " in ".join(
        part for part in (str(units.distance(row.distance_m)) if row.distance_m else "", clock(row.moving_s)) if part
    )
    if not row.on_foot:
        return f"{whole}."
    sides = {"backward": ledger.backward.moving_s, "forward": ledger.forward.moving_s}
    unknown_s = ledger.unknown.moving_s
    known = [f"{clock(seconds)} {name}" for name, seconds in sides.items() if seconds >= 1]
    if not known:
        return f"{whole}. Which way you ran is not known yet."
    if unknown_s > sum(sides.values()):
        return f"{whole}: for {clock(unknown_s)} of it nobody knows which way; {' and '.join(known)}."
    rest = f"; {clock(unknown_s)} is not known" if unknown_s >= 1 else ""
    if len(known) == 1 and not rest:
        return f"{whole}, all of it {known[0].split()[1]}."
    return f"{whole}: {' and '.join(known)}{rest}."


def _cost(ledger: Ledger, figures: Sequence[Figure]) -> Figure | None:
    """Return what backward cost against forward; nothing where the energy backward is not known itself."""
    if ledger.backward.bouts_count and not isinstance(ledger.backward.energy_j_per_kg, Estimate):
        return None
    return next((shown for shown in figures if shown.name == "backward_to_forward_ratio"), None)


def pace_of(facts: BoutFacts) -> float | None:
    """Return the mean speed of a bout."""
    return facts.distance_m / facts.moving_s if facts.distance_m is not None and facts.moving_s > 0 else None


def step_columns(bouts: Sequence[BoutFacts], units: Units) -> list[tuple[str, Callable[[BoutFacts], str]]]:
    """Return the columns of steps that any bout has something for: their name, and how a bout says it."""
    wanted: tuple[tuple[str, Callable[[BoutFacts], float | None], Callable[[float | None], Printed]], ...] = (
        ("steps", lambda facts: facts.steps_count, whole),
        ("per min", lambda facts: facts.cadence_spm, whole),
        (f"length {units.height_unit}", lambda facts: facts.step_length_m, units.height),
        ("contact ms", lambda facts: facts.contact_time_s, _milliseconds),
        ("flight ms", lambda facts: facts.flight_time_s, _milliseconds),
    )

    def column(value: Callable[[BoutFacts], float | None], say: Callable[[float | None], Printed]) -> Any:
        return lambda facts: say(value(facts)).value

    return [(name, column(value, say)) for name, value, say in wanted if any(value(bout) is not None for bout in bouts)]


def _milliseconds(seconds: float | None) -> Printed:
    return whole(None if seconds is None else seconds * 1000.0)


def charts_of(data: ChartData, units: Units) -> list[Chart]:
    """Draw the charts that the recording has something for."""
    wanted: tuple[tuple[str, str, str, Callable[[float], str]], ...] = (
        ("speed_mps", "Pace", units.pace_unit, lambda v: units.pace(v).value),
        ("heart_rate_bpm", "Heart rate", "bpm", lambda v: f"{v:.0f}"),
        ("cadence_spm", "Cadence", "steps/min", lambda v: f"{v:.0f}"),
        ("grade_ratio", "Grade", "%", lambda v: f"{v * 100:.1f}".replace("-", "−")),
        ("altitude_m", "Altitude", units.altitude_unit, lambda v: units.altitude(v).value),
    )
    still_s = [(bout.bout.start_s, bout.bout.end_s) for bout in data.bouts if bout.bout.direction is Direction.STILL]
    charts = []
    for name, title, unit, words in wanted:
        without = still_s if name == "speed_mps" else ()
        line = chart_line(data.time_s, data.columns[name], still_s=without) if name in data.columns else None
        if line is not None:
            charts.append(Chart(name, title, words(line.mean), unit, words(line.low), words(line.high), line.path))
    return charts


def table_of(data: ChartData, units: Units, charts: list[Chart]) -> list[list[str]]:
    """Return the charts as rows of text: time, direction, then the mean of each chart in that stretch."""
    if not data.time_s or not charts:
        return []
    time_s = np.asarray(data.time_s)
    words: Mapping[str, Any] = {
        "speed_mps": lambda v: units.pace(v).value,
        "grade_ratio": lambda v: f"{v * 100:.1f}".replace("-", "−"),
        "altitude_m": lambda v: units.altitude(v).value,
    }
    count = min(TABLE_ROWS, max(1, round(float(time_s[-1]) / 60)))
    columns = []
    for chart in charts:
        middles, means = binned(time_s, np.asarray(data.columns[chart.key], dtype=np.float64), count)
        say: Callable[[float], str] = words.get(chart.key, _rounded)
        columns.append([say(value) if np.isfinite(value) else "–" for value in means])
    ends = [bout.bout.end_s for bout in data.bouts]
    at = np.clip(np.searchsorted(ends, middles, side="right"), 0, len(ends) - 1)
    names = [data.bouts[int(index)].bout.direction.value for index in at]
    starts = middles - (middles[0] if len(middles) else 0.0)
    return [list(row) for row in zip(map(clock, starts), names, *columns, strict=True)]


def _rounded(value: float) -> str:
    return f"{value:.0f}"


def bouts_as_json(bouts: tuple[BoutFacts, ...]) -> list[dict[str, Any]]:
    """Return bouts for the charts, the map and the painting."""
    return [
        {
            "start_s": round(bout.bout.start_s, 2),
            "end_s": round(bout.bout.end_s, 2),
            "direction": bout.bout.direction.value,
            "gait": bout.bout.gait.value if bout.bout.gait else None,
            "probability_share": bout.bout.probability_share,
            "found_by": bout.bout.found_by,
        }
        for bout in bouts
    ]
