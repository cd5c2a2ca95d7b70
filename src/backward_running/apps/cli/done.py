"""Say that a session was done without a recording, and take it back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import DAY, Number, json_option, now, opened, say_json
from backward_running.core.errors import BadValue, NotFound

if TYPE_CHECKING:
    from backward_running.core.adaptation import SaidDone
    from backward_running.core.plan import Workout
    from backward_running.core.ports import Store


@click.command("done")
@click.argument("session", required=False)
@click.option("--minutes", type=Number(0, min_open=True), help="Minutes you went backward; else as planned.")
@click.option("--on", "day", type=DAY, help="The day you did it; the planned one where it is left out.")
@click.option("--else", "extra", is_flag=True, help="Something else than a session of the plan; goes with --minutes.")
@click.option("--forward", type=Number(0), help="Minutes you went forward; goes with --else.")
@click.option("--beside", metavar="NAME", help="Who stayed with you the whole time; from 65 on that matters.")
@click.option("--as-planned", is_flag=True, help="Lay its steps on its recording, which shows no direction.")
@click.option("--not-done", is_flag=True, help="Say that it was not done: nobody asks again.")
@click.option("--take-back", is_flag=True, help="Take it back: the session was not done.")
@json_option
@click.pass_context
def done_command(
    ctx: click.Context, /, session: str | None, minutes: float | None, day: datetime | None, as_json: bool, **how: Any
) -> None:
    """Say that SESSION was done without a recording: your word is saved as said, not seen.

    SESSION is an id of `backward plan`, or its ending: w03-2. Left out: the last one of these days that has none. What
    the plan does not have, or has no more, is told with --else: it counts for the load and for the rules all the same.
    """
    from backward_running.apps.words.units import minutes as in_minutes
    from backward_running.flows import said_done

    with opened(ctx) as store:
        if how["take_back"]:
            said_done.take_back(store, _said(store, session))
            click.echo("Taken back: the session counts as not done.", err=as_json)
            return
        on = day.date() if day else None
        backward_s = None if minutes is None else 60.0 * minutes
        if how["not_done"]:
            said_done.say_not_done(store, _session(store, session), now=now())
            click.echo("Kept: not done. The plan answers to it.", err=as_json)
            return
        if how["as_planned"]:
            _lay(store, session, as_json=as_json)
            return
        if how["extra"]:
            said = _say_extra(store, session, on, backward_s, 60.0 * (how["forward"] or 0.0))
        elif how["forward"] is not None:
            raise click.UsageError("--forward goes with --else: of a session the plan knows how much is forward.")
        else:
            said = said_done.say_done(store, _session(store, session), now=now(), on=on, backward_s=backward_s)
        if how["beside"] is not None:
            _say_beside(store, said, how["beside"])
    if as_json:
        say_json({"workout_id": said.workout_id, "on": said.on, "backward_s": said.backward_s, "said_at": said.said_at})
        return
    if said_done.is_extra(said.workout_id):
        click.echo(f"Its id is {said.workout_id}, should you take it back.")
    # Its title says what to do: behind a stop no door gives that out.
    click.echo(f"Kept by your word: {in_minutes(said.backward_s)} backward on {said.on:%A %d %B %Y}.")
    if how["beside"] is not None:
        click.echo(f"{' '.join(how['beside'].split())} stayed with you. It counts once a recording of it is here.")
    click.echo(f"Say how it felt: `backward log --run {said_done.word_id(said.workout_id)} --moment after`.")


def _say_beside(store: Store, said: SaidDone, name: str) -> None:
    """Keep who stayed beside a session; a recording that takes its place takes that along."""
    from backward_running.core.athlete import CheckIn, Moment
    from backward_running.flows import coach, said_done

    words = " ".join(name.split())
    if not words:
        raise BadValue("beside", "be the name of who stayed with you", name, "Write a name, or leave --beside out.")
    of_it = said_done.word_id(said.workout_id)
    coach.add_check_in(store, CheckIn(now(), Moment.AFTER, activity_id=of_it, supervised_by=words))


def _lay(store: Store, session: str | None, *, as_json: bool) -> None:
    """Lay the steps of a session on its recording. Raises NotFound where there is none."""
    from backward_running.flows import as_planned, match

    workout = _session(store, session)
    compared = match.compare(store, workout.workout_id)
    if compared is None:
        raise NotFound("No recording of this session is here; `backward done` without --as-planned keeps your word.")
    as_planned.lay(store, workout, compared.row.activity_id, now=now())
    click.echo(f"Laid on {compared.row.title}, by your word. `backward undo` takes it back.", err=as_json)


def _say_extra(
    store: Store, session: str | None, on: date | None, backward_s: float | None, forward_s: float
) -> SaidDone:
    from backward_running.flows import said_done

    if session is not None:
        raise click.UsageError("--else is for what is no session of the plan; leave SESSION out.")
    if backward_s is None:
        raise click.UsageError("--else needs --minutes: how long did you go backward?")
    moment = now()
    return said_done.say_extra(store, now=moment, on=on or moment.date(), backward_s=backward_s, forward_s=forward_s)


def _said(store: Store, given: str | None) -> str:
    """Return the id of what was said to be done. Raises NotFound."""
    from backward_running.flows import coach

    if given is not None:
        found = [word.workout_id for word in store.said_done() if word.workout_id.endswith(given)]
        if len(found) == 1:
            return found[0]
        raise NotFound(f"Nothing was said of {given!r} that could be taken back; name it by its whole id.")
    last = coach.today(store, now=now()).last_said
    if last is None:
        raise NotFound("Nothing was said of these days; name what you take back by its id.")
    return last.workout_id


def _session(store: Store, given: str | None) -> Workout:
    """Return the session that is meant. Raises NotFound."""
    from backward_running.apps.cli.adapt import find_session
    from backward_running.flows import coach

    if given is not None:
        return coach.workout(store, find_session(store, given))
    view = coach.today(store, now=now())
    if view.not_recorded is not None:
        return view.not_recorded
    raise NotFound(
        "No session of these days is open; name one by its id: `backward plan` shows them. What the plan does not have "
        "is told with `backward done --else --minutes N`."
    )
