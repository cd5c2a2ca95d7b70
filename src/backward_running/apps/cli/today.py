"""See what to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import json_option, now, opened, say_json, units_of
from backward_running.apps.cli.coach import say_not_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backward_running.apps.words.units import Units
    from backward_running.core.adaptation import Room
    from backward_running.core.plan import Reason, Workout
    from backward_running.flows.coach import NotNow
    from backward_running.flows.views import Today


def _say_room(missed: Workout, room: Room | None) -> None:
    """Say to which days of its week a missed session can move, or why to none."""
    if room is None:
        return
    if not room.days:
        click.echo(f"{room.why_not} Where it was not done it stays missed, and no other session grows for it.")
        return
    ending, days = missed.workout_id.partition("-")[2], " or ".join(f"{day:%A} {day.day} {day:%B}" for day in room.days)
    click.echo(f"Or do it on {days}: `backward move {ending} {room.days[0]}`.")


@click.command("today")
@json_option
@click.pass_context
def today_command(ctx: click.Context, as_json: bool) -> None:
    """Show what to do now."""
    from backward_running.flows import coach

    with opened(ctx) as store:
        view = coach.today(store, now=now())
        units = units_of(store)
        kept = coach.kept_from(store, coach.draft(store), today=now().date()) if view.plan is None else None
    if as_json:
        say_json(view)
        return
    for gate in view.gates:
        if gate.stops_all:
            click.secho(f"{gate.title}: {gate.reason.text} {gate.what_to_do or ''}", bold=True)
    stopped = any(gate.stops_all for gate in view.gates)
    if view.check_in_due and not stopped:
        about = f" --run {view.check_in_about}" if view.check_in_about else ""
        click.echo(f"{view.check_in_due}  (backward log --calf N{about})")
    _say_site_due(view)
    _say_next(view, units)
    _say_not_recorded(view, stopped=stopped)
    if view.plan is None and not stopped:
        _say_no_plan(kept, units)
    if view.last_run:
        from backward_running.flows.days import local_day

        click.echo(f"Last: {view.last_run.title}, {local_day(view.last_run):%d %B %Y}.")


def _say_next(view: Today, units: Units) -> None:
    """Say how the plan changed or should change, the next session with what it waits for, or why there is none."""
    if view.proposal is not None:
        how = "The plan got lighter:" if view.proposal.in_force else "The plan should change:"
        click.echo(f"{view.proposal.reasons[0].text if view.proposal.reasons else ''} {how}".strip())
        click.echo("`backward plan --changes` shows how.")
    if view.next_workout:
        workout = view.next_workout
        place = workout.place.value
        for gate in view.waits_for:
            click.echo(f"The next session waits. {gate.title}: {gate.reason.text} {gate.what_to_do or ''}".rstrip())
        click.echo(
            f"Next, {workout.on:%A %d %B}: {workout.title}. {workout.summary}. "
            f"{place[0].upper()}{place[1:]}; {workout.with_whom}."
        )
        _say_allowed(view, units)
    if view.empty_because is not None:
        _say_empty(view.empty_because, units)


def _say_not_recorded(view: Today, *, stopped: bool) -> None:
    """Ask for a session that was not recorded, and say the last one that was done by word."""
    if view.not_recorded is not None:
        workout = view.not_recorded
        is_over = workout.on < now().date()
        missing = f"Not recorded: {workout.title}, {workout.on:%A %d %B %Y}. Done all the same?"
        click.echo(f"{missing if is_over else 'Done without a recording?'} `backward done`.")
        _say_room(workout, view.room)
    if view.last_said is not None and not stopped:
        said = view.last_said
        click.echo(f"By your word: {said.title}, {said.on:%A %d %B %Y}.  (backward done --take-back)")


def _say_allowed(view: Today, units: Units) -> None:
    """Say beside a session what clinicians said and limit, while it holds."""
    from backward_running.apps.cli.conditions import say_ceilings

    for word in view.words:
        click.echo(word.quoted)
    if view.limits is not None:
        say_ceilings(view.limits, units)


def _say_site_due(view: Today) -> None:
    """Ask how the place of a condition is, where that is due."""
    due = view.site_due
    if due is not None:
        about = f" --moment '{due.moment.value}' --run {due.activity_id}" if due.activity_id else ""
        click.echo(f"{due.words}  (backward log --pain '{due.site}=N'{about})")


def _say_empty(why: Sequence[Reason], units: Units) -> None:
    """Say that nothing is planned just now, that the plan is not over, and what instead."""
    click.echo("No session just now, and the plan is not over.")
    for reason in why[:2]:
        click.echo(f"  {units.say(reason)}")
    click.echo(
        "It is looked at anew every day. Until then an easy walk forward if you feel well; `backward log` says how"
    )
    click.echo("you are, `backward ill` and `backward away` that it is over.")


def _say_no_plan(made: NotNow | None, units: Units) -> None:
    """Say how a plan begins; to somebody whose answers keep one away, what comes first and nothing else."""
    if made is None:
        click.echo("No plan yet: `backward start`, or look around with `backward demo`.")
        return
    say_not_now(made, units)
    click.echo("`backward start` takes your answers up again.")
