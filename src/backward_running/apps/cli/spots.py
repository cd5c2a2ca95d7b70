"""Find ground to run backward on, near a place."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import json_option, now, opened, say_json, say_table, units_of
from backward_running.apps.cli.region import regions_of
from backward_running.core.constants import METRES_PER_MILE
from backward_running.core.errors import BadValue

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.flows.own_ground import OwnFound

_KILOMETRES = re.compile(r"(\d+(?:\.\d+)?)\s*(km|m|mi)?", re.ASCII)
_METRES = {"km": 1000.0, "m": 1.0, "mi": METRES_PER_MILE, None: 1000.0}


@click.command("spots")
@click.option("--near", "place", metavar="LAT,LON", help="The place, such as 60.1719,24.9414.")
@click.option("--radius", default="3km", show_default=True, help="How far is looked, such as 800m or 3km.")
@click.option("--limit", default=15, show_default=True, type=click.IntRange(1, 200), help="How many are shown.")
@json_option
@click.pass_context
def spots_command(ctx: click.Context, place: str | None, radius: str, limit: int, as_json: bool) -> None:
    """Find straight, open ground near a place in a prepared region, ranked with its reasons.

    Without a prepared region, or without a place, it shows where your own runs keep to a line, day after day.
    What the map does not know is unknown and counts as the worst. Walk a stretch forward before you run it backward.
    """
    from backward_running.apps.words.spots import found_words, reasons_of, table_row
    from backward_running.core.ground import box_round
    from backward_running.flows import familiar, own_ground, spots
    from backward_running.flows.daylight import usual_hour

    asked, radius_m = None if place is None else place_of(place), radius_of(radius)
    if asked is not None:
        box_round(*asked, radius_m)
    regions = regions_of(ctx)
    with opened(ctx) as store:
        own_ground.look_through(store)
        passes = own_ground.passes(store) if asked is None else own_ground.passes(store, asked, radius_m)
        own = own_ground.most_run(passes)
        units = units_of(store)
        if asked is None or not regions.heads():
            _say_own(own, units, as_json=as_json)
            return
        found = spots.near(
            store,
            regions,
            asked,
            radius_m=radius_m,
            most=limit,
            today=now().date(),
            runs=spots.Runs(partial(familiar.visits, store), passes, usual_hour(store)),
        )
    if as_json:
        say_json({"found": found, "own": own})
        return
    if found.spots:
        say_table(
            ("score", "spot", "length", "away", "what", "start → end"),
            [table_row(spot, units) for spot in found.spots],
            right=(0, 2, 3),
        )
        click.echo()
        for spot in found.spots[:3]:
            click.echo(f"{spot.stretch.key}: {reasons_of(spot)}")
        click.echo()
    if own.straights:
        _say_straights(own, units)
        click.echo()
    for sentence in found_words(found):
        click.echo(sentence)


def _say_own(own: OwnFound, units: Units, *, as_json: bool) -> None:
    """Say where the runs of this runner keep to a line: no map is needed for that."""
    from backward_running.apps.words.spots import no_straights_words

    if as_json:
        say_json({"found": None, "own": own})
    elif own.straights:
        _say_straights(own, units)
        click.echo("A run says that you were there, not what stands there: walk it forward first.")
    else:
        click.echo(no_straights_words(own.runs))


def _say_straights(own: OwnFound, units: Units) -> None:
    from backward_running.apps.words.spots import own_words
    from backward_running.flows.own_ground import key_of

    click.echo("From your own runs, outside your privacy zones:")
    for straight in own.straights:
        click.echo(f"{key_of(straight)}: {straight.length_m:.0f} m; {'; '.join(own_words(straight, units))}")


def place_of(text: str) -> tuple[float, float]:
    """Read latitude and longitude. Raises BadValue."""
    parts = text.replace(",", " ").split()
    try:
        latitude_deg, longitude_deg = map(float, parts)
    except ValueError as problem:
        raise BadValue("near", "be two numbers such as 60.1719,24.9414", text) from problem
    return latitude_deg, longitude_deg


def radius_of(text: str) -> float:
    """Read a radius, km where no unit stands. Raises BadValue.

    >>> radius_of("3km"), radius_of("800 m"), radius_of("2")
    (3000.0, 800.0, 2000.0)
    """
    found = _KILOMETRES.fullmatch(text.strip().lower())
    if found is None:
        raise BadValue("radius", "be a length such as 800m or 3km", text)
    return float(found[1]) * _METRES[found[2]]
