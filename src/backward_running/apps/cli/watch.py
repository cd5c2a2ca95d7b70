"""Watch a folder, and take in what comes into it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from backward_running.apps.cli._shared import now, opened
from backward_running.core.errors import StoreBusy, StoreFull


@click.command("watch")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Look until nothing is new any more, then end.")
@click.pass_context
def watch_command(ctx: click.Context, folder: Path, once: bool) -> None:
    """Watch a folder, and take in every file that comes into it, until Ctrl-C.

    A file comes in once it is whole, and once only: renamed, copied or put there again it is known by its bytes. What
    lies there already comes in first. In the app, Settings watches a folder while that is open.
    """
    from backward_running.apps.watched import LOOKS_EVERY_S, Watched
    from backward_running.apps.worker_processes import WorkerProcesses

    watched = Watched(folder)
    click.echo(f"Watching {folder}; Ctrl-C ends it.", err=True)
    with opened(ctx) as store, WorkerProcesses() as workers:
        looks = 0
        while not once or looks < 2:
            try:
                for entry in watched.look(store, now, workers):
                    click.echo(f"{entry.status}: {entry.file_name}: {entry.message}")
            except (StoreBusy, StoreFull) as problem:
                if once:
                    raise
                click.echo(f"{problem} It is tried again.", err=True)
            looks += 1
            if not once:
                time.sleep(LOOKS_EVERY_S)
