"""A fall: whether the head was hit comes before anything else; until it is answered nothing goes on."""

from __future__ import annotations

from backward_running.core.athlete import CheckIn
from backward_running.core.plan import GateState
from backward_running.core.screening import CONCUSSION_QUESTION, HEAD_STRIKE
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import moment_day, was_mistake
from backward_running.rehab._facts import opened, stopped
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.concussion_questions",
    "After a fall the signs of a concussion are asked about before anything else: a proposal of this project.",
)
KEY = "concussion_questions"
TITLE = "Your head after a fall"


def ask(facts: Facts) -> GateState:
    """Close everything while a fall was reported and the questions about the head were not answered."""
    fall = unanswered(facts)
    if fall is None:
        return opened(KEY, TITLE, "No fall waits for the questions about your head.", EVIDENCE)
    on = moment_day(facts, fall)
    return stopped(
        KEY,
        TITLE,
        f"You reported a fall on {on.day} {on:%B}, and not yet how your head is.",
        EVIDENCE,
        f"Answer this before anything else: {CONCUSSION_QUESTION} Say yes or no in the check-in.",
    )


def unanswered(facts: Facts) -> CheckIn | None:
    """Return the newest fall after which nobody answered; the answer may come with it or later."""
    falls = [check_in for check_in in facts.check_ins if check_in.fell and not is_answered(facts, check_in)]
    return falls[-1] if falls else None


def is_answered(facts: Facts, fall: CheckIn) -> bool:
    """Tell whether somebody said how the head is, with a fall or after it."""
    if HEAD_STRIKE in fall.red_flags and not was_mistake(facts, HEAD_STRIKE, fall):
        return True
    return any(fall.made_at <= check_in.made_at for check_in in facts.check_ins if _is_answer(facts, check_in))


def _is_answer(facts: Facts, check_in: CheckIn) -> bool:
    """Tell whether a check-in answers the questions; a yes that was taken back as a mistake is no "no"."""
    return check_in.concussion_signs is not None and not (
        check_in.concussion_signs and was_mistake(facts, HEAD_STRIKE, check_in)
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
