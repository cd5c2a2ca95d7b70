"""What a file does not say and you know: one set of options for every command that reads files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from backward_running.apps.cli._shared import Number
from backward_running.apps.words.metadata_fields import moment_of, pairs_of
from backward_running.core.errors import BadValue
from backward_running.core.mounting import axes_of
from backward_running.core.recording import ON_FOOT_SPORTS
from backward_running.core.supplied_metadata import PLACES, SuppliedMetadata

Command = Callable[..., Any]

HOW_COLUMNS = (
    "Name them with --columns, such as --columns time_s=t,acc_x=ax,acc_y=ay,acc_z=az --unit acc=g; "
    "without a time column, add --rate-hz."
)
#: Words of --mount that name no axes.
KNOWN = {"known": True, "unknown": False}
#: What was refused → the option that helps.
_OPTION_OF = {
    "unit": "Use --unit, such as --unit acc=g,gyr=degps,time=ms.",
    "rate": "Use --rate-hz, such as --rate-hz 100.",
    "columns": HOW_COLUMNS,
    "mount": "Use --mount, such as --mount x=up,y=left,z=back or --mount unknown.",
}


class MountWord(click.ParamType[str]):
    """How a sensor sat: known, unknown, or where its axes point."""

    name = "mount"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Show it in the help as it is typed."""
        return "known|unknown|x=up,…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it."""
        text = str(value).strip().lower()
        if text in KNOWN:
            return text
        if "=" not in text:
            self.fail(f"{value!r} is none of known, unknown and axes such as x=up,y=left,z=back.", param, ctx)
        try:
            axes_of(pairs_of(text, "mount"))
        except BadValue as problem:
            self.fail(f"{value!r}: {problem}", param, ctx)
        return text


_OPTIONS = (
    click.option("--place", type=click.Choice(PLACES), help="Where the sensor sat, where the file does not say."),
    click.option(
        "--mount",
        type=MountWord(),
        help="Where its axes point, as x=up,y=left,z=back; known: right, forward, up of the body; or unknown.",
    ),
    click.option(
        "--columns", metavar="a=b,…", help="Of any CSV: our name=its name, as acc_x_mps2=ax,acc_y_mps2=-ay,time_s=t."
    ),
    click.option("--unit", "units", metavar="acc=g,…", multiple=True, help="Of any CSV: units of acc, gyr, mag, time."),
    click.option("--rate-hz", type=Number(), help="Of any CSV without a time: samples per second."),
)
_BESIDE = click.option(
    "--with",
    "beside",
    metavar="[PLACE=]FILE",
    multiple=True,
    help="Another file of the same run: gyroscope of the same phone, or a sensor elsewhere, as waist=back.csv.",
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


def beside_option(command: Command) -> Command:
    """Give a command the option to take other files of the same run."""
    return _BESIDE(command)


def files_beside(texts: Sequence[str]) -> list[tuple[Path, str | None]]:
    """Read ``waist=back.csv`` or ``gyro.csv``: where the file lies, and where its sensor sat.

    Raises
    ------
    BadValue
        There is no such file.
    """
    found = []
    for text in texts:
        place, equals, rest = text.partition("=")
        named = bool(equals) and place in PLACES
        path = Path(rest if named else text)
        if not path.is_file():
            raise BadValue("with", "name a file, after a place or without one", text, "Such as waist=back.csv.")
        found.append((path, place if named else None))
    return found


def together(
    name: str, data: bytes, beside: Sequence[str], told: SuppliedMetadata
) -> tuple[str, bytes, SuppliedMetadata]:
    """Return a file with those beside it put together; alone it stays as it is. Raises BadValue."""
    if not beside:
        return name, data, told
    from backward_running.flows.joining import File, put_together

    others = [File(path.name, path.read_bytes(), place) for path, place in files_beside(beside)]
    lead_place = told.place if any(other.place is not None for other in others) else None
    told = replace(told, place=None) if lead_place is not None else told
    return put_together([File(name, data, lead_place), *others], told)


def when_options(command: Command) -> Command:
    """Give a command the options of what is kept: ``date`` and ``sport``."""
    for option in reversed(_WHEN):
        command = option(command)
    return command


def metadata_of(options: dict[str, Any], zone: str = "UTC") -> SuppliedMetadata:
    """Gather the values of the options; a date without a zone is on the clock of `zone`.

    >>> metadata_of({"place": "waist", "mount": "known", "units": ("acc=g",)}).units
    {'acc': 'g'}
    >>> metadata_of({"mount": "x=up,y=left,z=back"}).axes
    ('up', 'left', 'back')
    """
    mount, columns, units = options.get("mount"), options.get("columns"), options.get("units")
    return SuppliedMetadata(
        place=options.get("place"),
        mount_known=KNOWN.get(mount) if mount is not None else None,
        columns=pairs_of(columns, "columns") if columns else None,
        units=pairs_of(",".join(units), "unit") if units else None,
        rate_hz=options.get("rate_hz"),
        started_at=moment_of(options["date"], zone) if options.get("date") else None,
        sport=options.get("sport"),
        axes=axes_of(pairs_of(mount, "mount")) if mount is not None and mount not in KNOWN else None,
    )


@contextmanager
def naming_options() -> Iterator[None]:
    """Name the option that helps beside a refusal of what was told."""
    try:
        yield
    except BadValue as problem:
        option = _OPTION_OF.get(problem.instead or problem.name, "")
        if not option:
            raise
        raise BadValue(problem.name, problem.rule, problem.got, f"{problem.hint} {option}".strip()) from problem
