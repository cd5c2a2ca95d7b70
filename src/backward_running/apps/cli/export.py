"""Get things out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click

from backward_running.apps.cli._shared import find_id, now, opened
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery, Store

Maker: TypeAlias = Callable[[Store, str], tuple[str, bytes]]

OF_ACTIVITY = ("original", "bouts", "samples", "geojson")
OF_PLAN = ("calendar", "plan", "week", "workout")


@click.command("export")
@click.argument("what", type=click.Choice([*OF_ACTIVITY, "runs", *OF_PLAN]))
@click.argument("which", required=False)
@click.option("--to", type=click.Path(path_type=Path), help="File or folder; `-` is the terminal. By default here.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.pass_context
def export_command(ctx: click.Context, what: str, which: str | None, to: Path | None, force: bool) -> None:
    r"""Get things out.

    \b
    original, bouts, samples, geojson   of an activity: WHICH is its id or `last`
    runs                                the list of activities as CSV
    workout                             one workout as FIT: WHICH is its id
    week                                the FIT workouts of a week, zipped: WHICH is its number
    calendar, plan                      the plan as ICS, as CSV
    """
    name, data = _made(ctx, what, which)
    if str(to) == "-":
        sys.stdout.buffer.write(data)
        return
    path = Path(name) if to is None else to / name if to.is_dir() else to
    if path.exists() and not force:
        raise BadValue("to", "not be there yet", str(path), "Use --force to overwrite it, or --to another name.")
    path.write_bytes(data)
    click.echo(str(path))


def _made(ctx: click.Context, what: str, which: str | None) -> tuple[str, bytes]:
    from backward_running.flows import export

    with opened(ctx) as store:
        if what == "runs":
            return export.runs_csv(store, ActivityQuery(limit=1_000_000))
        if what == "calendar":
            return export.plan_ics(store, now=now())
        if what == "plan":
            return export.plan_csv(store)
        if which is None:
            raise click.UsageError(f"`backward export {what}` needs to know which.")
        if what == "week":
            if not which.isdigit():
                raise BadValue("week", "be a number such as 1", which)
            return export.week_fit_zip(store, int(which))
        if what == "workout":
            return export.workout_fit(store, which)
        makers: dict[str, Maker] = {
            "original": export.original,
            "bouts": export.bouts_csv,
            "samples": export.samples_csv,
            "geojson": export.track_geojson,
        }
        return makers[what](store, find_id(store, which))
