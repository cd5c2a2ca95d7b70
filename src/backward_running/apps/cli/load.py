"""What running loads: two ledgers that never merge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import SIMULATED_NOTE, json_option, now, opened, say_json, say_table, units_of

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store
    from backward_running.flows.load_views import LedgerSide, LoadPage


@click.command("load")
@click.option("--by", metavar="MEASURE", default="", help="Count by exertion, heart-rate or minutes.")
@click.option("--weeks", type=click.IntRange(1, 5000), default=8, show_default=True, help="How many weeks to list.")
@click.option("--fill", is_flag=True, help="Count the load of runs that were understood before loads were counted.")
@click.option(
    "--ratio", type=click.Choice(["on", "off"]), help="Show or hide the acute:chronic ratio; it is criticised."
)
@click.option(
    "--zones", metavar="BORDERS", help='Your own zones: where each begins, "115 130 145 160 175"; "" undoes it.'
)
@json_option
@click.pass_context
def load_command(
    ctx: click.Context, by: str, weeks: int, fill: bool, ratio: str | None, zones: str | None, as_json: bool
) -> None:
    """Show fitness, fatigue and form, weeks, the 110 % rule and heart-rate zones, forward and backward apart."""
    from backward_running.flows import load as flow

    measure = flow.measure_of(by)
    with opened(ctx) as store:
        if zones is not None:
            flow.put_borders(store, zones)
        if ratio is not None:
            flow.put_ratio(store, ratio)
        if fill:
            _fill(store, as_json=as_json)
            return
        page = flow.load_page(store, now=now(), measure=measure, weeks_most=weeks)
        if as_json:
            say_json(page)
        else:
            _say(page, units_of(store), store)


def _fill(store: Store, *, as_json: bool) -> None:
    from backward_running.flows import load as flow

    done = []
    for filled in flow.fill(store):
        done.append(filled)
        if not as_json:
            click.echo(f"{filled.number} of {filled.of}  {filled.title}")
    if as_json:
        say_json(done)
    elif not done:
        click.echo("Every run has its load: there is nothing to fill.")


def _say(page: LoadPage, units: Units, store: Store) -> None:
    from backward_running.apps.words import load as say
    from backward_running.flows.load_evidence import BACKWARD_TOO, one_scale_low_share

    if not page.sessions:
        click.echo("No run is here yet: `backward import` takes them in.")
        return
    if page.simulated:
        click.echo(SIMULATED_NOTE)
    _say_what_lacks(page)
    for side in (page.backward, page.forward):
        click.echo(say.next_lead(side.next_session, units))
    click.echo()
    click.echo(say.MEANS[page.measure])
    header = ["", "fitness", "fatigue", "form", "this week", "42 days", *(["ratio"] if page.ratio_on else [])]
    say_table(header, [*map(_side_line, (page.forward, page.backward)), _unknown_line(page)], right=(1, 2, 3, 4, 5, 6))
    click.echo(say.NEVER_MERGE)
    if page.measure.value == "heart-rate" and (words := say.one_scale_sentence(one_scale_low_share(store.athlete()))):
        click.echo(words)
    if page.forward.settled_on:
        click.echo(f"Fitness begins at 0 with your first recording, and is too low until {page.forward.settled_on}.")
    if page.ratio_on:
        _say_criticism()
    click.echo()
    for side in (page.forward, page.backward):
        click.echo(say.next_sentence(side.next_session, units))
    click.echo(BACKWARD_TOO)
    click.echo()
    _say_weeks(page)
    _say_zones(page)


def _say_what_lacks(page: LoadPage) -> None:
    if page.uncounted:
        click.echo(f"Runs without a load yet: {page.uncounted}; it is not known, and not 0. `backward load --fill`")
    if page.ahead:
        click.echo(f"Runs dated after today, and not counted: {page.ahead}. Check the clock of the watch.")
    if page.lacking:
        click.echo(page.why_lacking)
        for activity in page.lacking:
            click.echo(f"  {activity.on}  {activity.title}  {activity.activity_id}")


def _side_line(side: LedgerSide) -> list[str]:
    from backward_running.apps.words import load as say
    from backward_running.apps.words.units import clock

    line = [side.direction.value, say.amount(side.fitness), say.amount(side.fatigue)]
    line += [say.amount(side.form, signed=True), say.amount(side.week), clock(side.month_s)]
    return line if side.ratio is None else [*line, say.two_digits(side.ratio.value)]


def _unknown_line(page: LoadPage) -> list[str]:
    from backward_running.apps.words import load as say
    from backward_running.apps.words.units import clock

    line = ["unknown", "", "", "", say.amount(page.unknown.week), clock(page.unknown.month_s)]
    return [*line, ""] if page.ratio_on else line


def _say_criticism() -> None:
    from backward_running.flows.load_evidence import CRITICISM

    click.echo("Acute:chronic ratio. " + " ".join(CRITICISM))


def _say_weeks(page: LoadPage) -> None:
    from backward_running.apps.words import load as say
    from backward_running.apps.words.units import whole

    rows = []
    for week in page.weeks:
        sides = [
            cell
            for side in (week.forward, week.backward)
            for cell in (say.amount(side.load), say.two_digits(side.monotony_ratio), whole(side.strain_au).value)
        ]
        rows.append([f"{week.starts_on}{'' if week.over else ' so far'}", *sides, say.amount(week.unknown)])
    header = ["week of", "forward", "monotony", "strain", "backward", "monotony", "strain", "unknown"]
    say_table(header, rows, right=range(1, 8))


def _say_zones(page: LoadPage) -> None:
    from backward_running.apps.words import load as say
    from backward_running.apps.words.units import clock

    click.echo()
    if page.zones.why_not:
        own = " Or set your own: backward load --zones" if page.zones.can_be_set else ""
        click.echo(f"Heart-rate zones: {page.zones.why_not}{own}")
    elif page.zones.seconds_s:
        click.echo(f"Heart-rate zones, the last {page.zones.days} days")
        names = say.zone_names(page.zones.borders_bpm)
        ways = page.zones.seconds_s
        rows = [
            [name, beats, *(clock(ways[direction][at]) for direction in ways)] for at, (name, beats) in enumerate(names)
        ]
        say_table(["zone", "beats", *(direction.value for direction in ways)], rows, right=range(2, 2 + len(ways)))
