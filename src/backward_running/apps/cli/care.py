"""Save the store, put it back, check and repair it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import PARTLY
from backward_running.apps.cli._shared import json_option, machine_clock, open_folder, opened, place_of, say_json
from backward_running.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from backward_running.core.ports import Damage, Store

#: More damages than these are only counted.
MOST_LINES = 20
ON_OFF = {"on": "daily", "off": "off"}
PATH = click.Path(path_type=Path)


@click.command("backup")
@click.argument("to", required=False, type=PATH)
@click.option("--daily", type=click.Choice(list(ON_OFF)), help="Save a copy of every day, the last seven, from now on.")
@click.pass_context
def backup_command(ctx: click.Context, to: Path | None, daily: str | None) -> None:
    """Copy the whole store, originals included, into the file or folder TO. The app may be open meanwhile."""
    from backward_running.store import copies

    if to is None and daily is None:
        raise click.UsageError("Name a file or folder to copy to, or say --daily on.")
    place = _file_place(ctx, f"pg_dump --format=custom --file={to or 'FILE'}")
    if daily is not None:
        from backward_running.flows import profile

        with opened(ctx) as store:
            profile.put_setting(store, "copies", ON_OFF[daily])
        click.echo("A copy of every day is kept beside the store." if daily == "on" else "No daily copies are kept.")
    if to is not None:
        made = copies.backup(place, to, now=machine_clock())
        click.echo(f"Copied to {made}. It holds everything and is not encrypted: keep it where only you can read it.")


@click.command("restore")
@click.argument("source", metavar="FROM", required=False, type=PATH)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def restore_command(ctx: click.Context, source: Path | None, yes: bool) -> None:
    """Put the copy FROM in place of the store; without FROM, list the copies the program made by itself.

    What was there stays beside it. The app may be open meanwhile; start it anew afterwards.
    """
    from backward_running.store import copies

    place = _file_place(ctx, f"pg_restore --clean --if-exists --dbname=DATABASE {source or 'FILE'}")
    if source is None:
        for copy in copies.copies_of(place):
            click.echo(f"{copy}")
        return
    if not source.exists():
        raise click.BadParameter(f"{str(source)!r} does not exist.", ctx, param_hint="FROM")
    if not yes:
        click.confirm(f"Put {source} in place of the store at {place}?", abort=True)
    kept = copies.restore(place, source, now=machine_clock())
    click.echo(f"Restored from {source}." + (f" What was there is kept as {kept}." if kept else ""))
    click.echo("If the app is open, close it and start it anew.")


@click.command("check")
@click.option("--repair", is_flag=True, help="Put back what can be: originals from copies, the rest from originals.")
@json_option
@click.pass_context
def check_command(ctx: click.Context, repair: bool, as_json: bool) -> int:
    """Check the database, every original against its SHA-256, and everything that was made of them."""
    try:
        with opened(ctx) as store:
            return _checked(ctx, store, repair=repair, as_json=as_json)
    except StoreError:
        _offer_copies(ctx)
        raise


def _checked(ctx: click.Context, store: Store, *, repair: bool, as_json: bool) -> int:
    from backward_running.flows import checking

    damages = tuple(checking.check(store))
    ends: dict[Damage, str | None] = dict.fromkeys(damages, "not repaired")
    if repair:
        ends = dict(checking.repair(store, damages, _elsewhere(ctx)))
    left = [damage for damage, why in ends.items() if why is not None]
    warning = open_folder(ctx)
    if as_json:
        said = [{"damage": damage, "mended": why is None, "why_not": why} for damage, why in ends.items()]
        say_json({"damages": said, "open_to_others": warning is not None})
        return PARTLY if left else 0
    for damage, why in list(ends.items())[:MOST_LINES]:
        named = f"{damage.kind.value} {damage.name}".strip()
        ending = "Mended." if why is None else f"Left: {why.rstrip('.')}."
        click.echo(f"{named}: {damage.message.rstrip('.')}. {ending}")
    if len(ends) > MOST_LINES:
        click.echo(f"And {len(ends) - MOST_LINES:,} more.")
    if warning:
        click.echo(warning, err=True)
    counts = store.counts()
    if not damages:
        click.echo(f"Everything is as it was kept: {counts.activities} activities, {counts.files} originals.")
    elif left and not repair:
        click.echo("`backward check --repair` puts back what can be.")
    if any(why is not None for why in ends.values()):
        _offer_copies(ctx)
    return PARTLY if left else 0


def _elsewhere(ctx: click.Context) -> Callable[[str], bytes | None]:
    from backward_running.store import copies

    place = place_of(ctx)
    return lambda key: None if place is None else copies.original_in_copies(place, key)


def _offer_copies(ctx: click.Context) -> None:
    """Name the newest copy, where there is one."""
    from backward_running.store import copies

    place = place_of(ctx)
    found = copies.copies_of(place) if place is not None else []
    if found:
        click.echo(f"The newest copy of the store is {found[0]}; `backward restore` puts one back.", err=True)


def _file_place(ctx: click.Context, command: str) -> str | Path:
    """Return the folder or file of the store; tell how a server is saved. Raises StoreError."""
    place = place_of(ctx)
    if place is None:
        raise StoreError(f"A store on PostgreSQL is saved and put back by the server's own programs: {command}")
    return place
