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
        say_json([_as_json(detected, "rows", list(detected.rows())) for detected in found])
    elif as_rows:
        sys.stdout.buffer.write(flow.rows_csv(found))
        sys.stdout.buffer.flush()
    elif as_json:
        say_json([_as_json(detected, "bouts", bouts_of(detected.bouts)) for detected in found])
    else:
        for detected in found:
            _say(detected, named=len(found) > 1)
    for detected in found:
        if not detected.bouts and (as_rows or as_json):
            click.echo(f"unknown, because: {_because(detected)}", err=True)
    return None if any(detected.bouts for detected in found) else 1


def _as_json(detected: Detected, name: str, content: object) -> dict[str, object]:
    return {
        "name": detected.name,
        "unknown_because": detected.unknown_because,
        "only_claimed": detected.only_claimed,
        "losses": detected.losses,
        name: content,
    }


def _own_habits(ctx: click.Context) -> Habits:
    """Return what was learned of the real runner; a demo runner teaches nobody."""
    with opened(ctx) as store:
        habits = store.habits().of(simulated=False)
    if not habits.traits:
        click.echo("Nothing was learned of you yet, so nobody's habits are used: import runs first.", err=True)
    return habits


def _because(detected: Detected) -> str | None:
    return f"{detected.unknown_because} {HOW_COLUMNS}" if detected.columns else detected.unknown_because


def _say(detected: Detected, *, named: bool) -> None:
    from backward_running.apps.words.units import clock, share
    from backward_running.core.habits import Habits
    from backward_running.flows.asked_backward import asked

    asks = asked(detected.bouts, Habits())

    if named:
        click.secho(detected.name, bold=True)
    for loss in detected.losses:
        click.echo(loss)
    if not detected.bouts:
        click.echo(f"unknown, because: {_because(detected)}")
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
            for facts in detected.bouts
        ],
        right=(0, 1, 3),
    )
    if detected.unknown_because is not None:
        click.echo(f"Unknown in part, because: {detected.unknown_because}")
    if detected.only_claimed is not None:
        click.echo(detected.only_claimed)
