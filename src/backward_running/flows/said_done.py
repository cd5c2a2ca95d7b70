"""A session done without a recording: said by the runner, kept with its day, and taken back or replaced later.

It is said, not seen, and shown as such. It counts like a recording with those minutes: for the plan's progress, for
what the next sessions may build on, and against the rules where it was done in spite of one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from backward_running import plans
from backward_running.core.adaptation import SaidDone
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Workout
from backward_running.core.ports import (
    ActivityQuery,
    DoneSessions,
    PlannedAndDone,
    SaidSessions,
    SessionsSaidDone,
)
from backward_running.flows import days

#: Before the id of a session, where the id of a recording is wanted: check-ins speak of a said session by it.
WORD = "said:"
#: A session may be done on another day, within its week.
DONE_WITHIN = timedelta(days=6)
A_DAY = timedelta(days=1)

#: Before the day, in the id of something else that was done: "extra-2026-05-04-1".
EXTRA = "extra-"
EXTRA_TITLE = "Something else, backward"
RUN_TITLE = "A run by hand"
SESSION_TITLE = "A session of your plan"
#: So far back a run can be told; what is older than a month no longer counts for growth.
EXTRA_WITHIN = timedelta(days=3653)
LONGEST_M = 500_000.0  #: in a day on foot


def word_id(workout_id: str) -> str:
    """Return by which id check-ins speak of a session that was said to be done."""
    return WORD + workout_id


def is_word(activity_id: str) -> bool:
    """Tell whether an id speaks of something that was said, where a recording's is wanted."""
    return activity_id.startswith(WORD)


def of_word(store: SessionsSaidDone, activity_id: str) -> SaidDone | None:
    """Return what was said, by the id by which check-ins speak of it; None where it was not said or was taken back."""
    return next((word for word in store.said_done() if word_id(word.workout_id) == activity_id), None)


def last_id(store: DoneSessions) -> str | None:
    """Return the id of what was done last, a recording or a said session; None where nothing was."""
    # Of one day the recording counts: it was there to be seen.
    rows = store.activities(ActivityQuery(limit=1))
    said = [(word.on, False, word_id(word.workout_id)) for word in store.said_done() if word.was_done]
    found = [*said, *((days.local_day(row), True, row.activity_id) for row in rows)]
    return max(found)[2] if found else None


def said_of(store: SessionsSaidDone, workout_id: str) -> SaidDone | None:
    """Return what was said of a session; None where nothing was."""
    return next((word for word in store.said_done() if word.workout_id == workout_id), None)


def not_done(store: SessionsSaidDone) -> frozenset[str]:
    """Return the sessions of which the runner says that they were not done."""
    return frozenset(word.workout_id for word in store.said_done() if not word.was_done)


def say_not_done(store: SaidSessions, workout: Workout, *, now: datetime) -> SaidDone:
    """Keep that a session was not done: an answer as good as any other, after which nobody asks again.

    Raises
    ------
    BadValue
        The session is still to come.
    """
    if workout.on > now.date():
        raise BadValue("on", "not lie in the future", workout.on, "Leave a session of the plan out on its own page.")
    plan = store.plan()
    simulated = plan is not None and plan.simulated
    said = SaidDone(workout.workout_id, workout.title, workout.on, now, 0.0, 0.0, 0.0, simulated, was_done=False)
    store.put_said_done(said)
    return said


def say_done(
    store: SaidSessions,
    workout: Workout,
    *,
    now: datetime,
    on: date | None = None,
    backward_s: float | None = None,
) -> SaidDone:
    """Keep that a session was done without a recording, in place of what was said of it before.

    Parameters
    ----------
    store : SaidSessions
        Where it is kept.
    workout : Workout
        The session of the current plan; whether a gate holds it does not matter: what was done was done.
    now : datetime
        On the runner's own clock.
    on : date, optional
        The day it was done; the planned one where that is not to come, else today.
    backward_s : float, optional
        Backward time; as planned where it is left out.

    Raises
    ------
    BadValue
        The day is to come, or too far from the planned one; the time is none.
    """
    done_on = on if on is not None else min(workout.on, now.date())
    _check_day(workout, done_on, now.date())
    planned_s = workout.duration_s(Direction.BACKWARD)
    told_s = planned_s if backward_s is None else backward_s
    if not 0 < told_s <= A_DAY.total_seconds():
        raise BadValue("backward_s", "be more than 0 and less than a day", told_s, "Say the minutes you went backward.")
    longest_s = plans.longest_bout_s(workout)
    share = told_s / planned_s if planned_s else 1.0
    plan = store.plan()
    said = SaidDone(
        workout_id=workout.workout_id,
        title=workout.title,
        on=done_on,
        said_at=now,
        backward_s=told_s,
        forward_s=min(share, 1.0) * workout.duration_s(Direction.FORWARD),
        longest_backward_bout_s=min(longest_s, told_s) if told_s <= planned_s else longest_s * share,
        simulated=plan is not None and plan.simulated,
    )
    store.put_said_done(said)
    return said


def say_extra(
    store: PlannedAndDone,
    *,
    now: datetime,
    on: date,
    backward_s: float,
    forward_s: float = 0.0,
    distance_m: float | None = None,
    place: str | None = None,
) -> SaidDone:
    """Keep that something else was done than what was planned: an extra session, one that the plan had left out, a run.

    It counts like a recording that is no session of the plan: for the rest after it, for growth, for the share of a
    week. How long its bouts were is not asked, so it raises no ceiling of a bout.

    Parameters
    ----------
    store : PlannedAndDone
        Where it is kept, with the recordings that are here already.
    now : datetime
        On the runner's own clock.
    on : date
        The day it was done.
    backward_s, forward_s : float
        Backward and forward time; one of them, or the distance, more than 0.
    distance_m : float, optional
        Of the whole.
    place : str, optional
        Where, in the runner's words.

    Raises
    ------
    BadValue
        The day is to come, or before any memory; a time or a distance is none.
    """
    if not now.date() - EXTRA_WITHIN <= on <= now.date():
        hint = f"Pick a day from {now.date() - EXTRA_WITHIN} to {now.date()}."
        raise BadValue("on", "lie in the past ten years", on, hint)
    if not 0 <= backward_s <= A_DAY.total_seconds():
        hint = "Say the minutes you went backward; 0 where there were none."
        raise BadValue("backward_s", "be 0 or more and less than a day", backward_s, hint)
    if not backward_s + forward_s + (distance_m or 0.0) > 0:
        raise BadValue("minutes", "be more than 0", 0, "Say how many minutes, or how far, you went.")
    if distance_m is not None and not 0 <= distance_m <= LONGEST_M:
        raise BadValue("distance", f"lie between 0 and {LONGEST_M / 1000:g} km", distance_m, "Say how far you went.")
    if not 0 <= forward_s <= A_DAY.total_seconds():
        hint = "Say the minutes you went forward, or leave them out."
        raise BadValue("forward_s", "be 0 or more and less than a day", forward_s, hint)
    plan = store.plan()
    that_day = ActivityQuery(since=on, until=on, on_foot=True, limit=days.ALL)
    said = SaidDone(
        workout_id=_new_extra(store, on),
        title=EXTRA_TITLE if backward_s > 0 else RUN_TITLE,
        on=on,
        said_at=now,
        backward_s=backward_s,
        forward_s=forward_s,
        longest_backward_bout_s=0.0,
        simulated=plan is not None and plan.simulated,
        distance_m=distance_m,
        place=" ".join((place or "").split())[:80] or None,
        besides=tuple(row.activity_id for row in store.activities(that_day)),
    )
    store.put_said_done(said)
    return said


def is_extra(workout_id: str) -> bool:
    """Tell whether an id is that of something else than a planned session."""
    return workout_id.startswith(EXTRA)


def shown_title(said: SaidDone) -> str:
    """Return the title that lists give out. That of a session says what to do: behind a stop no page may say it."""
    return said.title if is_extra(said.workout_id) else SESSION_TITLE


def _new_extra(store: SessionsSaidDone, on: date) -> str:
    known = {word.workout_id for word in store.said_done()}
    numbers = (f"{EXTRA}{on.isoformat()}-{number}" for number in range(1, len(known) + 2))
    return next(name for name in numbers if name not in known)


def _check_day(workout: Workout, on: date, today: date) -> None:
    if on > today or workout.on - DONE_WITHIN > today:
        raise BadValue("on", "not lie in the future", on, "A session can be said to be done once it was done.")
    if abs(on - workout.on) > DONE_WITHIN:
        hint = f"The session was planned for {workout.on:%A %d %B %Y}; pick a day of its week."
        raise BadValue("on", f"lie within 6 days of {workout.on}", on, hint)


def take_back(store: SessionsSaidDone, workout_id: str) -> None:
    """Take back that a session was done. Raises NotFound where that was not said."""
    if said_of(store, workout_id) is None:
        raise NotFound("Nothing was said of this session that could be taken back.")
    store.take_back_said_done(workout_id)
