"""The rules of the house under the contract of all rules."""

from __future__ import annotations

from backward_running.rehab import all_rules, ask_rules
from backward_running.testing.rules import NOTHING, RuleContract

RULES = all_rules()


class TestRules(RuleContract):
    plugs = tuple(RULES.values())


def test_there_are_rules_and_red_flags_are_asked_first() -> None:
    states = ask_rules(NOTHING)
    firsts = [RULES[state.key].is_red_flag for state in states]
    assert firsts == sorted(firsts, reverse=True) and firsts[0]
