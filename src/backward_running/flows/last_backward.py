"""The last session with backward running, whatever is known of it: seen, said, or planned and not to be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from backward_running.core.adaptation import Done
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.ports import ActivityQuery, DatedCheckIns, DoneSessions, PlanHistory
from backward_running.flows import asking, days, match, said_done
from backward_running.flows.plan_views import LastBackward
from backward_running.plans.allowance import SORENESS_SHOWS_AFTER_S

#: After a session with backward running the calves are asked about on the next two days.
ASKED_AFTER = (timedelta(days=1), timedelta(days=2))
#: A word that is missing holds the stage of its week, and is asked for until the break counts.
HOLDS_FOR, ASKED_TILL = timedelta(days=7), timedelta(days=14)


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
    query = ActivityQuery(direction=Direction.BACKWARD, until=today, limit=1)
    rows = [row for row in store.activities(query) if row.backward_s > 0]
    found = [LastBackward(row.activity_id, row.title, days.local_day(row), days.local_start(row)) for row in rows]
    may_be = (session for session in done if _may_be_backward(session))
    for session in sorted(may_be, key=_when, reverse=True):  # of the newest that is still there, the title is asked
        last = _of_done(store, session)
        if last is not None:
            found.insert(0, last)
            break
    return max(found, key=lambda last: last.began_at.astimezone(UTC), default=None)


def calves_due(store: DatedCheckIns, last: LastBackward | None, *, now: datetime) -> str | None:
    """Ask about the calves 24 and 48 hours after the last backward session, once each; None where nothing is due."""
    if last is None:
        return None
    after = now.date() - last.on
    if (now - last.began_at).total_seconds() < SORENESS_SHOWS_AFTER_S.value or after not in ASKED_AFTER:
        return None
    asked_today = any(
        check_in.made_at.date() == now.date() and check_in.calf_soreness_nrs is not None
        for check_in in days.telling_check_ins(store)
    )
    return (
        None if asked_today else f"About {24 * after.days} hours after {last.title}: how sore are your calves, 0 to 10?"
    )


def felt_missing(situation: asking.Situation, today: date) -> Done | None:
    """Return the newest session of which nobody said how it felt, once the two days after it are over.

    Only those of the last seven days of sessions: they hold a stage. After two weeks the break counts instead.
    """
    done = [session for session in situation.done if session.backward_s > 0]
    if not done:
        return None
    since = max(session.on for session in done) - HOLDS_FOR
    open_ = [session for session in done if not session.is_rated and session.on > since]
    asked = [session for session in open_ if ASKED_AFTER[-1] < today - session.on <= ASKED_TILL]
    return max(asked, key=lambda session: session.on, default=None)


def felt_words(done: Done, title: str | None) -> str:
    """Ask how a session felt of which nobody said it, and say what waits for the answer."""
    return (
        f"How sore were your calves after {title or 'your session'} of {done.on:%A} {done.on.day} {done.on:%B}, 0 to "
        "10? Until you say so the plan keeps its stage."
    )


def _may_be_backward(session: Done) -> bool:
    """Tell whether calves may be sore of it: what was planned backward and does not show its direction counts."""
    return session.started_at is not None and session.may_be_backward


def _when(session: Done) -> datetime:
    began_at = session.started_at
    return datetime.min.replace(tzinfo=UTC) if began_at is None else began_at.astimezone(UTC)


def _of_done(store: DoneSessions, session: Done) -> LastBackward | None:
    if session.started_at is None:
        return None
    said = said_done.of_word(store, session.activity_id) if session.is_said else None
    if said is not None:
        return LastBackward(session.activity_id, said.title, session.on, session.started_at)
    try:
        return LastBackward(session.activity_id, store.row(session.activity_id).title, session.on, session.started_at)
    except NotFound:
        return None  # deleted meanwhile
