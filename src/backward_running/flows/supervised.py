"""Recorded sessions that somebody stayed with: the base of who is 65 or older reaches back before any plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backward_running.core.adaptation import Done
from backward_running.core.errors import NotFound
from backward_running.core.ports import Activities, HealthFacts, NewRuns
from backward_running.flows import days, profile
from backward_running.flows.match import done_of
from backward_running.rehab.supervised_base import BASE_FROM_YEARS


def with_supervised(store: HealthFacts, done: Sequence[Done], *, until: date) -> tuple[Done, ...]:
    """Return what was done, and besides every recorded session of which a check-in names who was beside.

    Parameters
    ----------
    store : HealthFacts
        With check-ins and recordings.
    done : sequence of Done
        As a plan looks back on it; kept as it is.
    until : date
        The last day that counts.

    Returns
    -------
    tuple of Done
        In the order of their days.
    """
    known = {session.activity_id for session in done}
    beside = {
        check_in.activity_id
        for check_in in days.telling_check_ins(store)
        if check_in.activity_id and check_in.supervised_by
    }
    more = (_recorded(store, activity_id) for activity_id in sorted(beside - known))
    found = [session for session in more if session is not None and session.on <= until]
    return tuple(sorted((*done, *found), key=lambda session: (session.on, session.activity_id)))


def asks_who_was_beside(store: NewRuns, *, today: date) -> bool:
    """Tell whether it matters who was beside a session: for who is, or may be, 65 or older."""
    born = profile.known(store).birth_year
    return born is not None and today.year - born >= BASE_FROM_YEARS.value


def _recorded(store: Activities, activity_id: str) -> Done | None:
    try:
        row = store.row(activity_id)
    except NotFound:
        return None  # the recording was deleted: it is no longer recorded
    return done_of(row)
