"""The conditions of the house under the contract of all conditions, and what the studies says of each."""

from __future__ import annotations

import pytest

from backward_running.core.goals import REHAB_CONDITIONS
from backward_running.rehab import Condition, all_conditions
from backward_running.rehab.pain_limits import limit_of
from backward_running.testing.conditions import ConditionContract

CONDITIONS = all_conditions()
#: Where only walking was studied, or nothing at all: science names no running for them.
WALKING = {
    "knee_osteoarthritis", "knee_surgery", "hip", "low_back", "groin", "shin_splints", "ankle_sprain", "stroke", "balance",
}  # fmt: skip
LIMITS = {
    "knee_osteoarthritis": 4, "runners_knee": 3, "knee_surgery": 2, "hip": 2, "low_back": 2, "hamstring": 3, "groin": 2,
    "shin_splints": 0, "ankle_sprain": 2, "achilles": 5, "stroke": 2, "balance": 2,
}  # fmt: skip


each_condition = pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)


class TestConditions(ConditionContract):
    plugs = tuple(CONDITIONS.values())


def test_every_condition_of_the_article_is_there_in_its_order() -> None:
    assert [(one.key, one.title) for one in CONDITIONS.values()] == list(REHAB_CONDITIONS)


@each_condition
def test_never_running_where_only_walking_was_studied(condition: Condition) -> None:
    assert condition.walking_only == (condition.key in WALKING)


@each_condition
def test_the_pain_limit_is_that_of_the_gate(condition: Condition) -> None:
    assert condition.limit.value == LIMITS[condition.key]
    assert all(limit_of(site, condition.key) is condition.limit for site in condition.sites)
