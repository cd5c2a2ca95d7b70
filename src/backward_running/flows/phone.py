"""The coming week for the phone: its sessions behind the # of an address, which no server sees.

The app lies wherever its runner put it; this program only keeps that address. A link holds day, title, place, company
and steps of the sessions that may be done as things stand, and is good for a week. Of a place that its runner ticked it
holds what the map calls it and how it is used, not where it lies. No recording, no health, no name of a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backward_running.core.errors import NotFound
from backward_running.core.plan import Workout
from backward_running.core.ports import Coaching, Settings
from backward_running.flows import in_force
from backward_running.flows.clearing import refuse_while_stopped
from backward_running.flows.coach import waits_for
from backward_running.formats.phone_link import write_fragment

ADDRESS = "phone_app_address"
#: The days of a link, today counted: a week, as a watch shows it. Our own proposal.
DAYS = 7
NO_PLAN = "There is no plan yet; start one first."


@dataclass(frozen=True, slots=True)
class Link:
    """Sessions as an address that the phone opens."""

    address: str
    workouts: tuple[Workout, ...]
    waiting: tuple[Workout, ...]  #: of the same days, held by a gate: not in the link
    last_on: date  #: the last day on which it can be used


def app_address(store: Settings) -> str | None:
    """Return where the runner's own copy of the app lies, or None where that was not said."""
    return store.setting(ADDRESS) or None


def put_app_address(store: Settings, address: str | None) -> None:
    """Keep where the app lies, as ``apps.words.web_address`` read it; None forgets it."""
    store.put_setting(ADDRESS, address or "")


def coming_week(store: Coaching, *, now: datetime) -> tuple[tuple[Workout, ...], tuple[Workout, ...], date]:
    """Return the sessions of the coming week that may be done as things stand, those that wait, and its last day.

    Parameters
    ----------
    store : Coaching
        With the plan and what is known of its runner.
    now : datetime
        The moment, in the runner's zone.

    Returns
    -------
    tuple
        Sessions that may be done, sessions that a gate holds, and the last day of the week.

    Raises
    ------
    Stopped
        Something stops the plan: nothing of it leaves.
    NotFound
        There is no plan.
    """
    today = now.date()
    refuse_while_stopped(store, today)
    found = in_force.situation(store, now)
    if found is None or not found.plan.weeks:
        raise NotFound(NO_PLAN)
    last_on = today + timedelta(days=DAYS - 1)
    coming = [workout for workout in found.coming(today) if workout.on <= last_on]
    may = tuple(workout for workout in coming if not waits_for(workout, found.gates))
    return may, tuple(workout for workout in coming if workout not in may), last_on


def link(
    store: Coaching,
    address: str,
    *,
    now: datetime,
    unit: str = "km",
    lane_of: Callable[[Workout], str | None] = lambda workout: None,  # noqa: ARG005 -- the shape
) -> Link:
    """Return the sessions of the coming week behind an address of the app.

    Parameters
    ----------
    store : Coaching
        With the plan and what is known of its runner.
    address : str
        Where the app lies, as ``apps.words.web_address`` read it.
    now : datetime
        The moment, in the runner's zone.
    unit : str
        ``km`` or ``mi``.
    lane_of : callable, optional
        Says in words which place its runner ticked for a session, and how it is used; None where there is none.

    Raises
    ------
    Stopped
        Something stops the plan: nothing of it leaves.
    NotFound
        There is no plan.
    """
    may, waiting, last_on = coming_week(store, now=now)
    told = {workout.workout_id: lane for workout in may if (lane := lane_of(workout)) is not None}
    fragment = write_fragment(may, made_on=now.date(), last_on=last_on, unit=unit, lanes=told)
    return Link(address + fragment, may, waiting, last_on)
