"""Judge a file without keeping it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import bouts_of, json_option, name_of, say_json, say_table
from backward_running.core.errors import BadValue

if TYPE_CHECKING:
    from backward_running.core.session import Hint
    from backward_running.flows.detect import Detected

_PLACES = [
    "foot_left", "foot_right", "foot", "shank_left", "shank_right", "shank", "thigh_left", "thigh_right", "thigh",
    "waist", "chest", "wrist", "unknown",
]  # fmt: skip


@click.command("detect")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--rows", "as_rows", is_flag=True, help="Print CSV, one row per second: time, state, probability.")
@click.option("--place", type=click.Choice(_PLACES), help="Where the sensor sat, where the file does not say.")
@click.option("--mount", type=click.Choice(["known", "unknown"]), help="Are its axes right, forward, up of the body?")
@click.option("--columns", metavar="a=b,…", help="Of any CSV: our name=its name, as acc_x_mps2=ax,time_s=t.")
@click.option("--rate-hz", type=float, help="Of any CSV without a time: samples per second.")
@click.option("--unit", "units", metavar="acc=g,…", multiple=True, help="Of any CSV: units of acc, gyr, mag, time.")
@click.option("--laps", metavar="PATTERN", help="What you know of the laps: odd-backward, even-backward, 2,4-backward.")
@json_option
def detect_command(  # noqa: PLR0913, PLR0917 -- a command has an argument for each of its options
    file: Path,
    as_rows: bool,
    place: str | None,
    mount: str | None,
    columns: str | None,
    rate_hz: float | None,
    units: tuple[str, ...],
    laps: str | None,
    as_json: bool,
) -> int | None:
    """Say which way a FILE was run: bouts with direction, gait, probability and what they were found by.

    Nothing is kept and no store is needed. A file of any format that can be imported will do, or any CSV whose
    columns you name. What cannot be told is unknown, and why is said.
    """
    from backward_running.flows import detect as flow

    stated = flow.Stated(
        place=place,
        mount_known=None if mount is None else mount == "known",
        columns=pairs_of(columns, "columns") if columns else None,
        units=pairs_of(",".join(units), "unit") if units else None,
        rate_hz=rate_hz,
        laps=laps,
    )
    data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    found = flow.detect(file.name, data, stated)
    if as_rows:
        sys.stdout.buffer.write(flow.rows_csv(found))
        sys.stdout.buffer.flush()
    elif as_json:
        say_json([{"name": one.name, "unknown_because": one.unknown_because, "losses": one.losses,
                   "bouts": bouts_of(one.bouts)} for one in found])  # fmt: skip
    else:
        for one in found:
            _say(one, named=len(found) > 1)
    for one in found:
        if not one.bouts and (as_rows or as_json):
            click.echo(f"unknown, because: {one.unknown_because}", err=True)
    return None if any(one.bouts for one in found) else 1


def pairs_of(text: str, name: str) -> dict[str, str]:
    """Read ``a=b,c=d``.

    >>> pairs_of("acc_x_g=ax, time_ms=t", "columns")
    {'acc_x_g': 'ax', 'time_ms': 't'}
    """
    pairs = {}
    for part in text.split(","):
        ours, equals, theirs = part.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise BadValue(name, "be pairs such as acc_x_mps2=ax,time_s=t", part.strip())
        pairs[ours.strip()] = theirs.strip()
    return pairs


def _say(one: Detected, *, named: bool) -> None:
    from backward_running.apps.units import clock, share

    if named:
        click.secho(one.name, bold=True)
    for loss in one.losses:
        click.echo(loss)
    if not one.bouts:
        click.echo(f"unknown, because: {one.unknown_because}")
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
                _question(facts.bout.hint),
            )
            for facts in one.bouts
        ],
        right=(0, 1, 3),
    )
    if one.unknown_because is not None:
        click.echo(f"Unknown in part, because: {one.unknown_because}")


def _question(hint: Hint | None) -> str:
    """Ask, where something looks backward; what looks forward is not worth a question."""
    from backward_running.apps.units import share
    from backward_running.core.direction import Direction

    if hint is None or hint.direction is not Direction.BACKWARD:
        return ""
    return f"Was this backward? By {hint.found_by.replace('_', ' ')}: {share(hint.probability_share)}"
