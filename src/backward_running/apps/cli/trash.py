"""What was deleted, and how it comes back."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import json_option, now, opened, own_zone, say_json, say_table
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.keepsakes import Trashed


@click.command("trash")
@click.argument("what", type=click.Choice(["list", "restore", "empty"]), default="list")
@click.argument("which", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_context
def trash_command(ctx: click.Context, what: str, which: str | None, yes: bool, as_json: bool) -> None:
    """Show what was deleted; `restore` brings one back, `empty` deletes all of it for good.

    WHICH is an id or its beginning; without it the newest is restored.
    """
    from backward_running.apps.words.phrases import plural
    from backward_running.flows import days, trash

    with opened(ctx) as store:
        lying = trash.listed(store, now=now())
        if what == "restore":
            row = trash.restore(store, _found(lying, which).activity_id)
            click.echo(f"{row.title} is back.")
            return
        if what == "empty":
            if lying and not yes:
                click.confirm(f"Delete {plural(len(lying), 'run')} for good?", abort=True)
            click.echo(f"Deleted for good: {plural(trash.empty(store), 'run')}.")
            return
        zone = own_zone()
    if as_json:
        say_json(lying)
    elif not lying:
        click.echo("The trash is empty.")
    else:
        rows = [
            (
                trashed.activity_id[:8],
                trashed.title,
                days.day_of(trashed.started_at, zone),
                days.day_of(trash.until(trashed), zone),
            )
            for trashed in lying
        ]
        say_table(("id", "title", "of", "can be restored until"), rows)


def _found(lying: tuple[Trashed, ...], which: str | None) -> Trashed:
    found = [trashed for trashed in lying if which is None or trashed.activity_id.startswith(which)]
    if not found:
        raise NotFound("Nothing of that id is in the trash; `backward trash` lists what is.")
    if which is not None and len(found) > 1:
        raise BadValue("id", f"fit one run; {len(found)} begin so", which, "Write a few more letters of it.")
    return found[0]
