"""The last session with backward running, whatever is known of it: seen, said, or planned and not to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from backward_running.core.adaptation import Done
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.ports import ActivityQuery, DatedCheckIns, DoneSessions, PlanHistory
from backward_running.flows import days, match, said_done
from backward_running.flows.plan_views import LastBackward
from backward_running.plans.allowance import SORENESS_SHOWS_AFTER_S

#: After a session with backward running the calves are asked about on the next two days.
ASKED_AFTER = (timedelta(days=1), timedelta(days=2))


def last_backward(store: PlanHistory, *, today: date, done: Sequence[Done] | None = None) -> LastBackward | None:
    """Return the last session with backward running; None where there is none.

    Parameters
    ----------
    store : PlanHistory
        With recordings, and what was said of sessions.
    today : date
        The last day that counts.
    done : sequence of Done, optional
        As the plan looks back on it, where that was asked already.
    """
    plan = store.plan()
    if done is None:
        done = match.done(store, plan, until=today) if plan is not None else ()
    found = [_of_done(store, one) for one in done if _may_be_backward(one)]
    query = ActivityQuery(direction=Direction.BACKWARD, until=today, limit=1)
    rows = [row for row in store.activities(query) if row.backward_s > 0]
    found += [LastBackward(row.activity_id, row.title, days.local_day(row), days.local_start(row)) for row in rows]
    return max((one for one in found if one is not None), key=lambda one: one.began_at.astimezone(UTC), default=None)


def calves_due(store: DatedCheckIns, last: LastBackward | None, *, now: datetime) -> str | None:
    """Ask about the calves 24 and 48 hours after the last backward session, once each; None where nothing is due."""
    if last is None:
        return None
    after = now.date() - last.on
    if (now - last.began_at).total_seconds() < SORENESS_SHOWS_AFTER_S.value or after not in ASKED_AFTER:
        return None
    asked_today = any(
        check_in.made_at.date() == now.date() and check_in.calf_soreness_nrs is not None
        for check_in in days.check_ins(store)
    )
    return (
        None if asked_today else f"About {24 * after.days} hours after {last.title}: how sore are your calves, 0 to 10?"
    )


def _may_be_backward(one: Done) -> bool:
    """Tell whether calves may be sore of it: what was planned backward and does not show its direction counts."""
    return one.started_at is not None and (one.backward_s > 0 or (one.workout_id is not None and one.unknown_s > 0))


def _of_done(store: DoneSessions, one: Done) -> LastBackward | None:
    if one.started_at is None:
        return None
    said = said_done.of_word(store, one.activity_id) if one.is_said else None
    if said is not None:
        return LastBackward(one.activity_id, said.title, one.on, one.started_at)
    try:
        return LastBackward(one.activity_id, store.row(one.activity_id).title, one.on, one.started_at)
    except NotFound:
        return None  # deleted meanwhile
