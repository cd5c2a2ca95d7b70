"""Notes, shoes and photos of activities."""

from __future__ import annotations

from pathlib import Path

import click

from backward_running.apps.cli._shared import find_id, json_option, now, opened, say_json, say_table, units_of
from backward_running.core.errors import NotFound
from backward_running.core.ports import Store


@click.command("note")
@click.argument("activity")
@click.argument("text", required=False)
@click.option("--shoes", "shoes_name", metavar="NAME", help="The shoes it was run in; `none` takes that back.")
@click.option("--photo", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Add a photo.")
@json_option
@click.pass_context
def note_command(
    ctx: click.Context, activity: str, text: str | None, shoes_name: str | None, photo: Path | None, as_json: bool
) -> None:
    """Show or write the note of an activity; an empty TEXT takes it away.

    Of a photo where and by what it was made is taken out before it is saved.
    """
    from backward_running.flows import keepsakes

    with opened(ctx) as store:
        activity_id = find_id(store, activity)
        if shoes_name is not None:
            keepsakes.wear(store, activity_id, "" if shoes_name == "none" else _shoe_id(store, shoes_name))
        if text is not None:
            keepsakes.write_note(store, activity_id, text)
        if photo is not None:
            keepsakes.add_photo(store, activity_id, photo.read_bytes())
        kept = keepsakes.of_run(store, activity_id)
    if as_json:
        say_json(kept)
        return
    worn = next((shoe.name for shoe in kept.shoes if shoe.shoe_id == kept.note.shoe_id), None)
    click.echo(kept.note.text or "No note.")
    click.echo(f"Shoes: {worn or 'not said'}. Photos: {len(kept.photos)}.")


@click.command("shoes")
@click.option("--add", metavar="NAME", help="Add a pair.")
@click.option("--start-km", type=float, default=0.0, help="What the pair has run before.")
@click.option("--retire", metavar="NAME", help="Take a pair out of use.")
@json_option
@click.pass_context
def shoes_command(ctx: click.Context, add: str | None, start_km: float, retire: str | None, as_json: bool) -> None:
    """Show shoes and what was run in them; add or retire a pair."""
    from backward_running.flows import keepsakes

    with opened(ctx) as store:
        if add is not None:
            keepsakes.add_shoe(store, add, start_km * 1000.0)
        if retire is not None:
            keepsakes.retire(store, _shoe_id(store, retire), now().date())
        shoes, units = keepsakes.shoes(store), units_of(store)
    if as_json:
        say_json(shoes)
    elif not shoes:
        click.echo("No shoes yet; `backward shoes --add NAME` adds a pair.")
    else:
        rows = [
            (shoe.shoe.name, units.distance(shoe.distance_m), shoe.runs, "retired" if shoe.shoe.retired_on else "")
            for shoe in shoes
        ]
        say_table(("shoes", "distance", "runs", ""), rows, right=(1, 2))


def _shoe_id(store: Store, name: str) -> str:
    for shoe in store.shoes():
        if shoe.name == name:
            return shoe.shoe_id
    raise NotFound(f"There are no shoes called {name!r}; `backward shoes` lists them.")
