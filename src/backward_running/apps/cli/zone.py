"""Say in which time zone a single run was."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import find_id, opened


@click.command("zone")
@click.argument("activity")
@click.argument("name", metavar="ZONE", required=False)
@click.option("--by-itself", is_flag=True, help="Take your word back: file, position or your own zone say it again.")
@click.pass_context
def zone_command(ctx: click.Context, activity: str, name: str | None, by_itself: bool) -> None:
    """Say that ACTIVITY was in ZONE, such as Europe/Berlin; its day and hour follow. Without ZONE: show it."""
    from backward_running.apps.words.zones import zone_from_words
    from backward_running.core.clock import zone_words
    from backward_running.flows import zones
    from backward_running.flows.days import local_start

    if name and by_itself:
        raise click.UsageError("Name a zone or say --by-itself, not both.")
    with opened(ctx) as store:
        row = store.row(find_id(store, activity))
        if name or by_itself:
            row = zones.put_zone_of_run(store, row.activity_id, name or "")
    shown = f"{zone_words(row.zone, row.utc_offset_s)}, {zone_from_words(row)}"
    click.echo(f"{row.title}: {local_start(row):%A %d %B %Y, %H:%M} ({shown})")
