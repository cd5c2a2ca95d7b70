"""What a file does not say and you know: one set of options for every command that reads files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from backward_running.apps.cli._shared import Number
from backward_running.apps.words.metadata_fields import moment_of, pairs_of
from backward_running.core.errors import BadValue
from backward_running.core.recording import ON_FOOT_SPORTS
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata

Command = Callable[..., Any]

HOW_COLUMNS = (
    "Name them with --columns, such as --columns time_s=t,acc_x=ax,acc_y=ay,acc_z=az --unit acc=g; "
    "without a time column, add --rate-hz."
)
#: What was refused → the option that helps.
_OPTION_OF = {
    "unit": "Use --unit, such as --unit acc=g,gyr=degps,time=ms.",
    "rate": "Use --rate-hz, such as --rate-hz 100.",
    "columns": HOW_COLUMNS,
}

_OPTIONS = (
    click.option("--place", type=click.Choice(PLACES), help="Where the sensor sat, where the file does not say."),
    click.option(
        "--mount", type=click.Choice(["known", "unknown"]), help="Are its axes right, forward, up of the body?"
    ),
    click.option("--columns", metavar="a=b,…", help="Of any CSV: our name=its name, as acc_x_mps2=ax,time_s=t."),
    click.option("--unit", "units", metavar="acc=g,…", multiple=True, help="Of any CSV: units of acc, gyr, mag, time."),
    click.option("--rate-hz", type=Number(), help="Of any CSV without a time: samples per second."),
)
_WHEN = (
    click.option("--date", metavar="2026-11-20T18:00", help="When it began, where the file does not say."),
    click.option(
        "--sport", type=click.Choice(sorted(ON_FOOT_SPORTS)), help="What it was, where the file does not say."
    ),
)


def metadata_options(command: Command) -> Command:
    """Give a command the options of a body sensor; their values come under their names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def when_options(command: Command) -> Command:
    """Give a command the options of what is kept: ``date`` and ``sport``."""
    for option in reversed(_WHEN):
        command = option(command)
    return command


def metadata_of(options: dict[str, Any], zone: str = "UTC") -> SuppliedMetadata:
    """Gather the values of the options; a date without a zone is on the clock of `zone`.

    >>> metadata_of({"place": "waist", "mount": "known", "units": ("acc=g",)}).units
    {'acc': 'g'}
    """
    mount, columns, units = options.get("mount"), options.get("columns"), options.get("units")
    return SuppliedMetadata(
        place=options.get("place"),
        mount_known=None if mount is None else mount == "known",
        columns=pairs_of(columns, "columns") if columns else None,
        units=pairs_of(",".join(units), "unit") if units else None,
        rate_hz=options.get("rate_hz"),
        started_at=moment_of(options["date"], zone) if options.get("date") else None,
        sport=options.get("sport"),
    )


@contextmanager
def naming_options() -> Iterator[None]:
    """Name the option that helps beside a refusal of what was told."""
    try:
        yield
    except BadValue as problem:
        option = _option_for(problem)
        if not option:
            raise
        raise BadValue(problem.name, problem.rule, problem.got, f"{problem.hint} {option}".strip()) from problem


def _option_for(problem: BadValue) -> str:
    if problem.name == "columns" and "rate" in problem.hint:
        return _OPTION_OF["rate"]
    return _OPTION_OF.get(problem.name, "")
