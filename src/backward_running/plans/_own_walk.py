"""How fast somebody walks backward by their own test: no walk of a plan is faster than that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number, own_proposal
from backward_running.plans import walk_or_run
from backward_running.plans._block import Block
from backward_running.plans.base import Answers

OWN_WALK = own_proposal(
    "walk_test.own_speed",
    "Who did the 3-metre backward walk test walks no faster in a session than over those 3 metres, as fast as was "
    "comfortable: a table of caps was made for others. A proposal of this project.",
)
TEST_DISTANCE_M = Number("backward_walk_test_distance_m", 3.0, "m", OWN_WALK)


def own_walk_mps(answers: Answers) -> float | None:
    """Return the speed over the 3 metres, rounded down to cm/s; None where the test was not done."""
    took_s = answers.backward_walk_test_s
    return None if took_s is None else math.floor(TEST_DISTANCE_M.value / took_s * 100 + 1e-9) / 100


def capped(
    answers: Answers, blocks: Sequence[Block], cap: tuple[float, Reason]
) -> tuple[tuple[Block, ...], tuple[float, Reason]]:
    """Return blocks and cap of a session, its walks no faster than the runner's own.

    A session that is walked throughout has that cap; where some of it is run its walks have one of their own.
    """
    own_mps = own_walk_mps(answers)
    if own_mps is None or own_mps >= cap[0]:
        return tuple(blocks), cap
    runs = cap[0] >= walk_or_run.TRANSITION_MPS.value and any(block.gait is Gait.RUN for block in blocks)
    if runs:
        return tuple(_walked_no_faster(block, own_mps) for block in blocks), cap
    text = "At most {cap}, your own speed over the 3 metres; slower is fine."
    return tuple(blocks), (own_mps, walk_or_run.speaking(text, OWN_WALK.key, cap=own_mps))


def _walked_no_faster(block: Block, own_mps: float) -> Block:
    if block.gait is not Gait.WALK or block.direction is not Direction.BACKWARD:
        return block
    return replace(block, cap_mps=own_mps if block.cap_mps is None else min(block.cap_mps, own_mps))
