"""What every rule must keep, whoever wrote it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.errors import BadValue
from backward_running.rehab import Facts, Rule, all_rules, ask_rules

RULES = all_rules()
TODAY = date(2026, 5, 4)
NOTHING = Facts(TODAY, Athlete(), {})
WORST = Facts(
    TODAY,
    Athlete(birth_year=2020, ceilings=Ceilings("surgeon", TODAY, sessions_per_week_count=0)),
    {
        "goal": "rehab:groin",
        "parq": "yes_any",
        "health": ["chest_pain", "pregnancy", "pregnancy_first_trimester", "fell_12_months"],
        "longest_run_s": 0,
        "forward_runs_per_week": 0,
        "backward_walk_test_s": 60,
    },
    (
        CheckIn(datetime(2026, 5, 1, 8, tzinfo=UTC), pain_nrs={"shin": 8}),
        CheckIn(
            datetime(2026, 5, 4, 8, tzinfo=UTC), pain_nrs={"shin": 9}, calf_soreness_nrs=9, fell=True, broke_off=True
        ),
    ),
)
#: Nobody is too young and too old at once.
OLD = replace(WORST, athlete=Athlete(birth_year=1930))


@pytest.fixture(params=RULES.values(), ids=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    return request.param


def test_there_are_rules_and_red_flags_are_asked_first() -> None:
    states = ask_rules(NOTHING)
    firsts = [RULES[state.key].is_red_flag for state in states]
    assert firsts == sorted(firsts, reverse=True) and firsts[0]


@pytest.mark.parametrize("facts", [NOTHING, WORST, OLD], ids=["nothing known", "everything wrong", "old"])
def test_a_state_carries_the_key_a_reason_and_evidence_of_its_rule(rule: Rule, facts: Facts) -> None:
    state = rule.ask(facts)
    assert (state.key, state.title) == (rule.key, rule.title)
    assert state.reason.text.endswith(".")
    assert state.reason.evidence_key in {one.key for one in rule.evidence}
    assert state.open or (state.what_to_do or "").endswith("."), "a closed gate says what to do"
    assert not (state.open and (state.walking_only or state.is_red_flag))
    assert rule.is_red_flag or not state.is_red_flag


def test_every_rule_can_close_or_hold(rule: Rule) -> None:
    closes = not (rule.ask(WORST).open and rule.ask(OLD).open)
    assert closes == rule.can_close
    assert rule.can_close or list(rule.setbacks(WORST))


def test_setbacks_carry_a_reason_and_evidence_of_their_rule(rule: Rule) -> None:
    assert list(rule.setbacks(NOTHING)) == []
    for setback in rule.setbacks(WORST):
        assert setback.reason.text.endswith(".")
        assert setback.reason.evidence_key in {one.key for one in rule.evidence}
        assert setback.stages_back in (0, 1)


def test_a_rule_that_cannot_close_must_hold(rule: Rule) -> None:
    with pytest.raises(BadValue, match="setbacks"):
        Rule("x", "x", is_red_flag=False, ask=rule.ask, evidence=rule.evidence, can_close=False)


def test_asking_twice_gives_the_same_answer(rule: Rule) -> None:
    assert rule.ask(WORST) == rule.ask(WORST)


def test_no_word_diagnoses_or_calls_anything_safe(rule: Rule) -> None:
    for facts in (NOTHING, WORST, OLD):
        state = rule.ask(facts)
        said = f"{state.title} {state.reason.text} {state.what_to_do or ''} {state.come_back or ''}".lower()
        assert not re.search(
            r"\b(safe|safely|retro|diagnos\w*|you have (a|an) (tear|fracture|clot|concussion))\b", said
        )


def test_a_rule_without_evidence_cannot_be_made(rule: Rule) -> None:
    with pytest.raises(BadValue, match="evidence"):
        Rule("x", "x", is_red_flag=False, ask=rule.ask, evidence=())
