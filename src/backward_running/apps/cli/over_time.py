"""What came of it over time: bests beside reported marks, firsts, years and weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import SIMULATED_NOTE, json_option, now, opened, say_json, say_table, units_of

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.flows.over_time import OverTime


@click.command("progress")
@click.option("--weeks", type=click.IntRange(0, 53), default=8, show_default=True, help="How many weeks to list.")
@json_option
@click.pass_context
def progress_command(ctx: click.Context, weeks: int, as_json: bool) -> None:
    """Show what came of it: firsts, years, weeks, and your bests beside the reported marks."""
    from backward_running.flows.over_time import over_time

    with opened(ctx) as store:
        told, units = over_time(store, now=now()), units_of(store)
    say_json(told) if as_json else _say(told, units, weeks)


def _say(told: OverTime, units: Units, weeks: int) -> None:
    from backward_running.apps.words import over_time as say

    if not told.years:
        click.echo("No run is here yet: `backward import` takes them in.")
        return
    if told.is_simulated:
        click.echo(SIMULATED_NOTE)
    if told.firsts:
        say_table(("first", "on"), [(say.first(each, units), str(each.on)) for each in told.firsts])
    head = ("year", "days backward", "time", "distance", "forward", "share backward", f"by {told.today:%d %b}")
    say_table(head, say.years(told, units))
    shown = told.weeks[len(told.weeks) - weeks :]
    rows = [
        (str(week.starts_on), say.hours(week.backward_s), say.hours(week.forward_s), say.share(week.backward_share))
        for week in shown
    ]
    if rows:
        say_table(("week from", "backward", "forward", "share backward"), rows)
    lengths = [
        (each.name, each.backward, each.forward, "; ".join(mark.mark for mark in each.marks))
        for each in say.beside(told, units)
    ]
    say_table(("length", "you, backward", "you, forward", "reported, backward"), lengths)
    click.echo(" ".join(filter(None, (say.PAINFUL, say.painful(told.painful_days)))))
