"""The simulator as a tool, and the demo runner."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import click

from backward_running.apps.cli._shared import DAY, folder_of, json_option, now, opened, say_json
from backward_running.apps.plain import plain
from backward_running.core.errors import BadValue

#: Days on which a FIT file can be, with room for the weeks before the last.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


@click.command("simulate")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--seed",
    default=8484,
    show_default=True,
    type=click.IntRange(0),
    help="The same seed and dates give the same bytes.",
)
@click.option("--weeks", default=12, show_default=True, type=click.IntRange(1, 520))
@click.option("--until", type=DAY, help="The last day; by default today.")
@json_option
def simulate_command(folder: Path, seed: int, weeks: int, until: datetime | None, as_json: bool) -> None:
    """Write a simulated runner's FIT files, and the truth about every second, into FOLDER."""
    from backward_running.flows import demo

    last = (until or now()).date()
    if not FIRST_DAY <= last <= LAST_DAY:
        raise BadValue("until", f"lie between {FIRST_DAY} and {LAST_DAY}", f"{last}", "FIT counts no other days.")
    runner = demo.simulate(seed=seed, weeks=weeks, until=last)
    folder.mkdir(parents=True, exist_ok=True)
    for (name, data), truth in zip(runner.files, runner.truths, strict=True):
        (folder / name).write_bytes(data)
        (folder / name).with_suffix(".truth.json").write_text(json.dumps({"simulated": True, "bouts": plain(truth)}))
    if as_json:
        say_json({"simulated": True, "folder": str(folder), "files": [name for name, _ in runner.files]})
        return
    click.echo(f"{len(runner.files)} simulated recordings, each with its truth, are in {folder}.")


@click.command("demo")
@click.option("--clear", is_flag=True, help="Delete the demo; what is yours stays.")
@json_option
@click.pass_context
def demo_command(ctx: click.Context, clear: bool, as_json: bool) -> None:
    """Make the demo: twelve weeks of a simulated beginner, in a store of their own beside yours."""
    from backward_running.flows import demo
    from backward_running.store import open_store

    moment = now()
    folder = folder_of(ctx) / "demo"
    if clear:
        with opened(ctx) as store:
            count = demo.clear_demo(store)  # an earlier version put it into the runner's own store
        shutil.rmtree(folder, ignore_errors=True)
        if as_json:
            say_json({"deleted": str(folder), "deleted_from_yours": count})
        else:
            click.echo("The demo is deleted; what is yours is as it was.")
        return
    shutil.rmtree(folder, ignore_errors=True)
    store = open_store(folder)
    try:
        entries = list(demo.load_demo(store, today=moment.date(), now=moment))
    finally:
        store.close()
    if as_json:
        say_json({"folder": str(folder), "activities": len(entries)})
        return
    click.echo(f"{len(entries)} simulated runs are in a store of their own; yours is as it was.")
    click.echo(f"To look at it: backward --home {folder} runs, or Try the demo in the app.")
