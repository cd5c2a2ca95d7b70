"""On the treadmill, in a terminal: find belt and straps, go through the session, save it."""

from __future__ import annotations

import queue
import sys
import threading
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import folder_of, json_option, now, opened, say_json, units_of
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound

if TYPE_CHECKING:
    from backward_running.apps.live.bluetooth import Found
    from backward_running.apps.live.treadmill_desk import TreadmillDesk
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store

_KEYS = "Enter: next step, b: I go backward, f: I go forward, p: pause or go on, s: ask the belt to stop, q: end"


@click.command("live")
@click.option("--find", "only_find", is_flag=True, help="Only say which devices are near.")
@click.option("--device", "addresses", multiple=True, metavar="ADDRESS", help="Listen to this one; may be said again.")
@click.option(
    "--session", metavar="ID", default="", help="A session planned for a treadmill; without, you say which way."
)
@json_option
@click.pass_context
def live_command(ctx: click.Context, only_find: bool, addresses: tuple[str, ...], session: str, as_json: bool) -> None:
    """Go through a session on a treadmill, with what belt, heart rate strap and foot pod say by Bluetooth.

    It only listens: nothing here starts a belt or makes it faster, and the one thing that may be sent is stop. Which
    way you faced no belt knows: it is what the step says, or you. Ends with q or Ctrl-C, and is saved.
    """
    from backward_running.apps.live.treadmill_desk import TreadmillDesk
    from backward_running.apps.live.under_way import take_in_left_over
    from backward_running.flows import treadmill

    desk = TreadmillDesk(folder_of(ctx))
    with opened(ctx) as store:
        workout = None if only_find else treadmill.chosen(store, session, now=now())
        for entry in take_in_left_over(folder_of(ctx), store, now=now()):
            click.echo(f"From a session that was broken off: {entry.message}", err=True)
        click.echo("Looking for devices for eight seconds …", err=True)
        found = desk.look()
        if only_find:
            _say_found(found, as_json=as_json)
            return
        desk.begin(store, _chosen(found, addresses), workout, now=now())
        try:
            _go_through(desk, store, units_of(store))
        except KeyboardInterrupt:
            click.echo("", err=True)
        entry = desk.end(store, now=now())
    if as_json:
        say_json(entry)
        return
    click.echo(entry.message)
    if entry.activity_ids:
        click.echo(f"`backward show {entry.activity_ids[0]}` shows it.")


def _say_found(found: list[Found], *, as_json: bool) -> None:
    if as_json:
        say_json([{"address": device.address, "name": device.name, "kinds": device.kinds} for device in found])
        return
    for device in found:
        click.echo(f"{device.address}  {device.name}: {', '.join(device.kinds)}")
    if not found:
        click.echo("Nothing that speaks was found: switch the devices on, wear the strap, look again.")


def _chosen(found: list[Found], addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Return the devices to listen to: those that were named, else the only one of each kind."""
    if addresses:
        return addresses
    if not found:
        raise NotFound("Nothing that speaks was found: switch the devices on, wear the strap, and try again.")
    kinds = [kind for device in found for kind in device.kinds]
    twice = sorted({kind for kind in kinds if kinds.count(kind) > 1})
    if twice:
        raise BadValue("device", "be named where two are near", ", ".join(twice), "`backward live --find` lists them.")
    return tuple(device.address for device in found)


def _go_through(desk: TreadmillDesk, store: Store, units: Units) -> None:
    """Print how it stands, and do what is typed, until somebody ends it."""
    from backward_running.apps.words.treadmill import line_of

    typed: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read, args=(typed,), daemon=True).start()
    click.echo(_KEYS, err=True)
    said = ""
    while True:
        stands = desk.now(store)
        if stands is None:
            return
        for words in desk.troubles():
            if words != said:
                click.echo(words, err=True)
                said = words
        click.echo(line_of(stands, units))
        try:
            key = typed.get(timeout=1.0)
        except queue.Empty:
            continue
        if key == "q":
            return
        _do(desk, store, key)


def _read(typed: queue.Queue[str]) -> None:
    for line in sys.stdin:
        typed.put(line.strip().lower()[:1])
    typed.put("q")  # nobody types any more: it is ended and saved


def _do(desk: TreadmillDesk, store: Store, key: str) -> None:
    from backward_running.core.direction import Direction

    session = desk.session_of(store)
    try:
        if key == "s":
            click.echo(desk.stop_belt(store))
        elif key == "p":
            (session.resume if _is_paused(desk, store) else session.pause)()
        elif key in ("b", "f"):
            session.say(Direction.BACKWARD if key == "b" else Direction.FORWARD)
        elif not key:
            session.skip()
        else:
            click.echo(_KEYS, err=True)
    except BackwardRunningError as problem:
        click.echo(str(problem), err=True)


def _is_paused(desk: TreadmillDesk, store: Store) -> bool:
    """Say whether the session was paused, or slept."""
    stands = desk.now(store)
    return stands is not None and stands.waits in ("asked", "slept")
