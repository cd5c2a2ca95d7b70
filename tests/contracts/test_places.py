"""The rules about places of the house under their contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backward_running.core.ground import Daylight, Grade, GroundKind, Hazard, HazardKind
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


def test_light_is_by_the_sun_at_the_usual_hour_or_by_lamps():
    def scored(daylight, **tags):
        return RULES["light"].ask(replace(BARE, tags=tags), replace(ASKED, daylight=daylight))

    assert scored(Daylight.DARK, lit="no").score == 0.0 < scored(None, lit="no").score
    assert not scored(Daylight.DARK).known and not scored(None).known and not scored(Daylight.TWILIGHT).known
    by_day = scored(Daylight.DAY)
    assert by_day.known and 0.0 < by_day.score < scored(Daylight.DAY, lit="yes").score == 1.0
    assert (
        scored(Daylight.DARK, lit="yes").score == 1.0 and "dark at the hour" in scored(Daylight.DARK, lit="yes").words
    )


def test_what_no_map_says_is_unknown_to_every_rule_that_asks_it():
    unmapped = score(replace(BARE, kind=GroundKind.OWN, mapped=False), ASKED)
    known = {part.key for part in unmapped.parts if part.known}
    assert known == {"run_out", "near", "familiar"}
