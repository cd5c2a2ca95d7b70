"""Say which way you ran; take it back."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import find_id, json_option, now, opened, say_json, seconds_of
from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Paint
from backward_running.flows.views import ActivityPage


@click.command("label")
@click.argument("activity")
@click.argument("start")
@click.argument("end")
@click.argument("direction", type=click.Choice(["forward", "backward", "sideways", "unknown"]))
@click.option("--gait", type=click.Choice(["walk", "run"]), help="By default as found from the speed.")
@json_option
@click.pass_context
def label_command(
    ctx: click.Context, activity: str, start: str, end: str, direction: str, gait: str | None, as_json: bool
) -> None:
    """Say which way you ran from START to END (12:34, or seconds; END may be `end`).

    Your word is kept beside what was detected and wins over it; `backward undo` takes it back.
    """
    from backward_running.flows import paint as flow

    with opened(ctx) as store:
        activity_id = find_id(store, activity)
        end_s = store.row(activity_id).duration_s if end == "end" else seconds_of(end)
        stroke = Paint(seconds_of(start), end_s, Direction(direction), Gait(gait) if gait else None, now())
        page = flow.paint(store, activity_id, stroke)
    _say(page, as_json)


@click.command("undo")
@click.argument("activity")
@json_option
@click.pass_context
def undo_command(ctx: click.Context, activity: str, as_json: bool) -> None:
    """Take the newest label of an activity back."""
    from backward_running.flows import paint as flow

    with opened(ctx) as store:
        page = flow.undo(store, find_id(store, activity))
    _say(page, as_json)


def _say(page: ActivityPage, as_json: bool) -> None:
    if as_json:
        say_json(page)
        return
    from backward_running.apps.units import clock

    ledger = page.ledger
    click.echo(
        f"Forward {clock(ledger.forward.moving_s)}, backward {clock(ledger.backward.moving_s)}, "
        f"unknown {clock(ledger.unknown.moving_s)}. Labels of yours: {len(page.paints)}."
    )
