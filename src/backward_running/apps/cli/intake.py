"""Import files and folders; the import log."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click

from backward_running.apps.cli import FAILED, PARTLY
from backward_running.apps.cli._from_disk import files_in, opened_each
from backward_running.apps.cli._metadata_options import (
    HOW_COLUMNS,
    beside_option,
    metadata_of,
    metadata_options,
    naming_options,
    together,
    when_options,
)
from backward_running.apps.cli._shared import MOST_ROWS, json_option, now, opened, own_zone, say_json, say_table
from backward_running.core.errors import BadValue, StoreFull
from backward_running.core.ports import ImportEntry, Store

STATUSES = ("new", "joined", "same", "partly", "waiting", "listed", "left_out", "failed")


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@metadata_options
@beside_option
@when_options
@json_option
@click.pass_context
def import_command(
    ctx: click.Context, /, paths: tuple[Path, ...], beside: tuple[str, ...], as_json: bool, **options: Any
) -> int:
    """Take in FIT, TCX and GPX files, logs of phones and motion sensors, archives of them, or whole folders.

    Each file gets a line: new, joined (the same run from elsewhere: it counts once), same (these bytes are already
    here), partly (damaged; the rest is here), waiting (a table: say which column is what), listed (a service's list of
    names), left out (no recording: pictures, plans, all-day monitoring; counted by kind) or failed.
    What the files do not say and you know is saved with each recording; importing a file again with another --place
    or --mount judges what is here anew. A file and those that are given --with it become one run.
    Exit code 3 says that some files did not come in, 1 that none did.
    """
    from backward_running.apps.worker_processes import WorkerProcesses
    from backward_running.flows import intake
    from backward_running.flows.metadata_check import check_metadata

    told = metadata_of(options, own_zone() if options.get("date") else "UTC")
    files = list(files_in(paths))
    if beside and len(files) != 1:
        raise BadValue("with", "go along with one file", f"{len(files)} files", "Name one, and the others --with it.")
    entries: list[ImportEntry] = []
    with opened(ctx) as store, WorkerProcesses() as workers:
        with naming_options():
            check_metadata(told, now=now(), athlete=store.athlete())
        say = None if as_json or not sys.stderr.isatty() else _progress
        given: Iterable[tuple[str, bytes | BinaryIO | str]] = opened_each(files, say)
        if beside:
            name, data, told = together(files[0].name, files[0].read_bytes(), beside, told)
            given = [(name, data)]
        try:
            for entry in intake.import_many(store, given, now=now(), told=told, workers=workers):
                entries.append(entry)
        except StoreFull:
            if not as_json:
                _say_entries(entries)
            raise
        came = "" if as_json else _what_all_comes_to(store, entries)
    if not as_json and sys.stderr.isatty():
        _progress("")
    if as_json:
        say_json(entries)
    else:
        _say_entries(entries)
        click.echo(came, nl=bool(came))
    counts = Counter(entry.status for entry in entries)
    not_in = counts["failed"] + counts["waiting"]
    if counts["waiting"] and not as_json:
        click.echo(HOW_COLUMNS)
    if not_in and not_in == len(entries) - counts["left_out"] - counts["listed"]:
        return FAILED
    return PARTLY if not_in else 0


def _what_all_comes_to(store: Store, entries: list[ImportEntry]) -> str:
    """Say of how many runs the direction is known, and how to say the rest at once; nothing where nothing came in."""
    from backward_running.apps.cli._many_runs import words_of
    from backward_running.flows import statements

    if not any(entry.activity_ids and entry.status in ("new", "partly") for entry in entries):
        return ""
    batch = statements.batch(store)
    if not batch.runs:
        return ""
    if not batch.asks:
        return words_of(batch)
    how = "`backward label --all forward` says that of all of them, --before DATE of those before a day."
    return f"{words_of(batch)}\n{how}"


@click.command("imports")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1, MOST_ROWS), help="How many lines, newest first."
)
@json_option
@click.pass_context
def imports_command(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Show what came of every import, newest first."""
    from backward_running.flows import intake

    with opened(ctx) as store:
        entries = intake.import_log(store, limit)
    if as_json:
        say_json(entries)
        return
    _say_entries(entries)


def _progress(words: str) -> None:
    """Write over the line before; past the filter of the stream, for going back in a line is an order."""
    sys.__stderr__.write(f"\r{words:<40}\r")  # type: ignore[union-attr]
    sys.__stderr__.flush()  # type: ignore[union-attr]


def _say_entries(entries: list[ImportEntry]) -> None:
    if not entries:
        click.echo("Nothing was imported yet.")
        return
    say_table(
        ("", "file", "what came of it", "id"),
        [
            (
                entry.status,
                entry.file_name,
                entry.message,
                " ".join(activity_id[:8] for activity_id in entry.activity_ids),
            )
            for entry in entries
        ],
    )
    counts = Counter(entry.status for entry in entries)
    click.echo(", ".join(f"{counts[status]} {status.replace('_', ' ')}" for status in STATUSES if counts[status]))
