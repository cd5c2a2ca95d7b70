"""The promises of the house under the contract of all promises."""

from __future__ import annotations

import pytest

from backward_running.core.errors import BadValue
from backward_running.outcomes import Outcome, all_outcomes
from backward_running.testing.outcomes import OutcomeContract

OUTCOMES = all_outcomes()


class TestOutcomes(OutcomeContract):
    plugs = tuple(OUTCOMES.values())


def test_the_promises_of_the_article_are_there_and_the_false_one_is_called_so():
    assert {"weight", "body_fat", "fitness", "vo2max", "economy", "pain", "backward_walk", "enjoyment"} <= set(OUTCOMES)
    assert [key for key, outcome in OUTCOMES.items() if outcome.is_claim_false] == ["weight"]


@pytest.mark.parametrize("wrong", [{"better": 0}, {"evidence": ()}, {"is_claim_false": True}])
def test_a_promise_that_is_none_is_refused(wrong):
    fat = OUTCOMES["body_fat"]
    whole = {name: getattr(fat, name) for name in fat.__dataclass_fields__}
    with pytest.raises(BadValue):
        Outcome(**(whole | wrong))
