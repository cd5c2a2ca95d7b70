"""The coming week, put into the runner's calendar at intervals.icu, which hands it on to their watch.

Off until its runner turns it on with a key of their own. Sent is what :func:`preview` shows and nothing else: day,
title and steps of the sessions of the next seven days. No recording, no word on health, no name.

What stands there is asked first, every time: of our own events those that are not to be there any more go, and the rest
are put in one call by an id that says which session they are, so that a plan made anew replaces and never doubles. That
needs no memory here, and so none can be wrong. While something stops the plan nothing is sent, and what is to come is
taken back: a watch must not go on offering it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from backward_running.core.direction import Gait
from backward_running.core.errors import BadValue, ServiceError
from backward_running.core.plan import Workout
from backward_running.core.ports import Coaching, PlannedEvents, Pushing, Settings
from backward_running.flows import feed, in_force
from backward_running.flows.clearing import refuse_while_stopped
from backward_running.flows.coach import waits_for
from backward_running.formats.intervals_icu import write_workout_text

__all__ = ["State", "keep_up", "preview", "push", "state", "turn_off", "turn_on"]

SERVICE = "intervals.icu"
#: Where the key lies, and what is remembered of the last time.
KEY, STATE, TAG = "intervals_icu", "push_intervals_icu", "push_tag"
#: A week, as a watch shows it. Our own proposal.
SENT = timedelta(days=7)
#: So far ahead events of ours are looked for that are not to be there any more.
LOOKED = timedelta(days=400)
#: Without a change the calendar is looked at again after so long: somebody may have cleared it.
AGAIN_AFTER = timedelta(hours=6)
#: Longer is no key.
_LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class State:
    """How the push stands."""

    on: bool
    at: datetime | None = None  #: when it last went well
    sent: int = 0  #: how many sessions stood there then
    problem: str | None = None  #: why it went wrong last


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of one push."""

    sent: int
    removed: int


def state(store: Settings) -> State:
    """Return how the push stands."""
    kept = json.loads(store.setting(STATE) or "{}")
    at = kept.get("at")
    return State(
        kept.get("on", False),
        None if at is None else datetime.fromisoformat(at),
        kept.get("sent", 0),
        kept.get("problem"),
    )


def key_of(typed: str) -> str:
    """Read a key as it was typed. Raises BadValue where it is none."""
    key = typed.strip()
    if not key or len(key) > _LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise BadValue(
            "key", "be letters and digits", len(key), f"Copy the API key from {SERVICE}, Settings, Developer Settings."
        )
    return key


def turn_on(store: Pushing, remote: PlannedEvents, key: str, *, now: datetime) -> Pushed:
    """Keep the key, once the service took it, and push.

    Raises
    ------
    ServiceError
        The service does not answer, or does not take the key; nothing was changed.
    Stopped
        Something stops the plan. It is on, and goes on when nothing stops it any more.
    """
    remote.events(now.date(), now.date())
    store.put_secret(KEY, key)
    _remember(store, State(on=True))
    return push(store, remote, now=now)


def turn_off(store: Pushing, remote: PlannedEvents, *, now: datetime) -> str | None:
    """Forget the key, and take back what is to come; return why that was not possible, None where it was."""
    problem = None
    try:
        _take_back(remote, _ours(store, remote, now.date()))
    except ServiceError as refused:
        problem = f"{refused} What was sent before still stands there; delete it there."
    store.put_secret(KEY, None)
    _remember(store, State(on=False))
    return problem


def preview(store: Coaching, *, now: datetime) -> tuple[dict[str, Any], ...]:
    """Return what would be sent, to the letter. Raises Stopped."""
    refuse_while_stopped(store, now.date())
    return _events(store, now)


def push(store: Coaching, remote: PlannedEvents, *, now: datetime) -> Pushed:
    """Bring the calendar to what the plan says now.

    Raises
    ------
    ServiceError
        The service does not answer or refuses. It is tried again.
    Stopped
        Something stops the plan: nothing was sent, and what was to come was taken back.
    """
    today = now.date()
    try:
        wanted = _events(store, now)
        here = _ours(store, remote, today)
        done = _done_ids(store, now)
        kept = {event["external_id"] for event in wanted} | done
        gone = [event for event in here if event["external_id"] not in kept]
        _take_back(remote, gone)
        if wanted:
            remote.upsert(wanted)
    except ServiceError as problem:
        before = state(store)
        _remember(store, State(before.on, before.at, before.sent, str(problem)))
        raise
    _remember(store, State(state(store).on, now, len(wanted)), _digest(wanted, today))
    refuse_while_stopped(store, today)
    return Pushed(len(wanted), len(gone))


def keep_up(store: Coaching, remote: PlannedEvents, *, now: datetime) -> bool:
    """Push where the plan or the day changed since the last time, or that is long ago. Say whether it was needed."""
    kept = json.loads(store.setting(STATE) or "{}")
    if not kept.get("on"):
        return False
    is_fresh = kept.get("at") is not None and now - datetime.fromisoformat(kept["at"]) < AGAIN_AFTER
    if is_fresh and not kept.get("problem") and kept.get("digest") == _digest(_events(store, now), now.date()):
        return False
    push(store, remote, now=now)
    return True


def _events(store: Coaching, now: datetime) -> tuple[dict[str, Any], ...]:
    """Return the sessions of the coming week as events. None while something stops the plan, and none that waits."""
    found = in_force.situation(store, now)
    if found is None or found.stopped:
        return ()
    today = now.date()
    coming = [
        workout for workout in found.coming(today) if workout.on < today + SENT and not waits_for(workout, found.gates)
    ]
    prefix, at = _prefix(store), feed.clock(store).at
    hour = "00:00:00" if at is None else at.isoformat("seconds")
    return tuple(_event(workout, f"{prefix}{workout.workout_id}", hour) for workout in coming)


def _event(workout: Workout, external_id: str, hour: str) -> dict[str, Any]:
    """Write a session as a planned event of the service."""
    only_walks = all(step.gait is Gait.WALK for step in workout.steps())
    return {
        "category": "WORKOUT",
        "start_date_local": f"{workout.on.isoformat()}T{hour}",
        "type": "Walk" if only_walks else "Run",
        "name": workout.title,
        "description": write_workout_text(workout),
        "external_id": external_id,
    }


def _done_ids(store: Coaching, now: datetime) -> set[str]:
    """Return the ids of sessions that are done: what stands there of them stays, whatever closed after it."""
    found = in_force.situation(store, now)
    if found is None:
        return set()
    prefix = _prefix(store)
    return {f"{prefix}{session.workout_id}" for session in found.done if session.workout_id is not None}


def _ours(store: Settings, remote: PlannedEvents, today: date) -> list[Mapping[str, Any]]:
    """Return what stands there from today on that was put there from this store."""
    prefix = _prefix(store)
    return [
        event
        for event in remote.events(today, today + LOOKED)
        if str(event.get("external_id") or "").startswith(prefix) and isinstance(event.get("id"), int)
    ]


def _take_back(remote: PlannedEvents, events: Sequence[Mapping[str, Any]]) -> None:
    if events:
        remote.delete([event["id"] for event in events])


def _prefix(store: Settings) -> str:
    """Return how the ids of our events begin: by a tag of this store, for another may serve the same calendar."""
    tag = store.setting(TAG)
    if not tag:
        tag = secrets.token_hex(4)
        store.put_setting(TAG, tag)
    return f"backward-{tag}-"


def _digest(events: Sequence[Mapping[str, Any]], today: date) -> str:
    return hashlib.sha256(json.dumps([today.isoformat(), *events], sort_keys=True).encode()).hexdigest()[:16]


def _remember(store: Settings, told: State, digest: str | None = None) -> None:
    kept = {
        "on": told.on,
        "at": None if told.at is None else told.at.isoformat(),
        "sent": told.sent,
        "problem": told.problem,
        "digest": digest,
    }
    store.put_setting(STATE, json.dumps(kept))
