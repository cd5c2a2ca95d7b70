"""Say which way many runs went, list what was said, take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import now, say_json, say_table
from backward_running.core.counting import counted
from backward_running.core.direction import Direction
from backward_running.core.statement import STATABLE, Runs, Statement

if TYPE_CHECKING:
    from backward_running.core.ports import Store
    from backward_running.flows.statements import Batch

SETS = ("before", "since", "watch", "every", "plain")
WAYS = tuple(direction.value for direction in STATABLE)


def meant(told: Mapping[str, Any]) -> Runs | None:
    """Return which runs are meant by options; None where none of many is.

    Raises
    ------
    BadValue
        The days are none, or the watch has no name.
    """
    if not any(told[name] for name in SETS):
        return None
    before = told["before"].date() if told["before"] else None
    if told["every"] and before is None:
        before = now().date() + timedelta(days=1)
    return Runs(
        since=told["since"].date() if told["since"] else None,
        before=before,
        device=told["watch"],
        plain=told["plain"],
    )


def say(store: Store, about: Runs, direction: str | None, *, as_json: bool) -> None:
    """Keep what is said of many runs, understand them anew, and say what all runs come to."""
    from backward_running.flows import anew, statements

    if direction not in WAYS:
        raise click.UsageError(f"Say which way they went: {', '.join(WAYS)}.")
    made = statements.state(store, about, Direction(direction), now=now())
    problems = [done for done in anew.derive_anew(store) if done.problem is not None]
    batch = statements.batch(store)
    if as_json:
        say_json(
            {
                "statement_id": made.statement_id,
                "runs": batch.runs,
                "shown": batch.shown,
                "forward_as_said": batch.forward,
                "backward_as_said": batch.backward,
                "ask": [row.activity_id for row in batch.asks],
            }
        )
        return
    for problem in problems:
        click.echo(f"{problem.activity_id} cannot be understood anew: {problem.problem}", err=True)
    click.echo(words_of(batch))
    click.echo("`backward undo --said` takes it back.")


def words_of(batch: Batch) -> str:
    """Say what runs come to, on one line."""
    parts = [counted(batch.runs, "run")]
    parts += [f"{batch.forward} forward as you said"] * bool(batch.forward)
    parts += [f"{batch.backward} backward as you said"] * bool(batch.backward)
    parts += [f"{batch.shown} shown by what was recorded or labelled"] * bool(batch.shown)
    return " · ".join([*parts, f"{len(batch.asks)} ask"])


def list_said(store: Store, *, as_json: bool) -> None:
    """List what was said of whole runs and holds, newest first."""
    from backward_running.flows import statements

    holding = statements.in_force(store)
    if as_json:
        say_json(holding)
    elif not holding:
        click.echo("Nothing was said of whole runs.")
    else:
        say_table(
            ("said on", "direction", "of"),
            [(_day(statement), statement.direction.value, _of(statement)) for statement in holding],
        )


def take_back(store: Store, *, as_json: bool) -> None:
    """Take back what was said last."""
    from backward_running.flows import anew, statements

    gone = statements.revoke_last(store, now=now())
    for _ in anew.derive_anew(store):
        pass
    if as_json:
        say_json(gone)
    else:
        click.echo(f"Taken back: {_of(gone)}, {gone.direction.value}.")


def _day(statement: Statement) -> str:
    return f"{statement.stated_at:%Y-%m-%d}"


def _of(statement: Statement) -> str:
    about = statement.about
    if about.activity_ids:
        return counted(len(about.activity_ids), "run") + " you chose"
    parts = ["runs"]
    parts += [f"from {about.since} on"] * bool(about.since)
    parts += [f"before {about.before}"] * bool(about.before)
    parts += [f"of {about.device}"] * bool(about.device)
    parts += ["without a backward step planned, marked or labelled"] * about.plain
    return " ".join(parts)
