"""The calendar that can be subscribed to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import json_option, opened, own_zone, say_json

if TYPE_CHECKING:
    from backward_running.flows.feed import Clock

#: Typed for "no reminder".
NEVER = -1


@click.command("feed")
@click.option(
    "--open", "--renew", "make", is_flag=True, help="Make an address and say it, this once; an older one stops working."
)
@click.option("--close", "end", is_flag=True, help="Take the address back.")
@click.option("--at", help="Hour of a session, such as 18:00; `none` for entries of the whole day.")
@click.option("--zone", help="Time zone of the hour, such as Europe/Helsinki; yours, if you name none.")
@click.option("--remind", "remind_min", type=int, help="Minutes before a session to be reminded; -1 for never.")
@json_option
@click.pass_context
def feed_command(
    ctx: click.Context, make: bool, end: bool, at: str | None, zone: str | None, remind_min: int | None, as_json: bool
) -> None:
    """Let a calendar program on this machine follow the plan.

    The address works while `backward serve` runs. Who knows it can read your sessions.
    """
    if make and end:
        raise click.UsageError("--open and --close ask for two different things.")
    from backward_running.flows import feed

    with opened(ctx) as store:
        chosen = _chosen(feed.clock(store), at, zone, remind_min)  # refused before the first change
        token = feed.open_feed(store) if make else None
        if end:
            feed.close_feed(store)
        if at is not None or zone is not None or remind_min is not None:
            feed.put_clock(store, chosen)
        is_open, clock = feed.is_open(store), feed.clock(store)
    said: dict[str, Any] = {
        "open": is_open,
        "path": f"/calendar/{token}.ics" if token else None,
        "at": clock.at.isoformat("minutes") if clock.at else None,
        "zone": clock.zone,
        "remind_min": None if clock.remind_before is None else clock.remind_before.total_seconds() / 60,
    }
    if as_json:
        say_json(said)
        return
    if token:
        click.echo(f"Address: http://127.0.0.1:8484{said['path']}   (the port is that of `backward serve`)")
        click.echo("It is shown this once; who knows it can read your sessions.")
    elif is_open:
        click.echo("An address was given out; where it is lost, `backward feed --renew` makes a new one.")
    else:
        click.echo("There is no address to subscribe to.")
    click.echo(
        f"Sessions stand at {said['at']}, {clock.zone}." if clock.at else "Sessions are entries of the whole day."
    )


def _chosen(kept: Clock, at: str | None, zone: str | None, remind_min: int | None) -> Clock:
    """Change what was named, keep the rest. Raises BadValue."""
    from backward_running.flows import feed

    hour = kept.at.isoformat("minutes") if kept.at else None
    before = None if kept.remind_before is None else int(kept.remind_before.total_seconds() // 60)
    return feed.read_clock(
        at=hour if at is None else None if at == "none" else at,
        zone=zone or kept.zone or own_zone(),
        remind_min=before if remind_min is None else None if remind_min == NEVER else remind_min,
    )
