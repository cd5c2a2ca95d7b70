"""The calculator: what a speed on a slope costs both ways; and the runner's own factor."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps import cost_words, printed
from backward_running.apps.units import Printed, Units, grade
from backward_running.apps.web import cost_drawing
from backward_running.apps.web.figures import Figure, badged
from backward_running.apps.web.page import show, store_of, units_of
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate, NotKnown
from backward_running.flows import cost, profile
from backward_running.flows.cost_views import Asked, Calculation, Way

router = APIRouter()


@router.get("/cost")
def calculator(request: Request) -> Response:
    """Show the calculator; what is asked stands in the address, so that it can be kept and sent on."""
    store, units = store_of(request), units_of(request)
    typed = _typed(request, units)
    asked = cost_words.read(typed, units)
    view = None
    if not asked.problems:
        view = cost.calculate(store, Asked(asked.speed_mps, asked.grade_ratio, asked.direction, asked.mass_kg))
    return show(
        request,
        "cost.html",
        status_code=422 if asked.problems else 200,
        section="evidence",
        typed=typed,
        problems=asked.problems,
        accepted={name: cost_words.accepted(name, units) for name in ("pace", "grade", "mass")},
        view=view,
        ways=[] if view is None else [_card(view, way, units) for way in (view.backward, view.forward)],
        ground=""
        if view is None
        else "level"
        if view.asked.grade_ratio == 0.0
        else f"at {grade(view.asked.grade_ratio)}",
        ratio=None
        if view is None
        else _figure(view, f"Backward, per {_long(units)}", view.ratio, printed.change(view.ratio)),
        equal=None if view is None else _equal(view, units),
        plots=[] if view is None else [cost_drawing.over_speed(view, units), cost_drawing.over_grade(view)],
    )


@router.get("/cost/you")
def your_own(request: Request) -> Response:
    """Show prior, data and posterior of the runner's own factor."""
    view = cost.your_factor(store_of(request))
    return show(
        request,
        "cost_you.html",
        section="evidence",
        view=view,
        plot=cost_drawing.belief(view),
        factor=printed.factor,
        prior=printed.factor(view.prior.value, view.prior.low, view.prior.high),
        posterior=printed.factor(view.posterior.value, view.posterior.low, view.posterior.high),
        capacity=badged(
            "Highest oxygen uptake",
            view.maximal_oxygen_uptake,
            printed.printed(view.maximal_oxygen_uptake, printed.decimals(0), "ml/kg/min"),
            view.badges,
        ),
    )


def _typed(request: Request, units: Units) -> dict[str, str]:
    """Return what was typed; at first, an easy pace and the runner's own mass."""
    typed = {name: request.query_params.get(name, "") for name in ("pace", "grade", "mass", "direction")}
    if request.query_params.get("pace") is None:
        mass_kg = profile.athlete(store_of(request)).mass_kg
        typed |= {"pace": units.pace(cost_words.DEFAULT_MPS).value, "grade": typed["grade"] or "0"}
        if request.query_params.get("mass") is None and mass_kg is not None:
            typed["mass"] = units.mass(mass_kg).value
    return typed


def _card(view: Calculation, way: Way, units: Units) -> dict[str, object]:
    """Gather the numbers of one direction."""
    mass_kg = view.asked.mass_kg
    heart = printed.printed(way.heart_rate, printed.decimals(0), "bpm")
    lines: Iterable[tuple[str, Estimate | NotKnown, Printed]] = (
        (
            f"Per {_long(units)}",
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


def _long(units: Units) -> str:
    return "mile" if units.imperial else "kilometre"


def _one_reason(figures: list[Figure]) -> str:
    """Return the sentence that explains every number of a direction; empty where one of them is known."""
    if any(figure.value is not None for figure in figures):
        return ""
    return figures[0].why


def _equal(view: Calculation, units: Units) -> Figure:
    other = Direction.BACKWARD if view.asked.direction is Direction.FORWARD else Direction.FORWARD
    return _figure(
        view,
        f"As hard, running {other.value}",
        view.equal_effort_speed,
        printed.pace(view.equal_effort_speed, units),
    )


def _figure(view: Calculation, title: str, found: Estimate | NotKnown, said: Printed) -> Figure:
    return badged(title, found, said, view.badges)
