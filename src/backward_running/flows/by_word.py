"""What the runner's word on sessions and runs adds to what was recorded of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backward_running.core.adaptation import SaidDone
from backward_running.core.ports import ActivityQuery, PlannedAndDone
from backward_running.flows import match, said_done
from backward_running.flows.days import ALL


@dataclass(frozen=True, slots=True)
class Words:
    """What the runner's word on sessions and runs adds to what was recorded; nothing is in both."""

    runs: int = 0  #: without a recording
    forward_s: float = 0.0  #: less than nothing where seconds of a recording are backward by word
    backward_s: float = 0.0
    of_unknown_s: float = 0.0  #: seconds of recordings that show no direction and are backward by word


NO_WORDS = Words()


def words(store: PlannedAndDone, *, since: date | None, until: date | None) -> Words:
    """Sum what the runner's word on sessions and runs of some days adds to the recordings of these days.

    Parameters
    ----------
    store : PlannedAndDone
        With the words, the plan and the recordings.
    since, until : date or None
        Both inclusive; None: no border.
    """
    said = [one for one in store.said_done() if one.was_done and not one.simulated]
    said = [one for one in said if (since is None or one.on >= since) and (until is None or one.on <= until)]
    if not said:
        return NO_WORDS
    first, last = (
        min(one.on for one in said) - match.FOLLOWED_WITHIN,
        max(one.on for one in said) + match.FOLLOWED_WITHIN,
    )
    sessions = {one.workout_id: one for one in match.matched(store, since=first, until=last)}
    rows = store.activities(ActivityQuery(since=first, until=last, simulated=False, on_foot=True, limit=ALL))
    by_id = {row.activity_id: row for row in rows}
    plan = store.plan()
    of_plan = {workout.workout_id for workout in plan.workouts()} if plan is not None else set()
    alone = said_done.without_recording(said, sessions, rows, of_plan=of_plan)
    filled = [one for one in sessions.values() if not one.is_said and one.activity_id in by_id]
    more = [(one, by_id[one.activity_id]) for one in filled]
    return Words(
        len(alone),
        sum(one.forward_s for one in alone) + sum(one.forward_s - row.forward_s for one, row in more),
        sum(one.backward_s for one in alone) + sum(one.backward_s - row.backward_s for one, row in more),
        sum(row.unknown_s - one.unknown_s for one, row in more),
    )


def beside_the_plan(store: PlannedAndDone, *, since: date, until: date) -> list[SaidDone]:
    """Return the runs of some days, both inclusive, that were written down, are no session and have no recording."""
    told = [one for one in store.said_done() if said_done.is_extra(one.workout_id) and since <= one.on <= until]
    if not told:
        return []
    sessions = {one.workout_id: one for one in match.matched(store, since=since, until=until)}
    rows = store.activities(ActivityQuery(since=since, until=until, on_foot=True, limit=ALL))
    return said_done.without_recording(told, sessions, rows, of_plan=())
