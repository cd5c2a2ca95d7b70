"""The calculator: what a speed on a slope costs both ways; and the runner's own factor."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.cards.cost import as_figure, equal_effort, long_unit, way_card
from backward_running.apps.web.cards.figure import badged
from backward_running.apps.web.drawing import cost_plot
from backward_running.apps.web.responses import show, store_of, units_of
from backward_running.apps.words import cost as cost_words
from backward_running.apps.words import printed
from backward_running.apps.words.units import Units, grade
from backward_running.flows import cost, profile
from backward_running.flows.cost_views import Asked

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
        ways=[] if view is None else [way_card(view, way, units) for way in (view.backward, view.forward)],
        ground=""
        if view is None
        else "level"
        if view.asked.grade_ratio == 0.0
        else f"at {grade(view.asked.grade_ratio)}",
        ratio=None
        if view is None
        else as_figure(view, f"Backward, per {long_unit(units)}", view.ratio, printed.change(view.ratio)),
        factor_said=printed.factor_said,
        equal=None if view is None else equal_effort(view, units),
        plots=[] if view is None else [cost_plot.over_speed(view, units), cost_plot.over_grade(view)],
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
        plot=cost_plot.belief(view),
        factor=printed.factor,
        in_use=printed.factor(view.in_use.value, view.in_use.low, view.in_use.high),
        word=printed.standing_said(view.in_use),
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
