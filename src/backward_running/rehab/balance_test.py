"""From 65, or after a fall in the last 12 months, the 3-metre backward walk test comes first."""

from __future__ import annotations

from datetime import date

from backward_running.core.plan import GateState
from backward_running.core.screening import FALL_TOLD_ON, WALK_TEST_ON, WALK_TEST_S
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.kapan2025 import STUDY as KAPAN_2025
from backward_running.evidence.studies.polo_ferrero2025 import STUDY as POLO_FERRERO_2025
from backward_running.rehab._facts import age_years, day, day_spoken_of, fell_in_last_year, number, opened
from backward_running.rehab._who import no_session, walking_beside
from backward_running.rehab.base import Facts, Rule

WHO_IS_TESTED = own_proposal(
    "rule.balance_test",
    "Who is 65 or older, or fell in the last 12 months, does the 3-metre backward walk test first; its published "
    "cut-offs were found in older people, their use as a gate is a choice of this project.",
)
SLOW = Evidence(
    key="polo_ferrero2025.cut_off",
    says=(
        "5.5 s for 3 metres backward told older people who had fallen from those who had not best, but weakly "
        "(sensitivity 59.5 %, specificity 68.6 %, 483 people)."
    ),
    study=POLO_FERRERO_2025,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
VERY_SLOW = Evidence(
    key="kapan2025.cut_off",
    says="Nursing-home residents who took 8.15 s or more fell 27 % more often in the next four months (217 people).",
    study=KAPAN_2025,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
TESTED_FROM_YEARS = Number("balance_test_from_age_count", 65, "years", WHO_IS_TESTED)
WALK_ONLY_ABOVE_S = Number("backward_walk_test_walk_only_above_s", 5.5, "s", SLOW)
REFER_FROM_S = Number("backward_walk_test_refer_from_s", 8.15, "s", VERY_SLOW)
KEY = "balance_test"
TITLE = "3-metre backward walk test"


def ask(facts: Facts) -> GateState:
    """Ask for the test where it is due; leave supervised walking where it was slow. It never opens anything else."""
    ages = age_years(facts)
    fell = fell_in_last_year(facts)
    if ages is None or fell is None:
        return no_session(
            KEY,
            TITLE,
            "Your birth year, or whether you fell in the last 12 months, is not known.",
            WHO_IS_TESTED,
            "Answer both questions.",
            "Come back to the questions whenever you like: what you typed is kept.",
        )
    if ages[1] < TESTED_FROM_YEARS.value and not fell:
        return opened(KEY, TITLE, "You are under 65 and did not fall in the last 12 months.", WHO_IS_TESTED)
    took_s = number(facts, WALK_TEST_S)
    if took_s is None or took_s <= 0:
        why = "You fell in the last 12 months" if fell else "You are, or turn, 65 or older"
        return no_session(
            KEY,
            TITLE,
            f"{why}, and the test is not done yet.",
            WHO_IS_TESTED,
            "Walk 3 metres backward with somebody beside you who can hold you, and type the seconds.",
            "Come back when you have done it; it takes a minute.",
        )
    fell_on = _fall_since(facts)
    if fell_on is not None:
        return no_session(
            KEY,
            TITLE,
            f"You fell on {fell_on:%A} {fell_on.day} {fell_on:%B}; the test was done before that or its day is not "
            "known, so it does not count any more.",
            WHO_IS_TESTED,
            "Walk the 3 metres backward again with somebody beside you who can hold you, and type the seconds and the "
            "day.",
            "Come back when you have done it; it takes a minute.",
        )
    return _after_test(facts, took_s)


def _fall_since(facts: Facts) -> date | None:
    """Return the day of the last fall where the test is not known to be newer; None where it is, and without a fall.

    A fall that was only ticked lies before the day on which it was told, so a test of that day is newer.
    """
    tested_on, told_on = day(facts, WALK_TEST_ON), day(facts, FALL_TOLD_ON)
    falls = [day_spoken_of(check_in) for check_in in facts.check_ins if check_in.fell]
    last = max(falls, default=None)
    if last is not None and (tested_on is None or tested_on <= last):
        return last
    return told_on if told_on is not None and tested_on is not None and tested_on < told_on else None


def _after_test(facts: Facts, took_s: float) -> GateState:
    if took_s >= REFER_FROM_S.value:
        return no_session(
            KEY,
            TITLE,
            f"You took {took_s:.2f} s for the 3 metres; from {REFER_FROM_S.value} s on somebody looks at it first.",
            VERY_SLOW,
            "Speak with your doctor or physiotherapist about your balance before you walk backward.",
            "Come back when they have seen you and the test takes less time.",
            no_running=True,
        )
    if took_s > WALK_ONLY_ABOVE_S.value:
        return walking_beside(
            facts,
            KEY,
            TITLE,
            f"You took {took_s:.2f} s for the 3 metres, more than {WALK_ONLY_ABOVE_S.value} s.",
            SLOW,
            come_back=f"Do the test again after some weeks: running waits until it takes {WALK_ONLY_ABOVE_S.value} s "
            "or less.",
            no_running=True,
        )
    return opened(KEY, TITLE, f"You took {took_s:.2f} s for the 3 metres.", SLOW)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(WHO_IS_TESTED, SLOW, VERY_SLOW))
