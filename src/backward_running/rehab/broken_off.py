"""After a session that was broken off because of a symptom: 48 hours without running backward, then one stage back."""

from __future__ import annotations

from collections.abc import Iterator

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.plan import GateState, Reason
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import moment_day
from backward_running.rehab._facts import closed, opened, session_of
from backward_running.rehab._pause import Pause, end_today, pause_after
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.broken_off",
    "After a session broken off because of a symptom 48 hours without running backward, and one stage back.",
)
KEY = "broken_off"
TITLE = "A session broken off in the last 48 hours"
NONE_REPORTED = "You have not reported a session broken off in the last 48 hours."


def ask(facts: Facts) -> GateState:
    """Close for the two days after a session was broken off."""
    told = list(setbacks(facts))
    recent = [setback for setback in told if setback.rest_until is not None and facts.today < setback.rest_until]
    if not recent:
        hour = end_today(
            [Pause(setback.rest_until, setback.rest_until_at) for setback in told if setback.rest_until], facts.today
        )
        text = f"The 48 hours after the session you broke off end today at {hour}." if hour else NONE_REPORTED
        return opened(KEY, TITLE, text, EVIDENCE)
    return closed(
        KEY,
        TITLE,
        recent[-1].reason.text,
        EVIDENCE,
        "Wait till then and say how it feels; then go on one stage earlier in the plan. If the symptom comes back, see "
        "a doctor or physiotherapist.",
    )


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every session that was broken off: 48 hours off, one stage back."""
    for check_in in facts.check_ins:
        if check_in.broke_off:
            session = session_of(facts, check_in)
            on = session.on if session is not None else moment_day(facts, check_in)
            pause = pause_after(session, on)
            yield Setback(
                SetbackKind.BROKEN_OFF,
                on,
                Reason(
                    f"You broke off the session of {on.day} {on:%B} because of a symptom: {pause.words}; then one "
                    "stage down.",
                    EVIDENCE.key,
                ),
                stages_back=1,
                rest_until=pause.until,
                rest_until_at=pause.until_at,
                activity_id=session.activity_id if session is not None else check_in.activity_id,
            )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,), setbacks=setbacks)
