"""Move or leave out a session, say that you are ill or away, and see how the plan would change before it does."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import FAILED
from backward_running.apps.cli._shared import DAY, DAY_AHEAD, json_option, now, opened, say_json, say_table, units_of
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.plan import Change, Wish, WishKind, Workout

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store
    from backward_running.flows.plan_views import Proposal

yes_option = click.option("--yes", is_flag=True, help="Change the plan without asking again.")


@click.command("move")
@click.argument("session")
@click.argument("day", type=DAY_AHEAD, metavar="DAY")
@yes_option
@json_option
@click.pass_context
def move_command(ctx: click.Context, session: str, day: datetime, yes: bool, as_json: bool) -> int:
    """Move SESSION to DAY (YYYY-MM-DD). SESSION is an id of `backward plan`, or its ending: w03-2."""
    with opened(ctx) as store:
        wish = Wish(WishKind.MOVE, now(), find_session(store, session), to=day.date())
        return _ask(store, wish, yes, as_json)


@click.command("skip")
@click.argument("session")
@yes_option
@json_option
@click.pass_context
def skip_command(ctx: click.Context, session: str, yes: bool, as_json: bool) -> int:
    """Leave SESSION out. Its stage comes again in the week after."""
    with opened(ctx) as store:
        return _ask(store, Wish(WishKind.SKIP, now(), find_session(store, session)), yes, as_json)


@click.command("ill")
@click.option("--from", "first", type=DAY, help="The first day; today where it is left out.")
@click.option("--to", "last", type=DAY_AHEAD, help="The last day; leave it out while it lasts.")
@yes_option
@json_option
@click.pass_context
def ill_command(ctx: click.Context, first: datetime | None, last: datetime | None, yes: bool, as_json: bool) -> int:
    """Say that you are ill: nothing is planned until you say the last day.

    When you are well, say it with the same first day: `backward ill --from 2026-05-20 --to 2026-05-24`.
    """
    first_on = first.date() if first else now().date()
    with opened(ctx) as store:
        wish = Wish(WishKind.ILL, now(), first_on=first_on, last_on=last.date() if last else None)
        return _ask(store, wish, yes, as_json)


@click.command("away")
@click.option("--from", "first", type=DAY_AHEAD, required=True, help="The first day away.")
@click.option("--to", "last", type=DAY_AHEAD, required=True, help="The last day away.")
@yes_option
@json_option
@click.pass_context
def away_command(ctx: click.Context, first: datetime, last: datetime, yes: bool, as_json: bool) -> int:
    """Say on which days you are away: the plan goes round them."""
    with opened(ctx) as store:
        wish = Wish(WishKind.HOLIDAY, now(), first_on=first.date(), last_on=last.date())
        return _ask(store, wish, yes, as_json)


def show_changes(store: Store, *, as_json: bool) -> None:
    """Show how the plan changed, or should change, after what was done and said."""
    from backward_running.flows import adapt

    made = adapt.proposal(store, now=now())
    if as_json:
        say_json(made)
        return
    if made is None:
        click.echo(_why_nothing(store) or "The plan stands as it is.")
        return
    say_proposal(made, units_of(store))
    if made.in_force:
        click.echo("This holds already: it makes the plan lighter. `backward plan --accept` says you saw it.")
    else:
        click.echo("`backward plan --accept` lets it take effect, `--decline` leaves the plan as it is.")


def _why_nothing(store: Store) -> str | None:
    """Say that the plan waits, and for what, where something stops it; None where it simply stands."""
    from backward_running.flows import clearing

    gates, units = clearing.standing_gates(store, now().date()), units_of(store)
    said = [f"{units.say(gate.reason)} {gate.what_to_do or ''}".rstrip() for gate in gates]
    return " ".join(["The plan waits.", *said]) if said else None


def settle(store: Store, *, accept: bool, yes: bool, as_json: bool) -> int:
    """Accept or decline what is proposed, after showing it."""
    from backward_running.flows import adapt

    made = adapt.proposal(store, now=now())
    if made is None:
        click.echo(_why_nothing(store) or "Nothing is proposed: the plan stands as it is.", err=True)
        return 0
    if made.in_force:
        adapt.accept(store, made.proposal_id, now=now())
        click.echo("Kept: you saw it. The lighter plan stays.", err=as_json)
        return 0
    if not accept:
        adapt.decline(store, made.proposal_id, now=now())
        click.echo("The plan stays as it is. Closed gates hold their sessions all the same.", err=as_json)
        return 0
    return _take(store, made, yes, as_json)


def say_proposal(made: Proposal, units: Units) -> None:
    """Print what would change, and why."""
    from backward_running.apps.words.changes import sentence_of, summary_of
    from backward_running.flows.what_changed import grouped

    groups = grouped(made.changes)
    told = {reason for group in groups for reason in group.reasons}
    for reason in (other for other in made.reasons if other not in told):
        click.echo(units.say(reason))
    if groups:
        whole = sentence_of(made.changes, units)
        click.secho(whole, bold=True)
        if whole != (counts := summary_of(made.changes)):
            click.echo(counts)
    for group in groups:
        for reason in group.reasons:
            click.echo(units.say(reason))
        say_table(("session", "how", "before", "after"), [_cells(change, units) for change in group.changes])


def _ask(store: Store, wish: Wish, yes: bool, as_json: bool) -> int:
    from backward_running.flows import adapt

    made = adapt.ask(store, wish, now=now())
    if made.refused is not None:
        if as_json:
            say_json(made)
        click.echo(made.refused, err=True)
        return FAILED
    return _take(store, made, yes, as_json)


def _take(store: Store, made: Proposal, yes: bool, as_json: bool) -> int:
    from backward_running.flows import adapt

    if as_json:
        say_json(made)
    else:
        say_proposal(made, units_of(store))
    if not yes and (as_json or not click.confirm("Change the plan?")):
        click.echo("Nothing was changed." + (" Add --yes to change it." if as_json else ""), err=True)
        return 0
    plan = adapt.accept(store, made.proposal_id, now=now())
    click.echo(f"The plan changed; this is revision {plan.revision}.", err=as_json)
    return 0


def find_session(store: Store, given: str) -> str:
    """Complete the id of a session; its ending is enough."""
    from backward_running.flows import coach

    plan = coach.current_plan(store)
    found = [workout.workout_id for workout in plan.workouts() if workout.workout_id.endswith(given)] if plan else []
    if len(found) != 1:
        raise NotFound(f"The plan has no session {given!r}; `backward plan` shows their ids.")
    return found[0]


def _cells(change: Change, units: Units) -> tuple[str, str, str, str]:
    from backward_running.apps.words.changes import words_of

    ending = change.workout_id.partition("-")[2]
    return ending, words_of(change, units), _words(change.before), _words(change.after)


def _words(workout: Workout | None) -> str:
    from backward_running.apps.words.units import clock

    return (
        "–"
        if workout is None
        else f"{_day(workout.on)}, {workout.summary} ({clock(workout.duration_s(Direction.BACKWARD))} backward)"
    )


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"
