"""Minors: from 16 alone, from 13 with an adult beside, not below."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.uthoff2020 import STUDY as UTHOFF_2020
from backward_running.rehab._facts import age_years, opened, ticked
from backward_running.rehab._who import NAME_THEM, birth_year_unknown, no_session, supervisor
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.age",
    "Alone from 16; from 13 only with an adult beside; below 13 not at all. A cautious choice of this project.",
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
        return birth_year_unknown(KEY, TITLE, EVIDENCE)
    youngest, _ = ages
    if youngest >= ALONE_FROM_YEARS.value:
        return opened(KEY, TITLE, "You are 16 or older.", EVIDENCE)
    if youngest < SUPERVISED_FROM_YEARS.value:
        return no_session(
            KEY,
            TITLE,
            f"You may still be {youngest}: there is no plan for anybody under 13.",
            YOUNGEST_TRAINED,
            "Run forward, play, jump: that is what trains best at your age.",
            "Come back when you are 13, with an adult beside you.",
        )
    name = supervisor(facts)
    if name is not None:
        return opened(KEY, TITLE, f"You are under 16 and {name} stays for every session.", YOUNGEST_TRAINED)
    ticked_one = "supervisor" in (ticked(facts, "have") or ())
    return no_session(
        KEY,
        TITLE,
        "You may still be under 16: then you go backward only with an adult beside you.",
        EVIDENCE,
        f"{NAME_THEM}: without it there is no session."
        if ticked_one
        else "Find an adult who stays for every session, tick that under “What do you have?” and type their name.",
        "Come back as soon as you have somebody.",
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE, YOUNGEST_TRAINED))
