"""The calculator's cards: what a speed costs in each direction, each number with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable

from backward_running.apps.web.cards.figure import Figure, badged
from backward_running.apps.words import printed
from backward_running.apps.words.units import Printed, Units
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate, NotKnown
from backward_running.flows.cost_views import Calculation, Way


def way_card(view: Calculation, way: Way, units: Units) -> dict[str, object]:
    """Gather the numbers of one direction."""
    mass_kg = view.asked.mass_kg
    heart = printed.printed(way.heart_rate, printed.decimals(0), "bpm")
    lines: Iterable[tuple[str, Estimate | NotKnown, Printed]] = (
        (
            f"Per {long_unit(units)}",
            way.cost,
            printed.energy_per_distance(way.cost, mass_kg, units),
        ),
        ("Per minute", way.power, printed.energy_per_minute(way.power, mass_kg)),
        ("Oxygen", way.oxygen_uptake, printed.printed(way.oxygen_uptake, printed.decimals(1), "ml/kg/min")),
        ("Heart rate to expect", way.heart_rate, heart),
        (
            "As hard as, on the level",
            way.grade_adjusted_speed,
            printed.pace(way.grade_adjusted_speed, units),
        ),
    )
    skip_level = view.asked.grade_ratio == 0.0
    figures = [badged(title, found, said, view.badges) for title, found, said in lines]
    shown = figures[:-1] if skip_level else figures
    return {
        "why": _one_reason(shown),
        "notes": way.heart_rate.caveats if isinstance(way.heart_rate, Estimate) else (),
        "heart_known": isinstance(way.heart_rate, Estimate),
        "direction": way.direction,
        "gait": way.gait,
        "asked": way.direction is view.asked.direction,
        "figures": shown,
    }


def long_unit(units: Units) -> str:
    """Name the long unit of distance in full."""
    return "mile" if units.miles else "kilometre"


def _one_reason(figures: list[Figure]) -> str:
    """Return the sentence that explains every number of a direction; empty where one of them is known."""
    if any(figure.value is not None for figure in figures):
        return ""
    return figures[0].why


def equal_effort(view: Calculation, units: Units) -> Figure:
    """Print the speed of the other direction that is as hard."""
    other = Direction.BACKWARD if view.asked.direction is Direction.FORWARD else Direction.FORWARD
    return as_figure(
        view,
        f"As hard, running {other.value}",
        view.equal_effort_speed,
        printed.pace(view.equal_effort_speed, units),
    )


def as_figure(view: Calculation, title: str, found: Estimate | NotKnown, said: Printed) -> Figure:
    """Print a number of the calculator."""
    return badged(title, found, said, view.badges)
