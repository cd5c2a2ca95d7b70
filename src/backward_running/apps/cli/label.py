"""Say which way you ran; take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import (
    DAY,
    DirectionWord,
    find_id,
    json_option,
    now,
    opened,
    say_json,
    seconds_of,
)
from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Paint

if TYPE_CHECKING:
    from backward_running.core.ports import Store
    from backward_running.flows.views import ActivityPage


@click.command("label")
@click.argument("activity", required=False)
@click.argument("start", required=False)
@click.argument("end", required=False)
@click.argument("direction", type=DirectionWord(["forward", "backward", "sideways", "unknown"]), required=False)
@click.option("--gait", type=click.Choice(["walk", "run"]), help="By default as found from the speed.")
@click.option(
    "--laps", metavar="PATTERN", help="Instead of a stretch: odd-backward, even-backward, 2,4-backward; or clear."
)
@click.option(
    "--before", type=DAY, help="Instead of one run: all before this day, such as --before 2026-05-01 forward."
)
@click.option("--since", type=DAY, help="Instead of one run: all from this day on.")
@click.option("--watch", metavar="NAME", help="Instead of one run: all of a watch, by a part of its name.")
@click.option("--all", "every", is_flag=True, help="Instead of one run: all until today.")
@click.option("--plain", is_flag=True, help="Only runs without a backward step planned, marked or labelled.")
@click.option("--said", "list_said", is_flag=True, help="List what you said of whole runs and stop.")
@json_option
@click.pass_context
def label_command(
    ctx: click.Context,
    /,
    activity: str | None,
    start: str | None,
    end: str | None,
    direction: str | None,
    gait: str | None,
    laps: str | None,
    as_json: bool,
    **many: Any,
) -> None:
    """Say which way you ran from START to END (12:34, or seconds; END may be `end`), or by --laps.

    Your word is saved beside what was detected and wins over it; `backward undo` takes it back.

    Of many runs at once it is saved as said, not seen: `backward label --before 2026-05-01 forward`. It fills what
    nothing shows, and stands below sensors, laps and labels. `unknown` asks of these runs again; `backward undo --said`
    takes the last one back.
    """
    from backward_running.apps.cli import _many_runs

    if many["list_said"]:
        with opened(ctx) as store:
            _many_runs.list_said(store, as_json=as_json)
        return
    about = _many_runs.meant(many)
    if about is not None:
        if start or end or direction or gait or laps:
            raise click.UsageError("Of many runs say only the direction: forward, backward or unknown.")
        with opened(ctx) as store:
            _many_runs.say(store, about, activity, as_json=as_json)
        return
    if activity is None:
        raise click.UsageError("Name a run, or many: --before, --since, --watch, --all or --plain.")
    with opened(ctx) as store:
        activity_id = find_id(store, activity)
        if laps is not None:
            page = _by_laps(store, activity_id, laps, (start, end, direction, gait))
        else:
            page = _by_stretch(store, activity_id, start, end, direction, gait)
    _say(page, as_json)


def _by_laps(store: Store, activity_id: str, laps: str, others: tuple[str | None, ...]) -> ActivityPage:
    from backward_running.flows import laps as flow

    if any(other is not None for other in others):
        raise click.UsageError("--laps stands alone: a pattern says the direction of every lap.")
    return flow.state_laps(store, activity_id, laps, now=now())


def _by_stretch(
    store: Store, activity_id: str, start: str | None, end: str | None, direction: str | None, gait: str | None
) -> ActivityPage:
    from backward_running.flows import paint as flow

    if start is None or end is None or direction is None:
        raise click.UsageError("Say START END DIRECTION, such as 12:34 15:00 backward; or --laps odd-backward.")
    end_s = store.row(activity_id).duration_s if end == "end" else seconds_of(end)
    stroke = Paint(seconds_of(start), end_s, Direction(direction), Gait(gait) if gait else None, now())
    return flow.paint(store, activity_id, stroke)


@click.command("undo")
@click.argument("activity", required=False)
@click.option("--said", "last_said", is_flag=True, help="Take back what you said last of many runs.")
@json_option
@click.pass_context
def undo_command(ctx: click.Context, activity: str | None, last_said: bool, as_json: bool) -> None:
    """Take the newest label of an activity back, or what was said last of many."""
    from backward_running.apps.cli import _many_runs
    from backward_running.flows import paint as flow

    if last_said is (activity is not None):
        raise click.UsageError("Name one run, or say --said to take back what you said last of many.")
    with opened(ctx) as store:
        if activity is None:
            _many_runs.take_back(store, as_json=as_json)
            return
        page = flow.undo(store, find_id(store, activity))
    _say(page, as_json)


def _say(page: ActivityPage, as_json: bool) -> None:
    if as_json:
        say_json(page)
        return
    from backward_running.apps.words.units import clock

    ledger = page.ledger
    click.echo(
        f"Forward {clock(ledger.forward.moving_s)}, backward {clock(ledger.backward.moving_s)}, "
        f"unknown {clock(ledger.unknown.moving_s)}. Labels of yours: {len(page.paints)}."
    )
