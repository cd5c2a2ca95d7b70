"""Trim, split, merge, and take that back."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import find_id, json_option, now, opened, say_json, seconds_of


@click.command("edit")
@click.argument("activity")
@click.option("--trim", nargs=2, metavar="FROM TO", help="Save only one stretch, such as 0:30 41:00.")
@click.option("--split", "at", metavar="AT", help="Part it in two at a moment.")
@click.option("--merge", "others", multiple=True, metavar="ID", help="Join it with another; may be named again.")
@click.option("--undo", is_flag=True, help="Take the newest edit of it back.")
@json_option
@click.pass_context
def edit_command(
    ctx: click.Context,
    activity: str,
    trim: tuple[str, str] | None,
    at: str | None,
    others: tuple[str, ...],
    undo: bool,
    as_json: bool,
) -> None:
    """Trim, split or merge activities. The files stay as they came, and each change can be taken back."""
    if sum((trim is not None, at is not None, bool(others), undo)) != 1:
        raise click.UsageError("Say one of --trim, --split, --merge and --undo.")
    from backward_running.flows import editing

    with opened(ctx) as store:
        activity_id = find_id(store, activity)
        if trim is not None:
            made = editing.trim(store, activity_id, *map(seconds_of, trim), now=now())
        elif at is not None:
            made = editing.split(store, activity_id, seconds_of(at), now=now())
        elif others:
            made = editing.merge(store, [activity_id, *(find_id(store, other) for other in others)], now=now())
        else:
            made = editing.undo(store, activity_id)
        titles = [store.row(source).title for source in (made.sources if undo else made.results)]
    if as_json:
        say_json(made)
        return
    words = {"trim": "trimmed", "split": "split in two", "merge": "joined into one", "same": "the same run, joined"}[
        made.kind
    ]
    if undo:
        click.echo(f"{' and '.join(titles)} {'are' if len(titles) > 1 else 'is'} as before.")
    else:
        click.echo(f"{titles[0]} was {words}; `backward edit {made.results[0][:8]} --undo` takes that back.")
