"""The one question at the first import: have you run backward before? Its answer is one or two statements."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.ports import AnsweredRuns, Settings
from backward_running.core.statement import Runs
from backward_running.flows.statements import revoke_answers, state

#: The setting under which the answer is kept: "no", "since 2026-05-01", "unknown"; with " plain" where runs without
#: anything backward in them are forward.
ANSWER = "backward_before"
BEFORE, PLAIN = "backward before", "plain runs"
_PLAIN = " plain"


class Before(enum.Enum):
    """Whether somebody ran backward before they came here."""

    NO = "no"
    SINCE = "since"
    UNKNOWN = "unknown"  #: may be at any time: they are asked run by run

    @staticmethod
    def of(text: str) -> Before:
        """Read one. Raises BadValue."""
        if text not in {answer.value for answer in Before}:
            raise BadValue("before", "be no, since or unknown", text, "Choose one of the three answers.")
        return Before(text)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    before: Before
    since: date | None
    plain_forward: bool  #: runs in which no backward step was planned, marked or labelled are forward


def answer(store: Settings) -> Answer | None:
    """Return what was answered; None where nothing was yet."""
    kept = store.setting(ANSWER)
    if not kept:
        return None
    word, _, day = kept.removesuffix(_PLAIN).partition(" ")
    return Answer(Before(word), date.fromisoformat(day) if day else None, kept.endswith(_PLAIN))


def keep(store: AnsweredRuns, before: Before, *, since: date | None, plain_forward: bool, now: datetime) -> Answer:
    """Keep an answer in place of the one before.

    Parameters
    ----------
    store : AnsweredRuns
        The memory.
    before : Before
        *No*: every run before today is forward. *Since*: every run before that day.
    since : date or None
        Goes with *since*.
    plain_forward : bool
        Whether runs in which no backward step was planned, marked or labelled are forward, those to come too.
    now : datetime
        On the runner's own clock.

    Raises
    ------
    BadValue
        No day is given with *since*, or one that is to come.
    """
    until = now.date() if before is Before.NO else since
    if before is Before.SINCE and since is None:
        raise BadValue("since", "be a day", None, "Pick the day from which on you may have run backward.")
    kept = Answer(before, since if before is Before.SINCE else None, plain_forward)
    with store.transaction():
        revoke_answers(store, BEFORE, now=now)
        revoke_answers(store, PLAIN, now=now)
        if before is not Before.UNKNOWN and until is not None:
            state(store, Runs(before=until), Direction.FORWARD, now=now, answers=BEFORE)
        if plain_forward:
            state(store, Runs(plain=True), Direction.FORWARD, now=now, answers=PLAIN)
        store.put_setting(ANSWER, _written(kept))
    return kept


def _written(kept: Answer) -> str:
    day = f" {kept.since.isoformat()}" if kept.since else ""
    return f"{kept.before.value}{day}{_PLAIN if kept.plain_forward else ''}"
