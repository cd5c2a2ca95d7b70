"""Whether anything was done backward before the days looked back on: the first of a window is not the first of all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from backward_running.core.adaptation import Done
from backward_running.core.direction import Direction
from backward_running.core.ports import ActivityQuery, DoneSessions


def is_there_any(store: DoneSessions, *, before: date, simulated: bool) -> bool:
    """Tell whether anything was done backward before a day, recorded or said.

    Parameters
    ----------
    store : DoneSessions
        Asked for one row at most.
    before : date
        The first day that no longer counts.
    simulated : bool
        Whose sessions: a simulated runner's or a real one's.
    """
    until = before - timedelta(days=1)
    query = ActivityQuery(direction=Direction.BACKWARD, until=until, simulated=simulated, on_foot=True, limit=1)
    if store.activities(query):
        return True
    words = (word for word in store.said_done() if word.was_done and word.simulated == simulated)
    return any(word.backward_s > 0 and word.on < before for word in words)


def with_earlier(store: DoneSessions, done: tuple[Done, ...], *, before: date, simulated: bool) -> tuple[Done, ...]:
    """Return the sessions of a window, oldest first; its first backward one knows whether something lies before it.

    Parameters
    ----------
    store : DoneSessions
        With all that was ever done.
    done : tuple of Done
        Those of the window.
    before : date
        The first day of the window.
    simulated : bool
        Whose sessions.
    """
    first = next((place for place, session in enumerate(done) if session.backward_s > 0), None)
    if first is None or not is_there_any(store, before=before, simulated=simulated):
        return done
    return (*done[:first], replace(done[first], follows_earlier=True), *done[first + 1 :])
