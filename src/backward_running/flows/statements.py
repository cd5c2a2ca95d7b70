"""Say which way many recordings went, in one word; see what that covers; take it back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow, StatedRuns, Statements
from backward_running.core.statement import Runs, Statement
from backward_running.flows.days import ALL, local_day

#: With less unknown time than this a run asks nothing of its runner.
ASKS_FROM_S = 30.0
ID_BYTES = 6
_ASKING = ActivityQuery(unknown_from_s=ASKS_FROM_S, simulated=False, on_foot=True)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a set of recordings comes to after what was said of them: each is in one of the three, none in two."""

    runs: int
    shown: int  #: recordings, laps or labels show the direction
    forward: int  #: forward as their runner says
    backward: int  #: backward as their runner says
    asks: tuple[ActivityRow, ...]  #: which way they went nobody knows

    @property
    def said(self) -> int:
        """How many stand on the runner's word."""
        return self.forward + self.backward


def state(
    store: StatedRuns, about: Runs, direction: Direction, *, now: datetime, answers: str | None = None
) -> Statement:
    """Keep what the runner says of a set of recordings; those that it may be about are understood anew.

    Parameters
    ----------
    store : StatedRuns
        The memory.
    about : Runs
        Which; those that come in later are in it too, where they fit.
    direction : Direction
        Forward, backward, or unknown: what was said of them before holds no more.
    now : datetime
        On the runner's own clock.
    answers : str, optional
        The question it answers; what answered that before is taken back.

    Raises
    ------
    BadValue
        A day lies in the future, or the direction is none that can be said.
    NotFound
        A recording is named that is not there.
    """
    _check(store, about, now.date())
    made = Statement(secrets.token_hex(ID_BYTES), about, direction, now, answers=answers)
    with store.transaction():
        if answers is not None:
            revoke_answers(store, answers, now=now)
        store.put_statement(made)
        store.doubt(_may_be_in(store, about))
    return made


def revoke(store: StatedRuns, statement_id: str, *, now: datetime) -> Statement:
    """Take a statement back; what it filled in is unknown again. Raises NotFound where there is none to take back."""
    with store.transaction():
        found = next(
            (
                statement
                for statement in store.statements()
                if statement.statement_id == statement_id and statement.holds
            ),
            None,
        )
        if found is None:
            raise NotFound("There is no such statement that could be taken back; Settings shows those that hold.")
        return _take_back(store, found, now)


def revoke_answers(store: StatedRuns, question: str, *, now: datetime) -> None:
    """Take back what answered a question, where anything did."""
    with store.transaction():
        for statement in store.statements():
            if statement.answers == question and statement.holds:
                _take_back(store, statement, now)


def revoke_last(store: StatedRuns, *, now: datetime) -> Statement:
    """Take the newest statement back. Raises NotFound where none holds."""
    holding = in_force(store)
    if not holding:
        raise NotFound("Nothing was said of whole runs that could be taken back.")
    return revoke(store, holding[0].statement_id, now=now)


def in_force(store: Statements) -> tuple[Statement, ...]:
    """Return what was said and not taken back, newest first."""
    return tuple(statement for statement in reversed(store.statements()) if statement.holds)


def batch(store: Activities) -> Batch:
    """Count what all real recordings on foot come to; only those that ask are read."""
    runs = store.count_activities(ActivityQuery(simulated=False, on_foot=True))
    asks = that_ask(store)
    forward, backward = store.count_said(ASKS_FROM_S)
    return Batch(runs, runs - len(asks) - forward - backward, forward, backward, asks)


def that_ask(store: Activities) -> tuple[ActivityRow, ...]:
    """Return the real runs of which nobody knows which way they went, newest first."""
    return tuple(store.activities(replace(_ASKING, limit=ALL)))


def any_asks(store: Activities) -> bool:
    """Whether there is a run of which nobody knows which way it went."""
    return store.count_activities(_ASKING) > 0


def _take_back(store: StatedRuns, statement: Statement, now: datetime) -> Statement:
    gone = replace(statement, revoked_at=now)
    store.put_statement(gone)
    store.doubt(_may_be_in(store, statement.about))
    return gone


def _check(store: Activities, about: Runs, today: date) -> None:
    if about.before is not None and about.before > today + timedelta(days=1):
        hint = f"Pick a day until {today}: what is to come nobody can say."
        raise BadValue("before", "not lie in the future", about.before, hint)
    if about.since is not None and about.since > today:
        raise BadValue("since", "not lie in the future", about.since, f"Pick a day until {today}.")
    for activity_id in about.activity_ids:
        store.row(activity_id)


def _may_be_in(store: Activities, about: Runs) -> Sequence[str]:
    """Return the recordings that a set may hold, and perhaps some more: each is asked itself when it is due."""
    if about.activity_ids:
        return about.activity_ids
    rows = store.activities(ActivityQuery(simulated=False, limit=ALL))
    return [row.activity_id for row in rows if row.on_foot and _may_hold(about, local_day(row))]


def _may_hold(about: Runs, day: date) -> bool:
    return (about.since is None or day >= about.since) and (about.before is None or day < about.before)
