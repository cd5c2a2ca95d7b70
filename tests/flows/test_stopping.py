from __future__ import annotations

import pytest

from backward_running.core.plan import GateState, Reason
from backward_running.flows.stopping import of_a_plan


def gate(key, **more):
    return GateState(key, key, open=False, reason=Reason("closed"), what_to_do=f"Do {key}.", **more)


@pytest.mark.parametrize("key", ["pain_limits", "calf_soreness", "see_somebody", "fall_within_48_h"])
def test_while_nothing_backward_is_done_nobody_is_asked_to_walk_backward_for_a_test(key):
    (test, _) = of_a_plan([gate("balance_test"), gate(key)])
    assert test.what_to_do.startswith("The walk test comes")
    (test, _) = of_a_plan([gate("balance_test"), gate("age")])
    assert test.what_to_do == "Do balance_test."
