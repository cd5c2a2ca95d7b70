"""Get things out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click

from backward_running.apps.cli._shared import find_id, now, opened, units_of
from backward_running.core.errors import BadValue
from backward_running.core.ports import ActivityQuery, Store

Maker: TypeAlias = Callable[[Store, str], tuple[str, bytes]]

OF_ACTIVITY = ("original", "bouts", "samples", "geojson", "card", "forward-only")
OF_PLAN = ("calendar", "plan", "json", "pdf", "week", "workout")


@click.command("export")
@click.argument("what", type=click.Choice([*OF_ACTIVITY, "runs", *OF_PLAN]))
@click.argument("which", required=False)
@click.option(
    "--as",
    "ending",
    help="fit, numbered, zwo or txt of a week or workout; fit, rest or gpx of forward-only; png or svg of a card.",
)
@click.option("--to", type=click.Path(path_type=Path), help="File or folder; `-` is the terminal. By default here.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.pass_context
def export_command(
    ctx: click.Context, what: str, which: str | None, ending: str | None, to: Path | None, force: bool
) -> None:
    r"""Get things out.

    \b
    original, bouts, samples, geojson   of an activity: WHICH is its id or `last`. The original holds all
                                        positions, the others none that lies in a privacy zone
    card                                a picture of an activity to share
    forward-only                        a copy without the backward stretches, for services that know
                                        one direction only: cut (fit, gpx), or marked as rest (rest)
    runs                                the list of activities as CSV
    workout                             one workout: WHICH is its id. FIT for a watch, ZWO for a
                                        treadmill app, text for intervals.icu (--as fit, zwo, txt)
    week                                the workouts of a week, zipped: WHICH is its number
    calendar, plan, json, pdf           the plan as ICS, as CSV, whole, for paper
    """
    if what == "calendar":  # making one remembers what was told: refuse before
        from backward_running.flows.export_plan import ICS_NAME

        _free(to, ICS_NAME, force=force)
    save(*_made(ctx, what, which, ending or "fit"), to, force=force)


def save(name: str, data: bytes, to: Path | None, *, force: bool) -> None:
    """Write a file where it was asked for, or into the terminal; says where. Raises BadValue."""
    if str(to) == "-":
        sys.stdout.buffer.write(data)
        return
    path = _free(to, name, force=force)
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise BadValue("to", "be a place that can be written to", str(path), f"{problem.strerror}.") from problem
    click.echo(str(path))


def _free(to: Path | None, name: str, *, force: bool) -> Path:
    """Return where a file goes. Raises BadValue where something stands there, or where no folder is."""
    path = Path(name) if to is None else to / name if to.is_dir() else to
    if path.exists() and not force:
        raise BadValue("to", "not be there yet", str(path), "Use --force to overwrite it, or --to another name.")
    if not path.parent.is_dir():
        raise BadValue("to", "be in a folder that is there", str(path))
    return path


def _made(ctx: click.Context, what: str, which: str | None, ending: str) -> tuple[str, bytes]:
    with opened(ctx) as store:
        if what == "runs":
            from backward_running.flows import export

            return export.runs_csv(store, ActivityQuery(limit=1_000_000))
        if what in OF_PLAN:
            return _of_plan(store, what, which, ending)
        return _of_activity(store, what, find_id(store, _needed(what, which)), ending)


def _needed(what: str, which: str | None) -> str:
    if which is None:
        raise click.UsageError(f"`backward export {what}` needs to know which.")
    return which


def _of_plan(store: Store, what: str, which: str | None, ending: str) -> tuple[str, bytes]:
    from backward_running.flows import export_plan

    if what == "calendar":
        return export_plan.plan_ics(store, now=now())
    if what == "plan":
        return export_plan.plan_csv(store, today=now().date())
    if what == "json":
        return export_plan.plan_json(store, today=now().date())
    if what == "pdf":
        units = units_of(store)
        return export_plan.plan_pdf(store, today=now().date(), speed_words=units.speed_and_pace)
    which = _needed(what, which)
    if ending not in export_plan.WRITERS:
        raise BadValue("as", f"be one of {', '.join(export_plan.WRITERS)}", ending)
    if what == "workout":
        return export_plan.workout_file(store, which, ending, today=now().date())
    if not which.isdigit():
        raise BadValue("week", "be a number such as 1", which)
    return export_plan.week_zip(store, int(which), ending, today=now().date())


def _of_activity(store: Store, what: str, activity_id: str, ending: str) -> tuple[str, bytes]:
    from backward_running.flows import export, forward_only

    if what == "forward-only":
        makers: dict[str, Maker] = {
            "fit": forward_only.fit,
            "rest": lambda store, which: forward_only.fit(store, which, forward_only.Backward.REST),
            "gpx": forward_only.gpx,
        }
        if ending not in makers:
            raise BadValue("as", f"be one of {', '.join(makers)}", ending)
        return makers[ending](store, activity_id)
    if what == "card":
        return _card(store, activity_id, ending)
    makers = {
        "original": export.original,
        "bouts": export.bouts_csv,
        "samples": export.samples_csv,
        "geojson": export.track_geojson,
    }
    return makers[what](store, activity_id)


def _card(store: Store, activity_id: str, ending: str) -> tuple[str, bytes]:
    from backward_running.apps.web.drawing import card as drawing
    from backward_running.flows.card import run_card
    from backward_running.flows.export import named

    writers = {"png": drawing.png, "svg": drawing.svg}
    ending = "png" if ending == "fit" else ending  # nothing was said
    if ending not in writers:
        raise BadValue("as", f"be one of {', '.join(writers)}", ending)
    card = run_card(store, activity_id)
    return named(card.row, f"card.{ending}"), writers[ending](card, units_of(store))
