"""The app for the phone: written out as files, and the coming week as a link to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import folder_of, json_option, now, opened, say_json, units_of
from backward_running.core.errors import NotFound

if TYPE_CHECKING:
    from backward_running.core.plan import Workout
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
    from backward_running.apps.cli.region import regions_of
    from backward_running.apps.words.spots import lane_words
    from backward_running.apps.words.web_address import read_address
    from backward_running.flows import phone, where

    given = None if address is None else read_address(address)
    with opened(ctx) as store:
        if address is not None:
            phone.put_app_address(store, given)
        known = phone.app_address(store)
        if known is None:
            raise NotFound("Where the app lies is not known: `backward phone build DIR` writes it, `--at URL` says it.")
        units, regions = units_of(store), regions_of(ctx)

        def lane_of(workout: Workout) -> str | None:
            fits = where.best_for(store, regions, workout)
            return lane_words(fits[0], units) if fits else None

        made = phone.link(store, known, now=now(), unit=units.long_unit, lane_of=lane_of)
    if as_json:
        say_json({"address": made.address, "sessions": [workout.workout_id for workout in made.workouts],
                  "waiting": [workout.workout_id for workout in made.waiting], "last_on": made.last_on})  # fmt: skip
        return
    _say(made)


@phone_command.command("certificate")
@click.option("--renew", "anew", is_flag=True, help="Make a new one; every phone has to install it.")
@click.option("--revoke", is_flag=True, help="Delete it and its key; nothing can be signed with it any more.")
@json_option
@click.pass_context
def certificate_command(ctx: click.Context, anew: bool, revoke: bool, as_json: bool) -> None:
    """Show the certificate that phones install, make it anew, or delete it.

    `backward serve --lan` makes one when it is first needed. It can vouch for private networks and for no site of the
    internet. Remove an old one on the phone, too: from here that cannot be done.
    """
    if anew and revoke:
        raise click.UsageError("--renew and --revoke ask for two different things.")
    from backward_running.apps.lan import authority

    folder = folder_of(ctx)
    if revoke:
        authority.revoke(folder)
    known = authority.renew(folder, now=now()) if anew else authority.known(folder)
    if as_json:
        said = None if known is None else {
            "fingerprint": known.fingerprint, "begins_at": known.begins_at, "ends_at": known.ends_at,
        }  # fmt: skip
        say_json({"certificate": said})
        return
    if known is None:
        click.echo("There is no certificate; `backward serve --lan` makes one when it is needed.")
        click.echo("One that runs hangs up within some seconds, and makes another, which phones have to install.")
        return
    click.echo(f"SHA-256 {known.fingerprint}")
    click.echo(
        f"Good until {known.ends_at.day} {known.ends_at:%B %Y}. A running app shows a new one within some seconds."
    )


@phone_command.command("paired")
@click.option("--forget", metavar="ID", help="Let a phone in no more.")
@json_option
@click.pass_context
def paired_command(ctx: click.Context, forget: str | None, as_json: bool) -> None:
    """Show which phones are paired, or forget one."""
    with opened(ctx) as store:
        if forget is not None and not store.forget_phone(forget):
            raise NotFound(f"No phone is paired under {forget!r}; `backward phone paired` lists them.")
        paired = store.phones()
    if as_json:
        say_json([{"id": phone.phone_id, "name": phone.name, "paired_at": phone.paired_at, "seen_at": phone.seen_at}
                  for phone in paired])  # fmt: skip
        return
    for phone in paired:
        click.echo(f"{phone.phone_id}  {phone.name}, paired on {phone.paired_at:%Y-%m-%d}")
    if not paired:
        click.echo("No phone is paired. Start `backward serve --lan`, then Today, “Run it with the phone”.")


def _say(made: Link) -> None:
    import segno

    for workout in made.workouts:
        click.echo(f"{workout.on:%a} {workout.on.day} {workout.on:%b}  {workout.title}")
    for workout in made.waiting:
        click.echo(f"{workout.on:%a} {workout.on.day} {workout.on:%b}  {workout.title}: waits for a gate, left out")
    segno.make(made.address, error="l", micro=False).terminal(compact=True)
    click.echo(made.address)
    click.echo(f"Scan it with the phone. Good until {made.last_on.day} {made.last_on:%B}.")
