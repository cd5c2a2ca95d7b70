"""What the runner's word on sessions and runs adds to what was recorded of them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.core.adaptation import SaidDone
from backward_running.core.load import LoadRow
from backward_running.core.ports import ActivityQuery, ActivityRow, PlannedAndDone, Plans, SessionsSaidDone
from backward_running.flows import match, said_and_recorded, said_done
from backward_running.flows.days import ALL, local_day
from backward_running.flows.plan_views import Matched


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
    said = _said_done(store, since, until)
    if not said:
        return NO_WORDS
    sessions, rows = _around(store, said)
    by_id = {row.activity_id: row for row in rows}
    alone = _without_recording(store, said, sessions, rows)
    # Words reach into the days beside; what is asked for is what was recorded on these days.
    here = {name for name, row in by_id.items() if _is_within(local_day(row), since, until)}
    more = [(session, by_id[session.activity_id]) for session in sessions.values() if is_filled(session, here)]
    return Words(
        len(alone),
        sum(word.forward_s for word in alone) + sum(session.forward_s - row.forward_s for session, row in more),
        sum(word.backward_s for word in alone) + sum(session.backward_s - row.backward_s for session, row in more),
        sum(row.unknown_s - session.unknown_s for session, row in more),
    )


def is_filled(matched: Matched, rows: Container[str]) -> bool:
    """Whether the runner's word says more of a recorded session than the recording shows."""
    return not matched.is_said and matched.longest_said_bout_s > 0 and matched.activity_id in rows


def filled(store: PlannedAndDone, rows: Sequence[ActivityRow | LoadRow]) -> dict[str, Matched]:
    """Return, by recording, the sessions of which the runner's word says more than the recording shows.

    Parameters
    ----------
    store : PlannedAndDone
        With the words, the plan and the recordings.
    rows : sequence
        The recordings that are asked about.
    """
    known = {row.activity_id for row in rows}
    return {name: session for name, session in all_filled(store).items() if name in known} if known else {}


def all_filled(store: PlannedAndDone) -> dict[str, Matched]:
    """Return, by recording, all sessions of which the runner's word says more than the recording shows."""
    said = [word.on for word in store.said_done() if word.was_done]
    if not said:
        return {}
    since, until = min(said) - match.FOLLOWED_WITHIN, max(said) + match.FOLLOWED_WITHIN
    found = match.matched(store, since=since, until=until)
    return {session.activity_id: session for session in found if is_filled(session, {session.activity_id})}


def of_runs(said: Sequence[SaidDone]) -> Words:
    """Sum runs that have no recording."""
    return Words(len(said), sum(word.forward_s for word in said), sum(word.backward_s for word in said))


def alone(store: PlannedAndDone, *, since: date | None, until: date | None) -> list[SaidDone]:
    """Return what was said to be done on some days, both inclusive, and has no recording; newest first."""
    said = _said_done(store, since, until)
    found = _without_recording(store, said, *_around(store, said)) if said else []
    return sorted(found, key=lambda word: word.on, reverse=True)


def _said_done(store: SessionsSaidDone, since: date | None, until: date | None) -> list[SaidDone]:
    said = [word for word in store.said_done() if word.was_done and not word.simulated]
    return [word for word in said if _is_within(word.on, since, until)]


def _is_within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)


def _around(store: PlannedAndDone, said: Sequence[SaidDone]) -> tuple[dict[str, Matched], list[ActivityRow]]:
    """Return the matched sessions and the recordings of the days that words may speak of."""
    days = [word.on for word in said]
    first, last = min(days) - match.FOLLOWED_WITHIN, max(days) + match.FOLLOWED_WITHIN
    sessions = {session.workout_id: session for session in match.matched(store, since=first, until=last)}
    query = ActivityQuery(since=first, until=last, simulated=False, on_foot=True, limit=ALL)
    return sessions, store.activities(query)


def _without_recording(
    store: Plans, said: Sequence[SaidDone], sessions: dict[str, Matched], rows: Sequence[ActivityRow]
) -> list[SaidDone]:
    plan = store.plan()
    of_plan = {workout.workout_id for workout in plan.workouts()} if plan is not None else set()
    return said_and_recorded.without_recording(said, sessions, rows, of_plan=of_plan)


def beside_the_plan(store: PlannedAndDone, *, since: date, until: date) -> list[SaidDone]:
    """Return the runs of some days, both inclusive, that were written down, are no session and have no recording."""
    told = [word for word in store.said_done() if said_done.is_extra(word.workout_id) and since <= word.on <= until]
    if not told:
        return []
    sessions = {session.workout_id: session for session in match.matched(store, since=since, until=until)}
    rows = store.activities(ActivityQuery(since=since, until=until, on_foot=True, limit=ALL))
    return said_and_recorded.without_recording(told, sessions, rows, of_plan=())
