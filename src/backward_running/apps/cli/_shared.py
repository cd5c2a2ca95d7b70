"""What every command shares: the store, the units, tables, JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.plain import plain
from backward_running.core.clock import in_zone
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store
    from backward_running.core.session import BoutFacts, Hint


class Number(click.FloatRange):
    """A number as people write it; what is no number, or has no end, is refused."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it."""
        read = float(super().convert(value, param, ctx))
        if not math.isfinite(read):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return read


class Day(click.DateTime):
    """A day as people write it, such as 2026-11-26, yesterday or 12 May; the moment at which it begins."""

    name = "day"

    def __init__(self, *, ahead: bool = False) -> None:
        super().__init__(["%Y-%m-%d"])
        self.ahead = ahead

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Show it in the help as it is typed."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it."""
        if _DAY.fullmatch(str(value)):
            with suppress(ValueError):
                return datetime.fromisoformat(str(value))
        from backward_running.apps.words.typed import read_day

        try:
            return datetime.combine(read_day(str(value), today=now().date(), ahead=self.ahead), time())
        except BadValue:
            return self.fail(f"{value!r} is no day such as 2026-11-26, yesterday or 26 November.", param, ctx)


class DirectionWord(click.Choice[str]):
    """A direction; "backwards" and "fwd" are understood, and what is nearly right is asked back."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read it."""
        from backward_running.apps.words.typed import read_direction

        allowed = [Direction(str(name)) for name in self.choices]
        try:
            return read_direction(str(value), allowed).value
        except BadValue as problem:
            self.fail(
                f"{value!r} is not one of {', '.join(map(str, self.choices))}. {problem.hint}".strip(), param, ctx
            )


YES_NO = click.Choice(["yes", "no"])
DAY, DAY_AHEAD = Day(), Day(ahead=True)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words; SI units inside.")

#: Where a running command keeps the store it has open.
_STORE = "backward_running.store"

#: More rows than anybody has.
MOST_ROWS = 1_000_000

#: A pipe or a file has no width; wide enough that no row breaks in two.
PIPE_WIDTH = 240

#: Hours and minutes end at 59, as on every watch; minutes that stand first may be more.
_TIME = re.compile(r"(?:(\d{1,3}):(?=[0-5]?\d:))?(\d{1,3}):([0-5]?\d(?:\.\d+)?)|(\d{1,7}(?:\.\d+)?)", re.ASCII)

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

SIMULATED_NOTE = "Simulated: made by a program, run by nobody."


def machine_clock() -> datetime:
    """Return the time, in UTC: the machine says when it is, never where."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the time on the runner's own clock, wherever the machine stands. Every command asks here."""
    return in_zone(machine_clock(), own_zone())


def own_zone() -> str:
    """Return the time zone of the runner whose store the running command is about."""
    from backward_running.flows import days

    ctx = click.get_current_context()
    if _STORE in ctx.meta:
        return days.own_zone(ctx.meta[_STORE])
    with opened(ctx) as store:
        return days.own_zone(store)


@contextmanager
def opened(ctx: click.Context) -> Iterator[Store]:
    """Open the store of ``--home`` for one command, as ``--person`` sees it. Raises NotFound."""
    from backward_running.store import default_home, open_store

    store = open_store(ctx.obj["home"] or default_home())
    try:
        ctx.meta[_STORE] = seen = _as_seen_by(store, ctx.obj.get("person"))
        try:
            yield seen
        finally:
            del ctx.meta[_STORE]
            keep_daily(ctx, store)
    finally:
        store.close()


def _as_seen_by(store: Store, name: str | None) -> Store:
    if name is None:
        return store
    from backward_running.flows import people

    return store.of(people.find(store, name).athlete_id)


def keep_daily(ctx: click.Context, store: Store) -> None:
    """Keep the copy of today, where that is set and it is not there. That it cannot be is said, and stops nothing."""
    from backward_running.core.errors import StoreError
    from backward_running.flows import profile

    place = place_of(ctx)
    try:
        if place is not None and profile.setting(store, "copies") == "daily":
            from backward_running.store import copies

            copies.keep_daily(place, now=machine_clock())
    except StoreError as problem:
        click.echo(f"No copy of today was kept: {problem}", err=True)


def folder_of(ctx: click.Context) -> Path:
    """Return the folder of the runner's own that goes with the store of ``--home``."""
    from backward_running.store import default_home, folder_beside

    return folder_beside(ctx.obj["home"] or default_home())


def place_of(ctx: click.Context) -> str | Path | None:
    """Return the folder or file of the store of ``--home``; None where it is on a server."""
    from backward_running.store import default_home, file_place

    return file_place(ctx.obj["home"] or default_home())


def open_folder(ctx: click.Context) -> str | None:
    """Say in one sentence that others may look into the folder of the store; None where they may not."""
    from backward_running.store.private import open_to_others

    folder = folder_of(ctx)
    if not open_to_others(folder):
        return None
    closing = f"`chmod 700 {folder}` closes it"
    return f"Others on this machine may look into {folder}; the store in it is closed to them, and {closing}."


def say_due(store: Store) -> None:
    """Say on the side how many stored numbers are from before a change; nothing where all match."""
    from backward_running.apps.words.due import due_sentence
    from backward_running.flows import anew

    due = anew.due(store)
    if due.activities:
        click.echo(f"{due_sentence(due.activities, due.of)} To do it now: backward recompute", err=True)


def units_of(store: Store) -> Units:
    """Return the runner's units."""
    from backward_running.apps.words.units import Units
    from backward_running.flows import profile

    return Units(profile.setting(store, "units"))


def say_json(thing: Any) -> None:
    """Print anything as JSON."""
    click.echo(json.dumps(plain(thing), ensure_ascii=False, indent=2))


def bouts_of(bouts: Iterable[BoutFacts]) -> list[dict[str, Any]]:
    """Return bouts as JSON has them: what was measured, and the length of a step that follows from it."""
    return [{**plain(bout), "step_length_m": bout.step_length_m} for bout in bouts]


def say_table(header: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> None:
    """Print a table in aligned columns."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, name in enumerate(header):
        table.add_column(name, justify="right" if number in right else "left")
    for row in rows:
        table.add_row(*[escape(str(cell)) for cell in row])
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    console.print(table)


def name_of(direction: Direction, gait: Gait | None) -> str:
    """Say a direction and gait in words."""
    return direction.value if gait is None else f"{direction.value} {gait.value}"


def question_of(hint: Hint | None) -> str:
    """Ask, where something looks backward; what looks forward is not worth a question."""
    from backward_running.apps.words.phrases import likely_words

    if hint is None or hint.direction is not Direction.BACKWARD:
        return ""
    return f"Was this backward? Steps and speed {likely_words(hint.probability_share)}."


def seconds_of(text: str) -> float:
    """Read ``754``, ``12:34`` or ``1:02:03`` as seconds.

    >>> seconds_of("12:34"), seconds_of("90")
    (754.0, 90.0)
    """
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadValue("time", "look like 12:34, 1:02:03 or 754 (seconds)", text)
    hours, minutes, seconds, plain = found.groups()
    return float(plain) if plain else int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def find_id(store: Store, given: str) -> str:
    """Complete a shortened activity id; ``last`` is the newest."""
    from backward_running.core.errors import NotFound
    from backward_running.core.ports import ActivityQuery

    rows = store.activities(ActivityQuery(limit=1_000_000))
    if given == "last" and rows:
        return rows[0].activity_id
    found = [row.activity_id for row in rows if row.activity_id.startswith(given)]
    if len(found) == 1:
        return found[0]
    if given in found:
        return given
    if found:
        raise BadValue("id", f"fit one activity; {len(found)} begin so", given, "Write a few more letters of it.")
    raise NotFound(f"No activity has an id that begins with {given!r}; `backward runs` lists them.")
