"""From 65 on recorded, supervised backward walking comes before backward running. What was typed never counts."""

from __future__ import annotations

from datetime import timedelta

from backward_running.core.adaptation import Done
from backward_running.core.plan import GateState
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._facts import age_years, day_spoken_of, opened
from backward_running.rehab._who import birth_year_unknown, walking_beside
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.supervised_base",
    "From 65 on, six recorded sessions of backward walking, each with somebody named beside, over at least three "
    "weeks and without a fall, come before running backward: a proposal.",
)
BASE_FROM_YEARS = Number("supervised_base_from_age_count", 65, "years", EVIDENCE)
BASE_SESSIONS = Number("supervised_base_sessions_count", 6, "sessions", EVIDENCE)
BASE_WEEKS = Number("supervised_base_weeks_count", 3, "weeks", EVIDENCE)
KEY = "supervised_base"
TITLE = "Walking backward with somebody beside first"


def ask(facts: Facts) -> GateState:
    """Open under 65, and where the base was recorded; else leave supervised walking."""
    ages = age_years(facts)
    if ages is None:
        return birth_year_unknown(KEY, TITLE, EVIDENCE)
    if ages[1] < BASE_FROM_YEARS.value:
        return opened(KEY, TITLE, f"You are under {BASE_FROM_YEARS.value:.0f}.", EVIDENCE)
    base = base_sessions(facts)
    wanted, weeks = int(BASE_SESSIONS.value), int(BASE_WEEKS.value)
    days = (base[-1].on - base[0].on).days if base else 0
    if len(base) >= wanted and days >= 7 * weeks:
        return opened(KEY, TITLE, f"{len(base)} sessions with somebody beside you are recorded.", EVIDENCE)
    text = (
        f"From {BASE_FROM_YEARS.value:.0f} on, {wanted} recorded sessions of walking backward with somebody beside "
        f"you, over at least {weeks} weeks and without a fall, come before running; {len(base)} "
        f"{'is' if len(base) == 1 else 'are'} recorded so far."
    )
    return walking_beside(
        facts,
        KEY,
        TITLE,
        text,
        EVIDENCE,
        then="Record each session, and say in the check-in after it who was with you.",
        come_back=f"Running may follow after {wanted} such sessions.",
    )


def base_sessions(facts: Facts) -> list[Done]:
    """Return the recorded backward sessions that somebody named stayed with, since the last fall, oldest first."""
    beside = {
        check_in.activity_id
        for check_in in facts.check_ins
        if check_in.activity_id and (check_in.supervised_by or "").strip()
    }
    fell = {check_in.activity_id for check_in in facts.check_ins if check_in.fell and check_in.activity_id}
    falls = [day_spoken_of(check_in) for check_in in facts.check_ins if check_in.fell]
    # What lies a day before a fall was told of may be the session with the fall.
    after = max(falls) + timedelta(days=1) if falls else None
    return sorted(
        (
            session
            for session in facts.done
            if session.backward_s > session.said_backward_s
            and not session.is_said  # a base is recorded, never said
            and session.activity_id in beside
            and session.activity_id not in fell
            and session.on <= facts.today
            and (after is None or session.on >= after)
        ),
        key=lambda session: session.on,
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
