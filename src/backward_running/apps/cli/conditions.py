"""What the article recommends running backward for, and what a clinician allows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import (
    DAY_AHEAD,
    YES_NO,
    Number,
    json_option,
    now,
    opened,
    say_json,
    say_table,
    units_of,
)
from backward_running.core.counting import counted, noun_of
from backward_running.core.errors import BadValue

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.adaptation import Ceilings
    from backward_running.flows.conditions import ConditionPage, StageView


@click.command("conditions")
@click.argument("key", required=False)
@click.option("--stage", type=int, help="Save the stage you and your clinician decided on.")
@json_option
@click.pass_context
def conditions_command(ctx: click.Context, key: str | None, stage: int | None, as_json: bool) -> None:
    """Say what studies carry for each condition of the article; KEY shows one, with your own pain and stage.

    Beside your clinician's plan, never instead of it.
    """
    from backward_running.flows import conditions

    if key is None:
        if stage is not None:
            raise BadValue("stage", "come with a condition", stage, "Name it: `backward conditions balance --stage 1`.")
        views = conditions.pages()
        if as_json:
            say_json(views)
            return
        say_table(
            ("key", "condition", "verdict", ""),
            [(view.key, view.title, view.verdict, view.verdict_words) for view in views],
        )
        return
    with opened(ctx) as store:
        today = now().date()
        if stage is not None:
            conditions.put_stage(store, key, stage, today=today)
        page = conditions.page(store, key, today=today)
        units = units_of(store)
    if as_json:
        say_json(page)
    else:
        _say_page(page, units)


def _say_page(page: ConditionPage, units: Units) -> None:
    click.secho(f"{page.view.title}: {page.view.verdict}", bold=True)
    if page.holds:
        click.secho(page.headline, bold=True)
    click.echo(f"The article: “{page.view.article_says}” {page.view.verdict_words}")
    if page.instead:
        click.secho(page.instead, bold=True)
    _say_list("What the studies carry", page.carries)
    _say_list("What they do not", page.does_not)
    click.echo(f"\nHow: {page.modality}\nBeside you: {page.beside}")
    if page.view.plan_title:
        click.echo(f"As a plan: {page.view.plan_title} (`backward start`, goal {page.goal})")
    for stage in page.stages:
        _say_stage(stage, units, here=page.since is not None and stage.number == page.stage)
    if page.since is not None or page.stopped:
        says = "stops" if page.stopped else f"speaks for stage {page.suggested}"
        _say_list(f"What you recorded {says}; you and your clinician decide", page.suggested_because)
    click.echo(
        f"\nPain during and after: at most {page.limit_nrs:g} of 10; next morning as before; not rising by week."
    )
    if page.pain:
        say_table(
            ("week of", "during", "after", "next morning", "another time"),
            [
                (week.starts_on, *map(_pain, (week.during, week.after, week.next_morning, week.other)))
                for week in page.pain
            ],
            right=(1, 2, 3, 4),
        )
        click.echo(page.trend.reason.text if page.rises else page.headline)
    _say_list("Stop, and see somebody", [f"{flag.words}: {flag.whom_to_see}." for flag in page.red_flags])
    _say_list("What your clinician decides", page.clinician_decides)
    click.echo("\nBeside your clinician's plan, never instead of it.")


def _say_stage(stage: StageView, units: Units, *, here: bool) -> None:
    from backward_running.apps.words.units import minutes

    click.secho(f"\n{stage.number}. {stage.title}{' (you are here)' if here else ''}", bold=True)
    click.echo(f"   {stage.what}")
    if stage.session_s is not None:
        parts = [f"{minutes(stage.session_s)} backward"]
        if stage.sessions_per_week is not None:
            parts.append(f"{stage.sessions_per_week:g} {noun_of(stage.sessions_per_week, 'time')} a week")
        if stage.weeks is not None:
            parts.append(f"{stage.weeks:g} {noun_of(stage.weeks, 'week')}")
        if stage.speed_high_mps is not None:
            parts.append(f"{units.speed(stage.speed_high_mps)} at most")
        click.echo(f"   {', '.join(parts)}, {'run' if stage.running else 'walked'}")
    click.echo(f"   {'A proposal of this project.' if stage.proposed else stage.said_by.citation + '.'}")
    click.echo(f"   Begin when: {' '.join(stage.enter)}")
    click.echo(f"   Go on when: {' '.join(stage.leave)}")


def _say_list(title: str, lines: tuple[str, ...] | list[str]) -> None:
    click.echo(f"\n{title}:")
    for line in lines:
        click.echo(f" - {line}")


def _pain(nrs: float | None) -> str:
    return "–" if nrs is None else f"{nrs:g}"


@click.command("ceilings")
@click.option("--by", help="Who says so: physiotherapist, surgeon, …")
@click.option("--until", type=DAY_AHEAD, help="Last day on which it holds; without it, until taken back.")
@click.option(
    "--running", type=YES_NO, help="Whether they allow running; no: everything is walked. Asked with any limit."
)
@click.option("--sessions-per-week", type=click.IntRange(0, 7), help="At most so many backward sessions a week.")
@click.option("--minutes", type=Number(0, 120), help="At most so many backward minutes a session.")
@click.option("--speed", type=Number(0, 36, min_open=True), help="At most so fast backward, in km/h or mph.")
@click.option("--slope", type=Number(0, 25), help="At most so steep uphill, in percent.")
@click.option("--note", help="What else they said.")
@click.option("--clear", is_flag=True, help="Take all limits back.")
@json_option
@click.pass_context
def ceilings_command(
    ctx: click.Context, /, by: str | None, until: datetime | None, clear: bool, as_json: bool, **limits: object
) -> None:
    """Show, set or take back what a clinician allows at most. Every plan stays under it."""
    from backward_running.flows import conditions

    wants = by is not None or until is not None or any(value not in (None, False) for value in limits.values())
    if clear and wants:
        raise BadValue("clear", "stand alone", "other options", "Take the limits back first, then set new ones.")
    with opened(ctx) as store:
        units = units_of(store)
        if clear:
            conditions.set_ceilings(store, None)
        elif wants:
            conditions.set_ceilings(store, _ceilings(by, until.date() if until else None, units, limits))
        allowed = conditions.ceilings(store)
    if as_json:
        say_json(allowed)
    else:
        say_ceilings(allowed, units)


def _ceilings(by: str | None, until: date | None, units: Units, limits: dict[str, object]) -> Ceilings:
    from backward_running.core.adaptation import Ceilings

    if not by or not by.strip():
        raise BadValue("by", "say who set the limits", by, "Add `--by physiotherapist`.")
    if limits["running"] is None:
        raise BadValue("running", "say whether running is allowed", None, "Add `--running no`, or `--running yes`.")
    minutes, speed, slope = (_float(limits[name]) for name in ("minutes", "speed", "slope"))
    per_week, note = limits["sessions_per_week"], limits["note"]
    return Ceilings(
        by=by.strip(),
        set_on=now().date(),
        until=until,
        walking_only=limits["running"] != "yes",
        sessions_per_week_count=per_week if isinstance(per_week, int) else None,
        backward_session_s=None if minutes is None else minutes * 60,
        backward_speed_mps=None if speed is None else speed * units.long_m / 3600,
        grade_high_ratio=None if slope is None else slope / 100,
        note=note if isinstance(note, str) and note.strip() else None,
    )


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def say_ceilings(allowed: Ceilings | None, units: Units) -> None:
    """Print what a clinician allows at most."""
    from backward_running.apps.words.units import grade, minutes

    if allowed is None:
        click.echo("No limits are set.")
        return
    click.echo(
        f"Set by {allowed.by} on {allowed.set_on}, {f'until {allowed.until}' if allowed.until else 'until taken back'}:"
    )
    click.echo(" - walking only, no running" if allowed.walking_only else " - running is allowed")
    if allowed.sessions_per_week_count is not None:
        click.echo(f" - at most {counted(allowed.sessions_per_week_count, 'session')} a week")
    if allowed.backward_session_s is not None:
        click.echo(f" - at most {minutes(allowed.backward_session_s)} backward a session")
    if allowed.backward_speed_mps is not None:
        click.echo(f" - at most {units.speed(allowed.backward_speed_mps)} backward")
    if allowed.grade_high_ratio is not None:
        click.echo(f" - at most {grade(allowed.grade_high_ratio)} uphill")
    if allowed.note:
        click.echo(f" - “{allowed.note}”")
