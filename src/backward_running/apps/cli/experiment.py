"""An experiment on oneself, in a terminal: written down before, answered at its end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import Day, json_option, now, opened, say_json, units_of
from backward_running.core.counting import counted

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store
    from backward_running.flows.experiments import Experiment, Offer


@click.command("experiment")
@click.argument("design", required=False)
@click.argument("promise", required=False)
@click.option("--begins", type=Day(ahead=True), help="Its first day; tomorrow where it is left out.")
@click.option("--units", type=int, help="Pairs of weeks, or possible days of the start; the fewest by default.")
@click.option("--register", "is_meant", is_flag=True, help="Write it down: from then on nothing of it changes.")
@click.option("--end", "is_over", is_flag=True, help="End the one that runs before its time; its readings stay.")
@json_option
@click.pass_context
def experiment_command(
    ctx: click.Context, design: str | None, promise: str | None, begins: datetime | None, units: int | None,
    is_meant: bool, is_over: bool, as_json: bool,
) -> None:  # fmt: skip
    """Experiment on yourself: backward experiment pairs_of_weeks enjoyment.

    It says first how long it takes to tell. With --register it is written down, frozen, and drawn by lot. Without
    arguments it shows what runs and what was found. Nothing of it asks for a session that your plan does not give.
    """
    from backward_running.flows import experiments

    with opened(ctx) as store:
        if is_over:
            _say([experiments.end(store, now=now())], store, as_json=as_json)
        elif design is None or promise is None:
            if design is not None or is_meant:
                raise click.UsageError(
                    "Name a design and a promise, such as: backward experiment pairs_of_weeks enjoyment"
                )
            _say(list(experiments.experiments(store, now=now())), store, as_json=as_json)
        elif is_meant:
            day = begins.date() if begins else now().date() + timedelta(days=1)
            made = experiments.register(store, design, promise, now=now(), begins_on=day, units=units)
            _say([made], store, as_json=as_json)
        else:
            asked = experiments.offer_of(store, design, promise)
            say_json(asked) if as_json else _say_offer(asked, units_of(store))


def _say_offer(offer: Offer, units: Units) -> None:
    from backward_running.apps.words import experiments as say

    click.echo(f"{offer.design.title}, {offer.title}. {offer.design.says}")
    for each in offer.lengths:
        click.echo(say.length(each, offer.design, offer.unit, units))
    if not offer.lengths:
        click.echo(say.unknown_length())
    click.echo(f"`backward experiment {offer.design.key} {offer.address} --register` writes it down and draws.")


def _say(found: list[Experiment], store: Store, *, as_json: bool) -> None:
    if as_json:
        say_json(found)
        return
    if not found:
        click.echo("No experiment was written down yet. Designs: random_start, pairs_of_weeks.")
    for each in found:
        _say_one(each, units_of(store))


def _say_one(experiment: Experiment, units: Units) -> None:
    from backward_running.apps.words import experiments as say

    asked = experiment.registered
    click.echo(
        f"{experiment.design.title}, {asked.outcome}: written down on {asked.registered_on}, version {asked.version}, "
        f"SHA-256 {experiment.standing.sha256[:16]}…"
    )
    click.echo(say.result(experiment, units))
    if experiment.is_open:
        click.echo(f"{counted(len(experiment.readings), 'reading')} so far. {say.kept(experiment)}")
        for phase in experiment.standing.phases:
            click.echo(f"  {phase.begins_on} to {phase.ends_on}: {say.phase(phase)}")
