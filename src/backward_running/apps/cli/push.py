"""Put the coming week into the calendar at intervals.icu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import json_option, now, opened, say_json
from backward_running.core.errors import NotFound

if TYPE_CHECKING:
    from backward_running.core.ports import PlannedEvents


@click.command("push")
@click.option("--on", "turn_on", is_flag=True, help="Turn it on: asks for your API key, which is not shown.")
@click.option("--off", "turn_off", is_flag=True, help="Forget the key, and take back what is to come.")
@click.option("--preview", is_flag=True, help="Only show what would be sent.")
@json_option
@click.pass_context
def push_command(ctx: click.Context, turn_on: bool, turn_off: bool, preview: bool, as_json: bool) -> None:
    """Send the sessions of the next seven days to intervals.icu, which hands them on to your watch.

    Off until you turn it on with a key of your own. Day, title and steps are sent, nothing else; a plan that was made
    anew replaces what is there. While a warning sign stands nothing is sent, and what is to come is taken back.
    """
    if sum((turn_on, turn_off, preview)) > 1:
        raise click.UsageError("--on, --off and --preview ask for different things.")
    from backward_running.apps.words.phrases import plural
    from backward_running.flows import push

    with opened(ctx) as store:
        if preview:
            events = push.preview(store, now=now())
            if as_json:
                say_json(events)
                return
            for event in events:
                click.echo(f"{event['start_date_local'][:10]} {event['name']}\n{event['description']}")
            click.echo(f"{plural(len(events), 'session')} would be sent to {push.SERVICE}, and nothing else.")
            return
        if turn_off:
            problem = push.turn_off(store, _remote(store.secret(push.KEY) or ""), now=now())
            click.echo(problem or "It is off, the key is forgotten, and what was to come was taken back.")
            return
        if turn_on:
            key = push.key_of(click.prompt("API key of intervals.icu", hide_input=True))
            pushed = push.turn_on(store, _remote(key), key, now=now())
        else:
            kept = store.secret(push.KEY)
            if kept is None:
                raise NotFound("The push is off; `backward push --preview` shows what it sends, `--on` turns it on.")
            pushed = push.push(store, _remote(kept), now=now())
    if as_json:
        say_json(pushed)
        return
    click.echo(f"At {push.SERVICE}: {plural(pushed.sent, 'session')}; taken out as out of date: {pushed.removed}.")


def _remote(key: str) -> PlannedEvents:
    from backward_running.apps.intervals_icu import IntervalsIcu

    return IntervalsIcu(key)
