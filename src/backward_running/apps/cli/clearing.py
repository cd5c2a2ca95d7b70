"""What stops the plan, and how it ends: a sign ticked by mistake is taken back, a clinician's word is written down."""

from __future__ import annotations

from datetime import date, datetime

import click

from backward_running.apps.cli._shared import DAY, YES_NO, Number, json_option, now, opened, say_json, say_table
from backward_running.core.adaptation import Ceilings
from backward_running.core.clearance import ClearanceKind


@click.group("clearing")
def clearing_command() -> None:
    """Take a warning sign back that was ticked by mistake, or write down that a clinician cleared it."""


@clearing_command.command("show")
@json_option
@click.pass_context
def show_command(ctx: click.Context, as_json: bool) -> None:
    """Show what stands, with its key, and what was cleared before."""
    from backward_running.flows import clearing

    with opened(ctx) as store:
        view = clearing.page(store, now=now())
    if as_json:
        say_json(view)
        return
    for gate in view.gates:
        click.secho(f"{gate.title}: {gate.reason.text} {gate.what_to_do or ''}".rstrip(), bold=True)
    if view.standing:
        say_table(("key", "what", "since"), [(stop.key, stop.words, stop.on or "–") for stop in view.standing])
    else:
        click.echo("Nothing stands that could be cleared.")
    told = [stop for stop in view.told if stop.key not in {each.key for each in view.standing}]
    if told:
        say_table(("key", "what", "since"), [(stop.key, stop.words, stop.on or "–") for stop in told])
    if view.told:
        click.echo("What you told of yourself is taken back once it is over: `backward clearing over KEY`.")
    if view.lately:
        click.echo("Told in the last 7 days; taken back with `backward clearing mistake KEY` where it was none:")
        say_table(
            ("key", "what", "told"), [(stop.key, stop.words, f"{stop.at:%a %d %b %H:%M}") for stop in view.lately]
        )
    for clearance in view.kept:
        what = "; ".join(map(clearing.words_of, clearance.of))
        how = {
            ClearanceKind.MISTAKE: f"a mistake: {clearance.reason}",
            ClearanceKind.OVER: f"over: {clearance.reason}",
            ClearanceKind.CLINICIAN: f"{clearance.by}: “{clearance.allows}”",
        }[clearance.kind]
        click.echo(f"{clearance.on}, {what}. {how}")


@clearing_command.command("mistake")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--reason", required=True, help="Why it was a mistake; it is kept.")
@click.pass_context
def mistake_command(ctx: click.Context, keys: tuple[str, ...], reason: str) -> None:
    """Take back what was told by mistake.

    A warning sign on the same day, a fall, pain, sore calves or a session broken off within 7 days; each once in 7
    days.
    """
    from backward_running.flows import clearing

    with opened(ctx) as store:
        clearing.take_back(store, keys, reason=reason, now=now())
    click.echo("Taken back; the reason is kept. Where the plan may go back up, `backward today` offers it.")


@clearing_command.command("over")
@click.argument("key")
@click.option("--on", type=DAY, help="Since when it is over; today where it is left out.")
@click.option("--reason", required=True, help="How you know, in your words; it is kept.")
@click.pass_context
def over_command(ctx: click.Context, key: str, on: datetime | None, reason: str) -> None:
    """Take back a condition that you told: from then on it no longer counts."""
    from backward_running.flows import told_before

    moment = now()
    with opened(ctx) as store:
        told_before.take_back(store, key, reason=reason, on=on.date() if on else moment.date(), now=moment)
    click.echo("Taken back; your words are kept.")


@clearing_command.command("clinician")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--by", required=True, help="Who: 'Dr. Moss, sports doctor'.")
@click.option("--on", type=DAY, help="The day of their word; today where it is left out.")
@click.option("--allows", required=True, help="What they allow, in their words.")
@click.option("--running", required=True, type=YES_NO, help="Whether they allow running; no: everything is walked.")
@click.option("--sessions-per-week", type=click.IntRange(0, 7), help="At most so many backward sessions a week.")
@click.option("--minutes", type=Number(0, 120), help="At most so many backward minutes a session.")
@click.pass_context
def clinician_command(
    ctx: click.Context,
    /,
    keys: tuple[str, ...],
    by: str,
    on: datetime | None,
    allows: str,
    running: str,
    **limits: object,
) -> None:
    """Write down a clinician's word. The plan then goes on one stage down."""
    from backward_running.flows import clearing

    moment = now()
    with opened(ctx) as store:
        clearing.clear(
            store,
            keys,
            by=by,
            on=on.date() if on else moment.date(),
            allows=allows,
            running=running == "yes",
            now=moment,
            ceilings=_ceilings(by, moment.date(), limits, walking_only=running != "yes"),
        )
    click.echo("Kept. `backward today` says what follows.")


def _ceilings(by: str, today: date, limits: dict[str, object], *, walking_only: bool) -> Ceilings | None:
    """Return the limits that were named; None where none was, so that those written down before stay."""
    per_week, minutes = limits["sessions_per_week"], limits["minutes"]
    if per_week is None and minutes is None:
        return None
    return Ceilings(
        by=by.strip() or "-",
        set_on=today,
        walking_only=walking_only,
        sessions_per_week_count=per_week if isinstance(per_week, int) else None,
        backward_session_s=minutes * 60 if isinstance(minutes, float) else None,
    )
