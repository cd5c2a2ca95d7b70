"""What an activity cost, as it is printed: a table of directions, and one sentence that compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backward_running.apps.web.cards.figure import Figure, figure
from backward_running.apps.words import printed
from backward_running.apps.words.printed import FINE_BELOW
from backward_running.apps.words.units import UNKNOWN, Printed, Units, span
from backward_running.core.athlete import Athlete
from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate, NotKnown
from backward_running.flows.views import EnergySide, EnergyView, EvidenceBadge

DIRECTION = {"forward": Direction.FORWARD, "backward": Direction.BACKWARD, "whole": None}
TITLE = {"forward": "Forward", "backward": "Backward", "whole": "Whole"}


@dataclass(frozen=True, slots=True)
class Missing:
    """What a number lacks, and the field that is asked for where the number is missing."""

    field: str  #: of the profile
    title: str  #: of the field: "body mass"
    unit: str
    what: str  #: that it lacks for: "kilocalories"


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity."""

    title: str
    unit: str
    cells: tuple[Printed, ...] = ()
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class EnergyCard:
    """All that the card of the cost prints."""

    heads: tuple[tuple[str, Direction | None], ...]
    rows: tuple[Row, ...]
    rests: tuple[tuple[str, Figure], ...]  #: what stands behind the numbers: "Forward", and the badge
    reasons: tuple[str, ...]  #: why a direction has no energy
    missing: tuple[Missing, ...]  #: each field once
    more: str | None  #: "30 % (10–45) more", gross
    net: str | None
    same_way: tuple[str, str, str] | None  #: distance, energy forward, energy backward
    standing: str | None
    bouts_count: int
    lacks_s: float
    lacks_why: tuple[str, ...]
    unknown_span: str | None  #: "80 to 120 kcal": all of it forward, to all of it backward
    whole_span: str | None  #: the same with all that has a direction; None where nothing has
    unknown_left_out: tuple[str, ...]  #: why parts of the unknown have no price either
    interval: str  #: whose spread the intervals hold


CAPACITY = Missing("maximal_oxygen_uptake_ml_per_kg_min", "VO2max", "ml/kg/min", "the share of your VO2max")
RESTING = Missing("resting_heart_rate_bpm", "resting heart rate", "bpm", "energy by your heart rate")
MAXIMAL = Missing("maximal_heart_rate_bpm", "highest heart rate", "bpm", "energy by your heart rate")


def _mass(units: Units, what: str) -> Missing:
    return Missing("mass_kg", "body mass", units.mass_unit, what)


def energy_card(view: EnergyView, badges: Mapping[str, EvidenceBadge], units: Units, athlete: Athlete) -> EnergyCard:
    """Print what an activity cost, in kilocalories where the body mass is known and per kilogram where not."""
    mass_kg, lacks = athlete.mass_kg, heart_lacks(athlete) if view.has_heart_rate else None
    rows = (*_rows(view.sides, units, mass_kg), *_heart_rows(view, units, mass_kg, lacks))
    standing = view.standing_j_per_kg
    whole = view.sides[-1].energy_j_per_kg
    return EnergyCard(
        heads=tuple((TITLE[side.key], DIRECTION[side.key]) for side in view.sides),
        # Standing alone is no run: 0.0 kcal beside an hour of unknown direction would say nothing, and say it wrongly.
        rows=rows if isinstance(whole, Estimate) and _any_priced(view) else (),
        rests=tuple(_rests(view, badges, mass_kg)),
        reasons=tuple(_reasons(view)),
        missing=_asked(rows, () if mass_kg else (_mass(units, "kilocalories and watts"),)),
        more=more_words(view.gross_ratio) if _is_priced(view, "backward") else None,
        net=more_words(view.net_ratio) if _is_priced(view, "backward") else None,
        same_way=_same_way(view, units, mass_kg),
        standing=_energy_words(standing.value, mass_kg) if isinstance(standing, Estimate) else None,
        bouts_count=view.bouts_count,
        lacks_s=view.lacks_s,
        lacks_why=whole.left_out if isinstance(whole, Estimate) else (),
        unknown_span=_span_words(view.unknown_span, mass_kg),
        whole_span=_whole_span_words(view, mass_kg),
        unknown_left_out=view.unknown_span.left_out if isinstance(view.unknown_span, Estimate) else (),
        interval=view.interval,
    )


def _asked(rows: Sequence[Row], first: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """Return what is asked for below the table: each field once."""
    asked = {missing.field: missing for missing in (*first, *(row.missing for row in rows if row.missing))[::-1]}
    return tuple(asked.values())[::-1]


def unknown_energy(view: EnergyView | None, mass_kg: float | None) -> str | None:
    """Say between what the stretches of unknown direction lie; None where they have no price, or there are none."""
    return None if view is None else _span_words(view.unknown_span, mass_kg)


def _any_priced(view: EnergyView) -> bool:
    return any(_is_priced(view, way) for way in ("forward", "backward"))


def _is_priced(view: EnergyView, way: str) -> bool:
    return any(side.key == way and isinstance(side.energy_j_per_kg, Estimate) for side in view.sides)


def _whole_span_words(view: EnergyView, mass_kg: float | None) -> str | None:
    """Say what the whole run took, from all that is unknown forward to all of it backward."""
    span, whole = view.unknown_span, view.sides[-1].energy_j_per_kg
    if not isinstance(span, Estimate) or not isinstance(whole, Estimate) or not _any_priced(view):
        return None
    return f"{_energy_words(whole.low + span.low, mass_kg)} to {_energy_words(whole.high + span.high, mass_kg)}"


def heart_lacks(athlete: Athlete) -> Missing | None:
    """Return the field without which the heart rate says nothing of energy; with a beta-blocker none would help."""
    if athlete.beta_blocker:
        return None
    if athlete.resting_heart_rate_bpm is None:
        return RESTING
    return MAXIMAL if athlete.maximal_heart_rate_bpm is None else None


def more_words(ratio: Estimate | NotKnown | None) -> str | None:
    """Say a ratio as a person would.

    >>> from backward_running.core.standing import Standing
    >>> said = Estimate("backward_to_forward_ratio", 1.3, 1.1, 1.45, "m", Standing.OPINION)
    >>> more_words(said).replace("\u00a0", " ")
    '30 % (10–45) more'
    """
    if not isinstance(ratio, Estimate):
        return None
    best, low, high = (round((bound - 1) * 100) for bound in (ratio.value, ratio.low, ratio.high))
    word = "less" if best < 0 else "more"
    if low < 0 <= high:
        return f"{abs(best)}\u00a0% {word} (from {-low}\u00a0% less to {high}\u00a0% more)"
    low, high = sorted((abs(low), abs(high)))
    return f"{abs(best)}\u00a0% ({span(str(low), str(high))}) {word}"


def _rows(sides: tuple[EnergySide, ...], units: Units, mass_kg: float | None) -> tuple[Row, ...]:
    kcal = (mass_kg or 1.0) / JOULES_PER_KILOCALORIE
    unit, per = ("kcal", units.long_unit) if mass_kg else ("kcal/kg", units.long_unit)
    fine = 0 if mass_kg else 2

    def row(title: str, unit: str, of: Callable[[EnergySide], Estimate | NotKnown], factor: float, digits: int) -> Row:
        return Row(title, unit, tuple(printed.fine(of(side), factor, digits) for side in sides))

    return (
        row("Energy", unit, lambda side: side.energy_j_per_kg, kcal, 0 if mass_kg else 1),
        row(f"per {per}", unit, lambda side: side.cost_j_per_kg_m, kcal * units.long_m, fine),
        row("per minute", unit, lambda side: side.power_w_per_kg, kcal * 60.0, 1 if mass_kg else 2),
        row("Metabolic power", "W/kg", lambda side: side.power_w_per_kg, 1.0, 1),
        row("of your body", "W", lambda side: side.power_w_per_kg, mass_kg, 0)
        if mass_kg
        else Row("of your body", "W", missing=_mass(units, "watts")),
        row("of your VO2max", "%", lambda side: side.capacity_share, 100.0, 0)
        if any(isinstance(side.capacity_share, Estimate) for side in sides)
        else Row("of your VO2max", "%", missing=CAPACITY),
    )


def _heart_rows(view: EnergyView, units: Units, mass_kg: float | None, lacks: Missing | None) -> Iterator[Row]:
    """Yield what stands beside the models of speed and grade, where there is anything to say."""
    unit = "kcal" if mass_kg else "kcal/kg"
    kcal = (mass_kg or 1.0) / JOULES_PER_KILOCALORIE
    ways = [DIRECTION[side.key] for side in view.sides]
    heart, flat = view.heart_rate_energy, view.grade_adjusted_speed
    if any(isinstance(estimate, Estimate) for estimate in heart.values()):
        cells = tuple(printed.fine(heart[way], kcal, 0 if mass_kg else 1) if way else UNKNOWN for way in ways)
        yield Row("Energy by your heart rate", unit, cells)
    elif lacks is not None:
        yield Row("Energy by your heart rate", unit, missing=lacks)
    power = view.power_energy
    if any(isinstance(estimate, Estimate) for estimate in power.values()):
        cells = tuple(printed.fine(power[way], kcal, 0 if mass_kg else 1) if way else UNKNOWN for way in ways)
        yield Row("Energy by your foot pod’s power", unit, cells)
    if any(isinstance(estimate, Estimate) for estimate in flat.values()):
        cells = tuple(printed.pace(flat[way], units) if way else UNKNOWN for way in ways)
        yield Row("Grade-adjusted pace", units.pace_unit, cells)


def _span_words(span: Estimate | NotKnown | None, mass_kg: float | None) -> str | None:
    if not isinstance(span, Estimate):
        return None
    return f"{_energy_words(span.low, mass_kg)} to {_energy_words(span.high, mass_kg)}"


def _energy_words(energy_j_per_kg: float, mass_kg: float | None) -> str:
    kcal = energy_j_per_kg * (mass_kg or 1.0) / JOULES_PER_KILOCALORIE
    digits = 0 if mass_kg and kcal >= FINE_BELOW else 1
    return f"{kcal:.{digits}f}\u00a0{'kcal' if mass_kg else 'kcal/kg'}"


def _rests(
    view: EnergyView, badges: Mapping[str, EvidenceBadge], mass_kg: float | None
) -> Iterator[tuple[str, Figure]]:
    said: list[tuple[str, Estimate | NotKnown]] = [
        (TITLE[side.key], side.energy_j_per_kg) for side in view.sides if side.key != "whole" or len(view.sides) == 1
    ]
    if isinstance(view.capacity, Estimate) and view.capacity.model in badges:
        said.append(("VO2max", view.capacity))
    said += [("Heart rate", estimate) for estimate in _first_known(view.heart_rate_energy)]
    said += [(f"{TITLE[way.value]} pace", speed) for way, speed in view.grade_adjusted_speed.items()]
    for title, estimate in said:
        if isinstance(estimate, Estimate):
            yield title, figure(estimate, badges, mass_kg=mass_kg)


def _reasons(view: EnergyView) -> Iterator[str]:
    """Say of each dash in the table why it is one, where the table itself does not."""
    flat = view.grade_adjusted_speed
    for side in view.sides:
        way = DIRECTION[side.key]
        if way is not None and isinstance(side.energy_j_per_kg, NotKnown):
            yield f"{TITLE[side.key]}: {side.energy_j_per_kg.why}"
        said = flat[way] if way is not None else None
        if isinstance(said, NotKnown) and any(isinstance(other, Estimate) for other in flat.values()):
            yield f"{TITLE[side.key]}, grade-adjusted pace: {said.why}"


def _first_known(said: Mapping[Direction, Estimate | NotKnown]) -> list[Estimate]:
    return [estimate for estimate in said.values() if isinstance(estimate, Estimate)][:1]


def _same_way(view: EnergyView, units: Units, mass_kg: float | None) -> tuple[str, str, str] | None:
    backward = next((side for side in view.sides if side.key == "backward"), None)
    if backward is None or view.like_forward_j_per_kg is None or isinstance(backward.energy_j_per_kg, NotKnown):
        return None
    return (
        str(units.distance(backward.distance_m)),
        _energy_words(view.like_forward_j_per_kg, mass_kg),
        _energy_words(backward.energy_j_per_kg.value, mass_kg),
    )
