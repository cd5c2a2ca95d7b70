"""Judge anew what does not match any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import PARTLY
from backward_running.apps.cli._shared import json_option, opened, say_json

if TYPE_CHECKING:
    from backward_running.core.ports import Store


@click.command("recompute")
@click.option("--check", is_flag=True, help="Only say what does not match; every activity is looked at.")
@json_option
@click.pass_context
def recompute_command(ctx: click.Context, check: bool, as_json: bool) -> int:
    """Judge anew whose stored numbers do not match what is known now. The open app does this by itself."""
    with opened(ctx) as store:
        return _check(store, as_json=as_json) if check else _recompute(store, as_json=as_json)


def _check(store: Store, *, as_json: bool) -> int:
    from backward_running.core.counting import counted
    from backward_running.flows import anew

    found = list(anew.mismatches(store))
    if as_json:
        say_json(found)
    else:
        for stale in found:
            click.echo(f"{stale.activity_id}  of another {stale.why}")
        does = f"{counted(len(found), 'activity', 'activities')} to judge anew: backward recompute"
        click.echo(does if found else "All stored numbers match what is known.")
    return PARTLY if found else 0


def _recompute(store: Store, *, as_json: bool) -> int:
    from backward_running.core.counting import counted
    from backward_running.flows import anew

    done = []
    for derived in anew.derive_anew(store):
        done.append(derived)
        if not as_json:
            said = (
                f"{derived.activity_id}  {derived.left} left"
                if derived.problem is None
                else f"{derived.activity_id}  {derived.problem}"
            )
            click.echo(said, err=derived.problem is not None)
    failed = sum(derived.problem is not None for derived in done)
    if as_json:
        say_json(
            [
                {"activity_id": derived.activity_id, "problem": derived.problem and str(derived.problem)}
                for derived in done
            ]
        )
    elif not done:
        click.echo("All stored numbers match what is known.")
    else:
        click.echo(f"{counted(len(done) - failed, 'activity was', 'activities were')} judged anew.")
    return PARTLY if failed else 0
