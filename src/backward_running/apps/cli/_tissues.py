"""Say what the backward part of an activity loads, and which muscles work harder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import say_table
from backward_running.core.direction import Gait
from backward_running.core.session import Estimate, NotKnown
from backward_running.core.tissue import Basis

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.flows.tissue_views import TissuesView


def say_tissues(view: TissuesView | None, units: Units) -> None:
    """Print each tissue on its four bases, what is not known and why, and the muscles."""
    from backward_running.apps.words.units import clock, whole

    if view is None:
        click.echo("Nothing in this run is marked as backward, so there is nothing to say of joints and muscles.")
        return
    click.echo("A model, not a measurement: multiples of your own forward running.")
    click.echo(f"backward: {clock(view.moving_s)}, {units.distance(view.distance_m)}, {whole(view.steps_count)} steps")
    for own in view.forward:
        click.echo(
            f"forward, {own.gait.value}: {units.pace(own.speed_mps)}, {whole(own.cadence_spm)} steps a minute, "
            f"from {own.known_from.value}"
        )
    if not view.forward:
        click.echo("forward: no steps of yours are known; the same speed is taken, with the step ratio of studies")
    click.echo()
    _say_loads(view)
    click.echo()
    say_table(
        ("muscle", "running", "walking"),
        [(muscle.muscle, *(muscle.found[gait][0].value for gait in (Gait.RUN, Gait.WALK))) for muscle in view.muscles],
    )


def _say_loads(view: TissuesView) -> None:
    say_table(
        ("tissue", *(basis.words for basis in Basis), "confidence"),
        [(load.title, *(_number(load.said[basis]) for basis in Basis), load.confidence.value) for load in view.loads],
    )
    for load in view.loads:
        missing = dict.fromkeys(said.why for said in load.said.values() if isinstance(said, NotKnown))
        for why in missing:
            click.echo(f"{load.title}: {why}")
    known = [said for load in view.loads for said in load.said.values() if isinstance(said, Estimate)]
    for caveat in dict.fromkeys(caveat for said in known for caveat in said.remarks):
        click.echo(caveat)


def _number(said: Estimate | NotKnown) -> str:
    from backward_running.apps.words.printed import decimals, printed

    shown = printed(said, decimals(0 if said.name.endswith("_count") else 2))
    return shown.bare if shown.known else "not known"
