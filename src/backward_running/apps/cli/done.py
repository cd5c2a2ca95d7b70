"""Say that a session was done without a recording, and take it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import DAY, Number, json_option, now, opened, say_json
from backward_running.core.errors import NotFound

if TYPE_CHECKING:
    from backward_running.core.plan import Workout
    from backward_running.core.ports import Store


@click.command("done")
@click.argument("session", required=False)
@click.option("--minutes", type=Number(0, min_open=True), help="Minutes you went backward; else as planned.")
@click.option("--on", "day", type=DAY, help="The day you did it; the planned one where it is left out.")
@click.option("--take-back", is_flag=True, help="Take it back: the session was not done.")
@json_option
@click.pass_context
def done_command(
    ctx: click.Context, session: str | None, minutes: float | None, day: datetime | None, take_back: bool, as_json: bool
) -> None:
    """Say that SESSION was done without a recording: your word is kept as said, not seen.

    SESSION is an id of `backward plan`, or its ending: w03-2. Left out: the last one of these days that has none.
    """
    from backward_running.apps.words.units import minutes as in_minutes
    from backward_running.flows import said_done

    with opened(ctx) as store:
        workout = _session(store, session, said=take_back)
        if take_back:
            said_done.take_back(store, workout.workout_id)
            click.echo("Taken back: the session counts as not done.", err=as_json)
            return
        said = said_done.say_done(
            store,
            workout,
            now=now(),
            on=day.date() if day else None,
            backward_s=None if minutes is None else 60.0 * minutes,
        )
    if as_json:
        say_json({"workout_id": said.workout_id, "on": said.on, "backward_s": said.backward_s, "said_at": said.said_at})
        return
    # Its title says what to do: behind a stop no door gives that out.
    click.echo(f"Kept by your word: {in_minutes(said.backward_s)} backward on {said.on:%A %d %B %Y}.")
    click.echo(f"Say how it felt: `backward log --run {said_done.word_id(said.workout_id)} --moment after`.")


def _session(store: Store, given: str | None, *, said: bool) -> Workout:
    """Return the session that is meant. Raises NotFound."""
    from backward_running.apps.cli.adapt import find_session
    from backward_running.flows import coach

    if given is not None:
        return coach.workout(store, find_session(store, given))
    view = coach.today(store, now=now())
    if said and view.last_said is not None:
        return coach.workout(store, view.last_said.workout_id)
    if not said and view.not_recorded is not None:
        return view.not_recorded
    raise NotFound("No session of these days is open; name one by its id: `backward plan` shows them.")
