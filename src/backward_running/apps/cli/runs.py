"""List activities, show one, the calendar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import (
    DAY,
    MOST_ROWS,
    SIMULATED_NOTE,
    bouts_of,
    find_id,
    json_option,
    name_of,
    now,
    opened,
    question_of,
    say_due,
    say_json,
    say_table,
    units_of,
)
from backward_running.apps.plain import plain
from backward_running.core.clock import zone_words
from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery
from backward_running.core.session import Estimate, NotKnown, Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backward_running.apps.words.units import Units
    from backward_running.core.athlete import Athlete
    from backward_running.core.ports import ActivityRow
    from backward_running.flows.views import ActivityPage, EnergyView


@click.command("runs")
@click.argument("text", required=False)
@click.option(
    "--direction",
    type=click.Choice([direction.value for direction in Direction]),
    help="Only those that hold some of it.",
)
@click.option("--sport", help="Only this sport.")
@click.option("--since", type=DAY, help="First day.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, MOST_ROWS))
@json_option
@click.pass_context
def runs_command(
    ctx: click.Context,
    text: str | None,
    direction: str | None,
    sport: str | None,
    since: datetime | None,
    until: datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """List activities, newest first; TEXT is looked for in titles, file names and sports."""
    from backward_running.flows import runs

    if since is not None and until is not None and since > until:
        raise BadValue("since", f"not lie after the last day, {until:%Y-%m-%d}", f"{since:%Y-%m-%d}")
    query = ActivityQuery(
        text,
        Direction(direction) if direction else None,
        sport,
        since.date() if since else None,
        until.date() if until else None,
        limit=limit,
    )
    with opened(ctx) as store:
        rows, count = runs.list_runs(store, query)
        units = units_of(store)
        say_due(store)
    if as_json:
        say_json({"count": count, "activities": rows})
    elif rows:
        _say_rows(rows, units)
        click.echo(f"{len(rows)} of {count}")
    else:
        click.echo(
            "Nothing fits." if count == 0 and (text or direction or sport) else "No runs yet: `backward import`."
        )


def _say_rows(rows: Sequence[ActivityRow], units: Units) -> None:
    """Say each run in a line of a table: when, what, how far, and how long which way."""
    from backward_running.apps.words.units import clock
    from backward_running.flows.runs import local_start

    say_table(
        ("id", "started", "title", "distance", "forward", "backward", "unknown"),
        [
            (
                row.activity_id[:8],
                f"{local_start(row):%Y-%m-%d %H:%M} {zone_words(row.zone, row.utc_offset_s)}",
                row.title + (" (simulated)" if row.simulated else ""),
                units.distance(row.distance_m),
                *(
                    clock(seconds) if row.on_foot and seconds else "–"
                    for seconds in (row.forward_s, row.backward_s, row.unknown_s)
                ),
            )
            for row in rows
        ],
        right=(3, 4, 5, 6),
    )


@click.command("show")
@click.argument("activity")
@click.option("--tissues", is_flag=True, help="What the backward part loads, and which muscles work harder: a model.")
@json_option
@click.pass_context
def show_command(ctx: click.Context, activity: str, tissues: bool, as_json: bool) -> None:
    """Show one activity. ACTIVITY is its id, the beginning of it, or `last`."""
    from backward_running.flows import activity as flow

    with opened(ctx) as store:
        page = flow.activity_page(store, find_id(store, activity))
        units = units_of(store)
        say_due(store)
    if as_json:
        say_json({**plain(page), "bouts": bouts_of(page.bouts)})
        return
    if tissues:
        from backward_running.apps.cli._tissues import say_tissues

        say_tissues(page.tissues, units)
        return
    _say_page(page, units)


def _say_page(page: ActivityPage, units: Units) -> None:
    _say_head(page)
    _say_ledger(page, units)
    click.echo()
    _say_bouts(page, units)
    _say_doubts(page)
    click.echo()
    _say_steps(page, units)
    for estimate in page.estimates:
        click.echo(_say_estimate(estimate))


def _say_head(page: ActivityPage) -> None:
    """Say what run it is, and what was lost on the way in."""
    from backward_running.flows.runs import local_start

    click.secho(page.row.title, bold=True)
    clock_name = zone_words(page.row.zone, page.row.utc_offset_s)
    click.echo(f"{local_start(page.row):%A %d %B %Y, %H:%M} ({clock_name}) · {page.row.activity_id}")
    if page.row.simulated:
        click.echo(SIMULATED_NOTE)
    for loss in page.losses:
        click.echo(loss)


def _say_ledger(page: ActivityPage, units: Units) -> None:
    """Say time, way, pace and energy of each direction that is in it."""
    ledger = page.ledger
    every = (
        ("forward", ledger.forward),
        ("backward", ledger.backward),
        ("unknown", ledger.unknown),
        ("other", ledger.rest),
        ("all", ledger.whole),
    )
    rows = [
        (name, *_totals(totals, units, page.athlete, page.energy if name == "unknown" else None))
        for name, totals in every
        if totals.bouts_count
    ]
    say_table(("", "time", "distance", "pace", "energy"), rows, right=(1, 2, 3, 4))


def _say_bouts(page: ActivityPage, units: Units) -> None:
    """Say each bout, and which of them may have been backward."""
    from backward_running.apps.words.units import clock, share

    rows = [
        (
            clock(bout.bout.start_s),
            name_of(bout.bout.direction, bout.bout.gait),
            clock(bout.bout.duration_s),
            units.distance(bout.distance_m),
            units.pace(bout.distance_m / bout.moving_s if bout.distance_m and bout.moving_s else None),
            share(bout.bout.probability_share),
            bout.bout.found_by.replace("_", " "),
            question_of(bout.bout.hint) if bout in page.asked else "",
        )
        for bout in page.bouts
    ]
    say_table(("from", "direction", "time", "distance", "pace", "sure", "found by", ""), rows, right=(2, 3, 4, 5))


def _say_doubts(page: ActivityPage) -> None:
    """Say what contradicts the runner, whose runs these may be, and why a part is unknown."""
    from backward_running.apps.words.units import clock

    for against in page.contradicted:
        stretch = f"from {clock(against.start_s)} to {clock(against.end_s)}"
        click.echo(
            f"You said {page.said.value if page.said else ''}; what was recorded or marked says "
            f"{against.direction.value} {stretch}."
        )
    if page.of_several:
        click.echo("Your runs differ too much in how often you step to be one person's, so nothing is guessed.")
    if page.unknown_because is not None:
        click.echo(f"Unknown in part, because: {page.unknown_because}")


def _say_steps(page: ActivityPage, units: Units) -> None:
    """Say how the steps were, direction by direction, where anything is known of them."""
    from backward_running.apps.words.units import whole

    both = (("forward", page.ledger.forward), ("backward", page.ledger.backward), ("unknown", page.ledger.unknown))
    known = [(name, totals) for name, totals in both if totals.steps_count is not None or totals.contact_time_s]
    if not known:
        return
    say_table(
        ("steps", "count", "per minute", "length", "contact", "flight"),
        [
            (
                name,
                whole(totals.steps_count),
                whole(totals.cadence_spm),
                units.height(totals.step_length_m),
                *(
                    whole(None if seconds is None else seconds * 1000, "ms")
                    for seconds in (totals.contact_time_s, totals.flight_time_s)
                ),
            )
            for name, totals in known
        ],
        right=(1, 2, 3, 4, 5),
    )
    click.echo()


def _totals(totals: Totals, units: Units, athlete: Athlete, span: EnergyView | None) -> tuple[object, ...]:
    from backward_running.apps.words.units import clock

    unknown = span.unknown_span if span is not None else None

    return (
        clock(totals.moving_s),
        units.distance(totals.distance_m),
        units.pace(totals.speed_mps),
        _say_span(unknown, athlete)
        if isinstance(unknown, Estimate)
        else say_energy(totals.energy_j_per_kg, athlete) + _for_how_long(totals),
    )


def _say_span(span: Estimate, athlete: Athlete) -> str:
    """Say from what to what an energy may lie: all of it forward, to all of it backward."""
    kcal = (athlete.mass_kg or 1.0) / JOULES_PER_KILOCALORIE
    unit, digits = ("kcal", 0) if athlete.mass_kg else ("kcal/kg", 1)
    return f"{span.low * kcal:.{digits}f} to {span.high * kcal:.{digits}f} {unit}, whichever way it was"


def _for_how_long(totals: Totals) -> str:
    """Say for how much of the time an energy stands, where it does not stand for all of it."""
    from backward_running.apps.words.units import clock

    if totals.energy_unknown_s < 1 or isinstance(totals.energy_j_per_kg, NotKnown):
        return ""
    return f", for {clock(totals.moving_s - totals.energy_unknown_s)} of it"


def say_energy(energy: Estimate | NotKnown, athlete: Athlete) -> str:
    """Say an energy in kcal, or in kcal per kg where the mass is not known."""
    from backward_running.apps.words import printed

    if isinstance(energy, NotKnown):
        return "not known"
    shown = printed.energy(energy, athlete.mass_kg, digits_per_kg=2)
    return f"{shown.bare} {shown.unit}, {energy.standing.value}"


def _say_estimate(estimate: Estimate | NotKnown) -> str:
    from backward_running.apps.words.printed import decimals, printed

    words = estimate.name.replace("_", " ")
    if isinstance(estimate, NotKnown):
        return f"{words}: not known. {estimate.why}"
    return f"{words}: {printed(estimate, decimals(2)).bare}, {estimate.standing.value}, {estimate.model}"


@click.command("calendar")
@click.argument("month", required=False, metavar="[YYYY-MM]")
@json_option
@click.pass_context
def calendar_command(ctx: click.Context, month: str | None, as_json: bool) -> None:
    """Show a month, planned and done; by default this one."""
    from backward_running.flows import runs

    first = runs.month_of(month) if month else now().date().replace(day=1)
    with opened(ctx) as store:
        days = runs.calendar_month(store, first.year, first.month, today=now().date())
    if as_json:
        say_json(days)
        return
    say_table(
        ("day", "planned", "done"),
        [
            (
                f"{day.on:%a %d %b}",
                ", ".join(workout.title for workout in day.planned),
                ", ".join(
                    [*(row.title for row in day.done), *("by your word" for match in day.matched if match.is_said)]
                ),
            )
            for day in days
            if day.planned or day.done
        ],
    )


@click.command("rename")
@click.argument("activity")
@click.argument("title")
@click.pass_context
def rename_command(ctx: click.Context, activity: str, title: str) -> None:
    """Give an activity another title."""
    from backward_running.flows import activity as flow

    with opened(ctx) as store:
        row = flow.rename(store, find_id(store, activity), title)
    click.echo(f"It is now called {row.title}.")


@click.command("forget")
@click.argument("activity")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def forget_command(ctx: click.Context, activity: str, yes: bool) -> None:
    """Delete an activity. For 30 days `backward trash restore` brings it back, with its labels and its file."""
    from backward_running.flows import runs, trash

    with opened(ctx) as store:
        activity_id = find_id(store, activity)
        row = store.row(activity_id)
        if not yes:
            day = runs.local_day(row)
            click.confirm(f"Delete {row.title} of {day:%d %B %Y}?", abort=True)
        trash.delete(store, activity_id, now=now())
    click.echo(f"{row.title} is deleted; for {trash.RESTORABLE.days} days `backward trash restore` brings it back.")
