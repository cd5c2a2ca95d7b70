"""Privacy zones: where no position is given out."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import json_option, opened, say_json
from backward_running.core.errors import BadValue
from backward_running.core.privacy import PrivacyZone


@click.command("privacy")
@click.option(
    "--add", "name", metavar="NAME", help="Put a zone round the place of --at, or change the one of this name."
)
@click.option("--at", "place", metavar="LAT,LON", help="The place, such as 48.2082,16.3738.")
@click.option("--radius", "radius_m", type=float, default=300.0, show_default=True, help="Metres round it.")
@click.option("--remove", metavar="NAME", help="Take a zone away.")
@click.option("--home", is_flag=True, help="Forget all zones, and look for home: where your runs begin most often.")
@json_option
@click.pass_context
def privacy_command(
    ctx: click.Context,
    name: str | None,
    place: str | None,
    radius_m: float,
    remove: str | None,
    home: bool,
    as_json: bool,
) -> None:
    """Show or change the zones in which no position is given out: in no map, table, copy or card.

    Without a word of yours there is one round home. The original file, a backup and an export of everything are wholly
    yours: nothing is hidden in them.
    """
    from backward_running.flows import privacy

    if sum((name is not None, remove is not None, home)) > 1:
        raise click.UsageError("--add, --remove and --home ask for different things.")
    if (name is None) != (place is None):
        raise click.UsageError("--add NAME and --at LAT,LON go together.")
    with opened(ctx) as store:
        if name is not None and place is not None:
            privacy.add(store, PrivacyZone(name, *_place(place), radius_m))
        if remove is not None:
            privacy.remove(store, remove)
        if home:
            privacy.find_home(store)
        held = privacy.zones(store)
    if as_json:
        say_json(held)
        return
    for zone in held.zones:
        click.echo(f"{zone.name}: {zone.radius_m:g} m round {zone.latitude_deg:.4f}, {zone.longitude_deg:.4f}")
    if not held.zones:
        click.echo("There are no zones: every position is given out.")
    elif not held.chosen:
        click.echo("Found by itself: it is where your runs begin most often.")


def _place(text: str) -> tuple[float, float]:
    parts = text.replace(",", " ").split()
    try:
        latitude_deg, longitude_deg = map(float, parts)
    except ValueError as problem:
        raise BadValue("at", "be two numbers such as 48.2082,16.3738", text) from problem
    return latitude_deg, longitude_deg
