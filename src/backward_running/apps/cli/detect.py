"""Judge a file without saving it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._metadata_options import (
    HOW_COLUMNS,
    beside_option,
    metadata_of,
    metadata_options,
    naming_options,
    together,
)
from backward_running.apps.cli._shared import bouts_of, json_option, name_of, opened, question_of, say_json, say_table

if TYPE_CHECKING:
    from backward_running.core.habits import Habits
    from backward_running.flows.detect import Detected


@click.command("detect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--rows", "as_rows", is_flag=True, help="One row per second: time, state, probability; CSV, or --json.")
@metadata_options
@beside_option
@click.option("--laps", metavar="PATTERN", help="What you know of the laps: odd-backward, even-backward, 2,4-backward.")
@click.option("--me", is_flag=True, help="Judge with what your store has learned of how you run.")
@json_option
@click.pass_context
def detect_command(
    ctx: click.Context,
    /,
    file: Path,
    as_rows: bool,
    beside: tuple[str, ...],
    laps: str | None,
    me: bool,
    as_json: bool,
    **options: Any,
) -> int | None:
    """Say which way a FILE was run: stretches with direction, gait, probability and what they were found by.

    Nothing is saved. A file of any format that can be imported will do, or any CSV whose columns you name. What cannot
    be told is unknown, and why is said. Nobody's habits are used, and no store is needed, unless you say --me.
    Several files of one run, as of two feet, or of a phone that writes each sensor into a file, are judged together
    with --with.
    """
    from backward_running.flows import detect as flow
    from backward_running.flows.metadata_check import check_metadata

    data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    told = metadata_of(options)
    with naming_options():
        check_metadata(told)
    habits = _own_habits(ctx) if me else None
    with naming_options():
        name, data, told = together(file.name, data, beside, told)
        found = flow.detect(name, data, told, laps=laps, habits=habits)
    if as_rows and as_json:
        say_json([_as_json(one, "rows", list(one.rows())) for one in found])
    elif as_rows:
        sys.stdout.buffer.write(flow.rows_csv(found))
        sys.stdout.buffer.flush()
    elif as_json:
        say_json([_as_json(one, "bouts", bouts_of(one.bouts)) for one in found])
    else:
        for one in found:
            _say(one, named=len(found) > 1)
    for one in found:
        if not one.bouts and (as_rows or as_json):
            click.echo(f"unknown, because: {_because(one)}", err=True)
    return None if any(one.bouts for one in found) else 1


def _as_json(one: Detected, name: str, content: object) -> dict[str, object]:
    return {"name": one.name, "unknown_because": one.unknown_because, "losses": one.losses, name: content}


def _own_habits(ctx: click.Context) -> Habits:
    """Return what was learned of the real runner; a demo runner teaches nobody."""
    with opened(ctx) as store:
        habits = store.habits().of(simulated=False)
    if not habits.traits:
        click.echo("Nothing was learned of you yet, so nobody's habits are used: import runs first.", err=True)
    return habits


def _because(one: Detected) -> str | None:
    return f"{one.unknown_because} {HOW_COLUMNS}" if one.columns else one.unknown_because


def _say(one: Detected, *, named: bool) -> None:
    from backward_running.apps.words.units import clock, share
    from backward_running.core.habits import Habits
    from backward_running.flows.asked_backward import asked

    asks = asked(one.bouts, Habits())

    if named:
        click.secho(one.name, bold=True)
    for loss in one.losses:
        click.echo(loss)
    if not one.bouts:
        click.echo(f"unknown, because: {_because(one)}")
        return
    say_table(
        ("from", "to", "direction", "sure", "found by", ""),
        [
            (
                clock(facts.bout.start_s),
                clock(facts.bout.end_s),
                name_of(facts.bout.direction, facts.bout.gait),
                share(facts.bout.probability_share),
                facts.bout.found_by.replace("_", " "),
                question_of(facts.bout.hint) if facts in asks else "",
            )
            for facts in one.bouts
        ],
        right=(0, 1, 3),
    )
    if one.unknown_because is not None:
        click.echo(f"Unknown in part, because: {one.unknown_because}")
