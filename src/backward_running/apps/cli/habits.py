"""What was learned of how you run: show it, use it on older recordings, forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import SIMULATED_NOTE, json_option, opened, say_json, units_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backward_running.apps.units import Units
    from backward_running.core.ports import Store
    from backward_running.flows.judging import Learned


@click.command("habits")
@click.option("--judge-again", is_flag=True, help="Judge older recordings that you did not label with it.")
@click.option("--forget", is_flag=True, help="Forget all that was learned; recordings and labels stay.")
@json_option
@click.pass_context
def habits_command(ctx: click.Context, judge_again: bool, forget: bool, as_json: bool) -> None:
    """Show what was learned of how you run: your steps forward, and backward where you labelled it."""
    from backward_running.flows import judging as flow

    if judge_again and forget:
        raise click.UsageError("--judge-again and --forget are two things: say one of them.")
    with opened(ctx) as store:
        if forget:
            taught = flow.forget_all(store)
            click.echo(f"Forgotten: what {_counted(taught)} had taught." if taught else "Nothing had been learned.")
        elif judge_again:
            _judge_again(store, as_json=as_json)
        else:
            found = flow.what_was_learned(store)
            if as_json:
                say_json(found)
            else:
                for line in _lines(found, units_of(store)):
                    click.echo(line)


def _judge_again(store: Store, *, as_json: bool) -> None:
    from backward_running.apps.units import clock
    from backward_running.flows import judging as flow

    done = []
    for one in flow.judge_again(store):
        done.append(one)
        if not as_json:
            said = (
                f"asks about {clock(one.asked_s)}, before {clock(one.asked_before_s)}" if one.changed else "as it was"
            )
            click.echo(f"{one.number} of {one.of}  {one.row.started_at:%Y-%m-%d}  {one.row.title}: {said}")
    if as_json:
        say_json(done)
        return
    changed = sum(one.changed for one in done)
    click.echo(f"{changed} of {len(done)} are judged otherwise now." if done else "There is nothing to judge anew.")


def _lines(found: Learned, units: Units) -> Iterator[str]:
    from backward_running.apps.units import minutes, share

    known = found.known
    if found.simulated:
        yield SIMULATED_NOTE
    if not known.recordings:
        yield "Nothing is learned yet. It is learned from recordings on foot with speed and cadence."
        return
    yield f"Learned from {_counted(known.recordings)}, {minutes(known.forward_run_s)} of running forward."
    if known.forward_cadence:
        steps = ", ".join(f"{cadence:.0f} at {units.pace(speed)}" for speed, cadence in known.forward_cadence)
        yield f"Your steps a minute, forward: {steps}."
    yield from _backward(found)
    yield f"Before a recording is looked at, {share(known.backward_share)} of it is taken to be backward."
    if found.unlabelled:
        yield (
            f"Recordings you did not label: {found.unlabelled}. To judge them anew with this: "
            "backward habits --judge-again"
        )


def _counted(recordings: int) -> str:
    return "1 recording" if recordings == 1 else f"{recordings} recordings"


def _backward(found: Learned) -> Iterator[str]:
    known = found.known
    own = (
        (known.backward_cadence, "your steps come {:.2f} times as often"),
        (known.backward_heart_rate, "your heart beats {:.2f} times as fast"),
        (known.backward_contact_time, "your feet stay down {:.2f} times as long"),
        (known.backward_vertical_oscillation, "you bounce {:.2f} times as far"),
        (known.backward_speed, "you go at {:.2f} of your usual speed"),
    )
    seen = [words.format(one.ratio) for one, words in own if one is not None]
    if not seen:
        yield "Backward: nothing of your own yet; what studies found is taken. Label a stretch and yours is learned."
        return
    recordings = max(one.recordings for one, _ in own if one is not None)
    yield f"Backward, from {_counted(recordings)} with your labels, at equal speed: {', '.join(seen)}."
