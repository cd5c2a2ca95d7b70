"""Everything out, in open formats, and in again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from backward_running.apps.cli._shared import machine_clock, opened

if TYPE_CHECKING:
    from backward_running.store.sql_store import SqlStore

PATH = click.Path(path_type=Path)


@click.command("export-all")
@click.argument("to", type=PATH)
@click.pass_context
def export_all_command(ctx: click.Context, to: Path) -> None:
    """Write everything of yours into the ZIP file TO.

    Originals as they came, rows as JSON lines, samples as lists of numbers, and a README that says what is what.
    """
    from backward_running.store import transfer

    with opened(ctx) as store:
        counts = transfer.export_all(cast("SqlStore", store), to, now=machine_clock())
    click.echo(f"{to}: {counts['activity']} activities, {counts['file']} originals. It is not encrypted.")


@click.command("import-all")
@click.argument("source", metavar="FROM", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def import_all_command(ctx: click.Context, source: Path) -> None:
    """Take the ZIP file FROM of `backward export-all` into a store in which nothing is yet."""
    from backward_running.store import transfer

    with opened(ctx) as store:
        counts = transfer.import_all(cast("SqlStore", store), source)
    click.echo(f"Taken in: {counts['activity']} activities, {counts['file']} originals.")
