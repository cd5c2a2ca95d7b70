"""Three rows of a forest plot: no study helps a false claim, and one without an interval joins nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.outcomes.lives import question

from backward_running.outcomes import all_outcomes
from backward_running.outcomes.answering import answer
from backward_running.outcomes.pooling import BOTH, YOU, forest

PAIN, FAT, WEIGHT = (all_outcomes()[key] for key in ("pain", "body_fat", "weight"))
TOLD = answer(question(effect=-1.0), with_curves=False)


def test_both_lies_between_and_is_narrower_than_you_alone():
    study, you, both = forest(PAIN, "left knee", TOLD)
    assert (you.name, both.name) == (YOU, BOTH)
    assert min(study.effect, you.effect) <= both.effect <= max(study.effect, you.effect)
    assert both.high - both.low < you.high - you.low


def test_a_study_of_knees_says_nothing_of_a_calf_and_one_without_an_interval_joins_nothing():
    assert [row.name for row in forest(PAIN, "calf", TOLD)] == [YOU]
    assert [row.name for row in forest(FAT, None, TOLD)][1:] == [YOU]


def test_without_a_number_there_are_the_studies_alone():
    none = replace(TOLD, effect=None, error=None)
    (study,) = forest(PAIN, "left knee", none)
    assert study.effect == pytest.approx(-1.12)


def test_a_false_claim_is_joined_with_nothing():
    assert [row.name for row in forest(WEIGHT, None, TOLD)] == [YOU]
