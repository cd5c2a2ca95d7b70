"""After a fall: 48 hours without running backward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.plan import GateState, Reason
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._facts import closed, day_spoken_of, moment_of, opened, session_of
from backward_running.rehab._mistakes import EVIDENCE as TAKEN_BACK
from backward_running.rehab._pause import Pause, end_today, pause_after
from backward_running.rehab.base import Facts, Rule
from backward_running.rehab.concussion_questions import is_answered

EVIDENCE = own_proposal(
    "rule.fall_within_48_h",
    "After a fall 48 hours without running backward, a look for signs of concussion, and one level down.",
)
KEY = "fall_within_48_h"
TITLE = "A fall in the last 48 hours"
NONE_REPORTED = "You have not reported a fall in the last 48 hours."
#: Asked once. After an answer only what may still come is said: signs of a concussion can show late.
_ASKED = (
    "Did you hit your head, or do you feel headache, confusion, dizziness or changed sight? Then see a doctor today."
)
_LATER = "If headache, confusion, vomiting, dizziness or changed sight come later, see a doctor on that day."


def ask(facts: Facts) -> GateState:
    """Close for the two days after a fall."""
    falls = [(_pause(facts, check_in), check_in) for check_in in facts.check_ins if check_in.fell]
    shut = [(pause, fall) for pause, fall in falls if facts.today < pause.until]
    if not shut:
        hour = end_today([pause for pause, _ in falls], facts.today)
        text = f"The 48 hours after your fall end today at {hour}." if hour else NONE_REPORTED
        return opened(KEY, TITLE, text, EVIDENCE)
    pause, fall = max(shut, key=lambda pause_of_fall: pause_of_fall[0].until)
    on = _moment(facts, fall)
    return closed(
        KEY,
        TITLE,
        f"You fell on {on.day} {on:%B}: {pause.words}.",
        EVIDENCE,
        f"Wait till then. {_of_the_head(facts, fall)} Then the plan goes on a stage lower.",
    )


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every fall: 48 hours off, the signs of a concussion to look for, one stage back."""
    for check_in in facts.check_ins:
        if check_in.fell:
            on = _moment(facts, check_in)
            session, pause = _session(facts, check_in), _pause(facts, check_in)
            yield Setback(
                SetbackKind.FALL,
                on,
                Reason(
                    f"You fell on {on.day} {on:%B}: {pause.words}; then one stage down. "
                    f"{_of_the_head(facts, check_in)}",
                    EVIDENCE.key,
                ),
                stages_back=1,
                rest_until=pause.until,
                rest_until_at=pause.until_at,
                activity_id=session.activity_id if session is not None else _same_day(facts, on, check_in.made_at),
            )


def _session(facts: Facts, check_in: CheckIn) -> Done | None:
    return session_of(facts, check_in) if _in_a_session(check_in) else None


def _pause(facts: Facts, check_in: CheckIn) -> Pause:
    """Return the pause after a fall: from the session it happened in; of another fall only the day is known."""
    return pause_after(_session(facts, check_in), _moment(facts, check_in))


def _of_the_head(facts: Facts, fall: CheckIn) -> str:
    return _LATER if is_answered(facts, fall) else _ASKED


def _moment(facts: Facts, check_in: CheckIn) -> date:
    """Return the day of a fall: that of the session it is told of, else the day it was told."""
    return moment_of(facts, check_in) if _in_a_session(check_in) else day_spoken_of(check_in)


def _in_a_session(check_in: CheckIn) -> bool:
    """Tell whether a fall is told of a session. One that is told with how it felt a day or two later is of that day.

    Nobody is asked when; the later day is the one after which the longer rest follows.
    """
    named = check_in.activity_id is not None and check_in.moment is Moment.OTHER
    return named or check_in.moment in (Moment.DURING, Moment.AFTER)


def _same_day(facts: Facts, on: date, told_at: datetime) -> str | None:
    """Return the session on the day of a fall that names none."""
    begun = (session for session in reversed(facts.done) if session.on == on and session.may_be_backward)
    # What began after the fall was told is not what it happened in.
    return next(
        (session.activity_id for session in begun if session.started_at is None or session.started_at <= told_at), None
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE, TAKEN_BACK), setbacks=setbacks)
