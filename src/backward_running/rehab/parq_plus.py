"""The PAR-Q+ is used whole and unchanged on its own page; only its outcome is asked for."""

from __future__ import annotations

from datetime import date

from backward_running.core.plan import GateState
from backward_running.core.screening import PARQ, PARQ_CLEARED, PARQ_LINK, PARQ_TOLD_ON
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.parq_plus import STUDY
from backward_running.rehab._facts import chosen, closed, day, opened
from backward_running.rehab._who import no_session
from backward_running.rehab.base import Facts, Rule

EVIDENCE = Evidence(
    key="rule.parq_plus",
    says="A health questionnaire before becoming more active; it is meant to be used whole and unchanged.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
VALID = Evidence(
    key="rule.parq_plus.valid",
    says="The PAR-Q+ clears somebody for at most 12 months from the day it was completed, and no longer than their "
    "health stays as it was.",
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.MEMORY,
)
VALID_DAYS = Number("parq_plus_valid_days_count", 365, "days", VALID)
KEY = "parq_plus"
TITLE = "Health questionnaire PAR-Q+"


def is_old(told_on: date, today: date) -> bool:
    """Tell whether an outcome that was told on a day no longer holds.

    >>> is_old(date(2026, 5, 4), date(2027, 5, 4)), is_old(date(2026, 5, 4), date(2027, 5, 5))
    (False, True)
    """
    return (today - told_on).days > VALID_DAYS.value


def ask(facts: Facts) -> GateState:
    """Open where all answers were no, or a professional cleared the runner to run; else walking is what is left.

    An outcome that is older than a year clears nobody: it is asked for anew.
    """
    outcome, told_on = chosen(facts, PARQ), day(facts, PARQ_TOLD_ON)
    if outcome not in (None, "yes_any", "not_done") and told_on is not None and is_old(told_on, facts.today):
        return no_session(
            KEY,
            TITLE,
            f"You told the outcome of the PAR-Q+ on {told_on.day} {told_on:%B %Y}; it holds for 12 months.",
            VALID,
            f"Do it again at {PARQ_LINK} and answer the questions about your health anew; your plan waits as it is.",
            "Come back right after it.",
        )
    if outcome == "all_no":
        return opened(KEY, TITLE, "You did the PAR-Q+ and every answer was no.", EVIDENCE)
    if outcome == "cleared_running":
        return opened(
            KEY, TITLE, "A professional cleared you to exercise after the PAR-Q+, running included.", EVIDENCE
        )
    if outcome in ("cleared_walking", PARQ_CLEARED):
        return closed(
            KEY,
            TITLE,
            "A professional cleared you to exercise after the PAR-Q+, and did not allow running, as far as you said.",
            EVIDENCE,
            "Walk, forward and backward. Ask them whether you may run, and say so here: it is an answer of its own.",
            walking_only=True,
            no_running=True,
        )
    if outcome == "yes_any":
        return no_session(
            KEY,
            TITLE,
            "You answered yes to something in the PAR-Q+.",
            EVIDENCE,
            "Follow what the PAR-Q+ tells you; it says whom to see, and what you may do meanwhile.",
            "Come back once a professional has cleared you to exercise.",
        )
    return no_session(
        KEY,
        TITLE,
        "You have not done the PAR-Q+ yet.",
        EVIDENCE,
        f"Do it at {PARQ_LINK} and record its outcome here; it takes a few minutes.",
        "Come back right after it.",
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE, VALID))
