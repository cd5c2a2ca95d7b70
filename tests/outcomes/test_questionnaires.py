"""Questionnaires: scored as their publishers say, and what was not answered is in no mean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from backward_running.apps.words.measured import read_answers
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import measuring, works
from backward_running.outcomes import all_outcomes
from backward_running.store import open_store

ASKED = {key: outcome.questionnaire for key, outcome in all_outcomes().items() if outcome.questionnaire is not None}
PHYSICAL, PAIN = ASKED["rand36_physical"], ASKED["rand36_pain"]
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("questionnaire", "answers", "score"),
    [
        (PHYSICAL, [3] * 10, 100.0),  # RAND's table: 1 → 0, 2 → 50, 3 → 100
        (PHYSICAL, [1] * 10, 0.0),
        (PHYSICAL, [1, 2, 3, 3, 3, 3, 3, 3, 3, 3], 85.0),
        (PHYSICAL, [1, 2, None, None, None, None, None, None, None, 3], 50.0),  # the mean of those answered
        (PAIN, [1, 1], 100.0),  # 21: 100, 80, 60, 40, 20, 0; 22: 100, 75, 50, 25, 0
        (PAIN, [6, 5], 0.0),
        (PAIN, [4, 2], 57.5),
        (PAIN, [None, 3], 50.0),
    ],
)
def test_scores_are_those_of_the_published_rule(questionnaire, answers, score):
    assert questionnaire.score(answers) == pytest.approx(score)


@pytest.mark.parametrize(
    ("answers", "says"), [([3] * 9, "one for each"), ([None] * 10, "one answer at least"), ([4] + [3] * 9, "be 1 to 3")]
)
def test_answers_that_cannot_be_are_refused(answers, says):
    with pytest.raises(BadValue, match=says):
        PHYSICAL.score(answers)


@pytest.mark.parametrize("key", sorted(ASKED))
def test_every_questionnaire_reaches_from_0_to_100_and_says_whose_it_is(key):
    for item in ASKED[key].items:
        values = [value for _, value in item.choices]
        assert {min(values), max(values)} == {0.0, 100.0} and len({words for words, _ in item.choices}) == len(values)
    assert "RAND" in ASKED[key].credit


def test_answers_are_kept_with_their_score_and_are_a_promise(new_home):
    store = open_store(new_home)
    made = measuring.keep_answers(store, "rand36_pain", read_answers("4 2"), now=NOW)
    assert (made.value, made.note) == (57.5, "answers 4 2")
    promise = works.among(works.overview(store), "rand36_pain")
    assert [reading.value for reading in promise.readings] == [57.5]
    with pytest.raises(NotFound, match="rand36_physical"):
        measuring.keep_answers(store, "weight", [1], now=NOW)
    store.close()
