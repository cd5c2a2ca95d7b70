"""What was learned of how you run: show it, use it on older recordings, forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import SIMULATED_NOTE, json_option, opened, say_json, units_of

if TYPE_CHECKING:
    from backward_running.core.ports import Store


@click.command("habits")
@click.option("--judge-again", is_flag=True, help="Judge older recordings that you did not label with it.")
@click.option("--forget", is_flag=True, help="Forget all that was learned; recordings and labels stay.")
@json_option
@click.pass_context
def habits_command(ctx: click.Context, judge_again: bool, forget: bool, as_json: bool) -> None:
    """Show what was learned of how you run: your steps forward, and backward where you labelled it."""
    from backward_running.core.counting import counted
    from backward_running.flows import judging as flow

    if judge_again and forget:
        raise click.UsageError("--judge-again and --forget are two things: say one of them.")
    with opened(ctx) as store:
        if forget:
            taught = flow.forget_all(store)
            click.echo(
                f"Forgotten: what {counted(taught, 'recording')} had taught." if taught else "Nothing had been learned."
            )
        elif judge_again:
            _judge_again(store, as_json=as_json)
        else:
            _show(store, as_json=as_json)


def _show(store: Store, *, as_json: bool) -> None:
    from backward_running.apps.words.habits import habit_lines
    from backward_running.flows import judging as flow

    found, unlabelled = flow.what_was_learned(store), flow.count_unlabelled(store)
    if as_json:
        say_json({"known": found.known, "simulated": found.simulated, "unlabelled": unlabelled})
        return
    if found.simulated:
        click.echo(SIMULATED_NOTE)
    for line in habit_lines(found, units_of(store)):
        click.echo(line)
    if unlabelled:
        click.echo(f"Recordings you did not label: {unlabelled}. To judge them anew: backward habits --judge-again")


def _judge_again(store: Store, *, as_json: bool) -> None:
    from backward_running.apps.words.units import clock
    from backward_running.flows import judging as flow
    from backward_running.flows.days import local_day

    done = []
    for judged in flow.judge_again(store):
        done.append(judged)
        if not as_json:
            said = (
                f"asks about {clock(judged.asked_s)}, before {clock(judged.asked_before_s)}"
                if judged.changed
                else "as it was"
            )
            click.echo(f"{judged.number} of {judged.of}  {local_day(judged.row)}  {judged.row.title}: {said}")
    if as_json:
        say_json(done)
        return
    changed = sum(judged.changed for judged in done)
    click.echo(f"{changed} of {len(done)} are judged otherwise now." if done else "There is nothing to judge anew.")
