"""Minors: from 16 alone, from 13 with an adult beside, not below."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.evidence.studies.uthoff2020 import STUDY as UTHOFF_2020
from backward_running.rehab._facts import age_years, closed, has_supervisor, opened
from backward_running.rehab.base import Facts, Rule

EVIDENCE = Evidence(
    key="rule.age",
    says="Alone from 16; from 13 only with an adult beside; below 13 not at all. A cautious choice of this project.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
YOUNGEST_TRAINED = Evidence(
    key="rule.youngest_trained",
    says="Boys of 13 to 15 trained running backward for eight weeks, supervised; nobody younger was studied here.",
    study=UTHOFF_2020,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
ALONE_FROM_YEARS = Number("rule_alone_from_age_count", 16, "years", EVIDENCE)
SUPERVISED_FROM_YEARS = Number("rule_supervised_from_age_count", 13, "years", YOUNGEST_TRAINED)
KEY = "age"
TITLE = "Age"


def ask(facts: Facts) -> GateState:
    """Take the youngest the runner may be: only the birth year is asked."""
    ages = age_years(facts)
    if ages is None:
        return closed(KEY, TITLE, "Your birth year is not known.", EVIDENCE, "Type the year you were born.")
    youngest, _ = ages
    if youngest >= ALONE_FROM_YEARS.value:
        return opened(KEY, TITLE, "You are 16 or older.", EVIDENCE)
    if youngest < SUPERVISED_FROM_YEARS.value:
        return closed(
            KEY,
            TITLE,
            f"You may still be {youngest}: there is no plan for anybody under 13.",
            YOUNGEST_TRAINED,
            "Come back when you are 13, with an adult beside you.",
        )
    if has_supervisor(facts):
        return opened(KEY, TITLE, "You are under 16 and an adult stays for every session.", YOUNGEST_TRAINED)
    return closed(
        KEY,
        TITLE,
        "You may still be under 16: then you run backward only with an adult beside you.",
        EVIDENCE,
        "Find an adult who stays for every session, and tick that under “What do you have?”.",
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE, YOUNGEST_TRAINED))
