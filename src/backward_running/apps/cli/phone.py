"""The app for the phone: written out as files, and the coming week as a link to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import json_option, now, opened, say_json, units_of
from backward_running.core.errors import NotFound

if TYPE_CHECKING:
    from backward_running.flows.phone import Link


@click.group("phone")
def phone_command() -> None:
    """Run a session with the phone: it guides you, and records what no watch records."""


@phone_command.command("build")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def build_command(folder: Path) -> None:
    """Write the app for the phone into DIR: static files for any host that speaks HTTPS.

    The files hold no data of yours and send nothing anywhere. Put them on a web space of your own, open the address
    on the phone once, and keep it on the home screen: from then on it starts without a network.
    """
    from backward_running.apps.phone_app import build

    names = build(folder)
    click.echo(f"{len(names)} files are in {folder}. Put them on a host that speaks HTTPS, then say its address once:")
    click.echo("backward phone link --at https://you.example/backward/")


@phone_command.command("link")
@click.option("--at", "address", metavar="URL", help="Where you put the app; it is remembered.")
@json_option
@click.pass_context
def link_command(ctx: click.Context, address: str | None, as_json: bool) -> None:
    """Show the coming week as a code that the phone scans.

    The sessions stand behind the # of the address: it goes from this screen to the phone, and to no server.
    """
    from backward_running.apps.words.web_address import read_address
    from backward_running.flows import phone

    given = None if address is None else read_address(address)
    with opened(ctx) as store:
        if address is not None:
            phone.put_app_address(store, given)
        known = phone.app_address(store)
        if known is None:
            raise NotFound("Where the app lies is not known: `backward phone build DIR` writes it, `--at URL` says it.")
        made = phone.link(store, known, now=now(), unit=units_of(store).long_unit)
    if as_json:
        say_json({"address": made.address, "sessions": [workout.workout_id for workout in made.workouts],
                  "waiting": [workout.workout_id for workout in made.waiting], "last_on": made.last_on})  # fmt: skip
        return
    _say(made)


def _say(made: Link) -> None:
    import segno

    for workout in made.workouts:
        click.echo(f"{workout.on:%a} {workout.on.day} {workout.on:%b}  {workout.title}")
    for workout in made.waiting:
        click.echo(f"{workout.on:%a} {workout.on.day} {workout.on:%b}  {workout.title}: waits for a gate, left out")
    segno.make(made.address, error="l", micro=False).terminal(compact=True)
    click.echo(made.address)
    click.echo(f"Scan it with the phone. Good until {made.last_on.day} {made.last_on:%B}.")
