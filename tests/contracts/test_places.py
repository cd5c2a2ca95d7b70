"""The rules about places of the house under their contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backward_running.core.ground import Grade, GroundKind, Hazard, HazardKind
from backward_running.places import Answer, all_rules, score
from backward_running.places._weights import WEIGHTS
from backward_running.testing.places import ASKED, BARE, SAID, PlaceRuleContract

RULES = all_rules()


class TestPlaceRules(PlaceRuleContract):
    plugs = tuple(RULES.values())


def test_the_table_of_weights_holds_every_rule_and_none_besides():
    assert {key: rule.weight for key, rule in RULES.items()} == WEIGHTS
    assert all(rule.weight.evidence.tag.value == "P" for rule in RULES.values())


def test_of_nothing_known_the_score_is_low_and_each_thing_that_is_known_raises_it():
    bare = replace(BARE, road_m=10.0)
    base = score(bare, ASKED).score
    for better in (
        replace(bare, tags={"surface": "grass"}),
        replace(bare, width_m=3.0),
        replace(bare, grade=Grade(0.02, 0.01, 0.03, "tag")),
        replace(bare, kind=GroundKind.TRACK),
    ):
        assert score(better, ASKED).score > base
    full = replace(bare, tags={key: values[0] for key, values in SAID.items()})
    assert 0.0 < base < score(full, ASKED).score <= 1.0


def test_an_answer_that_is_not_known_cannot_have_a_score():
    with pytest.raises(ValueError, match="nothing is known"):
        Answer(0.3, "x", known=False)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Answer(1.2, "x")


def test_what_lies_behind_the_end_lowers_the_score_the_nearer_the_more():
    def behind(metres):
        past = replace(BARE, hazards=(Hazard(HazardKind.BARRIER, BARE.length_m + metres, 0.0),))
        return RULES["beyond_the_end"].ask(past, ASKED).score

    assert 0.0 == behind(5.0) < behind(8.0) < behind(14.0) < RULES["beyond_the_end"].ask(BARE, ASKED).score == 1.0
