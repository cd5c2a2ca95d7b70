"""From 80 on walking only, whatever was done before."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._facts import age_years, opened
from backward_running.rehab._who import birth_year_unknown, walking_beside
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.from_80", "From 80 on backward walking only, with somebody beside, whatever was done before: a proposal."
)
WALKING_ONLY_FROM_YEARS = Number("walking_only_from_age_count", 80, "years", EVIDENCE)
KEY = "from_80"
TITLE = "Walking from 80 on"


def ask(facts: Facts) -> GateState:
    """Take the oldest the runner may be: only the birth year is asked."""
    ages = age_years(facts)
    if ages is None:
        return birth_year_unknown(KEY, TITLE, EVIDENCE)
    from_years = WALKING_ONLY_FROM_YEARS.value
    if ages[1] < from_years:
        return opened(KEY, TITLE, f"You are under {from_years:.0f}.", EVIDENCE)
    return walking_beside(
        facts, KEY, TITLE, f"You are, or turn, {from_years:.0f} or older: you walk backward, you do not run.", EVIDENCE
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
