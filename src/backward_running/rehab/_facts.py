"""Read facts as rules need them: what was typed may come as a string, a number, a list or a date."""

from __future__ import annotations

import math
from datetime import date, timedelta

from backward_running.core.adaptation import Done
from backward_running.core.athlete import CheckIn
from backward_running.core.plan import GateState, Reason
from backward_running.core.screening import RECENT_FALL
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab.base import Facts


def ticked(facts: Facts, key: str) -> frozenset[str] | None:
    """Return what was ticked in a list; None where nothing was: an empty list is no answer."""
    value = facts.answers.get(key)
    if isinstance(value, str):
        return frozenset({value}) if value else None
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(str(item) for item in value) or None
    return None


def chosen(facts: Facts, key: str) -> str | None:
    """Return the one thing that was chosen; None where it was not answered."""
    value = facts.answers.get(key)
    return value if isinstance(value, str) and value else None


def number(facts: Facts, key: str) -> float | None:
    """Return a number that was answered; None where there is none."""
    value = facts.answers.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        read = float(value)
    except ValueError:
        return None
    return read if math.isfinite(read) else None


def day(facts: Facts, key: str) -> date | None:
    """Return a date that was answered; None where there is none."""
    value = facts.answers.get(key)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def age_years(facts: Facts) -> tuple[int, int] | None:
    """Return the youngest and the oldest the runner may be today, or None where the birth year is not known.

    Only the year is asked, so the age is known to within one year.
    """
    year = number(facts, "birth_year")
    born = int(year) if year is not None else facts.athlete.birth_year
    return None if born is None else (facts.today.year - born - 1, facts.today.year - born)


PAUSE_S = Number(
    "pause_after_fall_or_pain_s",
    172_800.0,
    "s",
    own_proposal("rule.pause", "After a fall or too much pain at least 48 hours without running backward: a proposal."),
)


REACH_S = Number(
    "check_in_speaks_of_session_within_s",
    259_200.0,
    "s",
    own_proposal(
        "rule.moment",
        "What is told within three days of a session belongs to it, whenever it is told: a setback counts from the "
        "session that hurt. A proposal of this project.",
    ),
)


def day_spoken_of(check_in: CheckIn) -> date:
    """Return the day a check-in speaks of: the one it names, else the one on which it was told."""
    return check_in.on or check_in.made_at.date()


def session_of(facts: Facts, check_in: CheckIn) -> Done | None:
    """Return the session a check-in speaks of: the one it names, else the last one of the three days before it.

    Where it names a day, the last one of that day or of the three before it. One that names a word that was taken back
    names none any more.
    """
    if check_in.activity_id is not None and check_in.activity_id not in facts.gone:
        return next((session for session in facts.done if session.activity_id == check_in.activity_id), None)
    reach = timedelta(seconds=REACH_S.value)
    before = [session for session in facts.done if session.may_be_backward and _began_before(session, check_in, reach)]
    return max(before, key=lambda session: (session.on, str(session.started_at)), default=None)


def _began_before(done: Done, check_in: CheckIn, reach: timedelta) -> bool:
    if check_in.on is not None:
        return timedelta(0) <= check_in.on - done.on <= reach
    if done.started_at is not None:
        return timedelta(0) <= check_in.made_at - done.started_at <= reach
    return timedelta(0) <= check_in.made_at.date() - done.on <= reach


def moment_of(facts: Facts, check_in: CheckIn) -> date:
    """Return the day of the session a check-in speaks of; the day it was told where it speaks of none."""
    session = session_of(facts, check_in)
    return session.on if session is not None else day_spoken_of(check_in)


def first_day_after_pause(on: date) -> date:
    """Return the first day on which the 48 hours after something on that day have surely passed.

    >>> first_day_after_pause(date(2026, 5, 4))
    datetime.date(2026, 5, 7)
    """
    return on + timedelta(seconds=PAUSE_S.value) + timedelta(days=1)


def fell_in_last_year(facts: Facts) -> bool | None:
    """Whether the runner fell in the last 12 months; None where nobody asked."""
    year_ago = facts.today - timedelta(days=366)
    if any(check_in.fell and check_in.made_at.date() >= year_ago for check_in in facts.check_ins):
        return True
    health = ticked(facts, "health")
    return None if health is None else RECENT_FALL[0] in health


def opened(key: str, title: str, text: str, evidence: Evidence) -> GateState:
    """Return an open gate."""
    return GateState(key, title, open=True, reason=Reason(text, evidence.key))


def closed(
    key: str,
    title: str,
    text: str,
    evidence: Evidence,
    what_to_do: str,
    *,
    walking_only: bool = False,
    holding: bool = False,
    no_running: bool = False,
) -> GateState:
    """Return a closed gate."""
    return GateState(
        key,
        title,
        open=False,
        reason=Reason(text, evidence.key),
        what_to_do=what_to_do,
        walking_only=walking_only,
        holding=holding,
        no_running=no_running,
    )


def stopped(key: str, title: str, text: str, evidence: Evidence, what_to_do: str) -> GateState:
    """Return a gate that is closed for everything: no session to come is offered, and none leaves the program."""
    return GateState(key, title, open=False, reason=Reason(text, evidence.key), what_to_do=what_to_do, stops=True)
