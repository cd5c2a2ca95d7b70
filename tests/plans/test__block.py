from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part
from backward_running.plans._block import Block, cut, under_cap, words_of, written_out

SPRINTS = Block(7, 0.0, 60, Gait.RUN, distance_m=20.0)
MINUTES = Block(10, 60, 60, Gait.RUN, rest_gait=Gait.RUN)


def test_a_distance_is_timed_at_its_cap() -> None:
    assert under_cap(SPRINTS, 2.5).bout_s == 8.0
    assert under_cap(SPRINTS, 2.5).backward_s == 56.0
    walked = under_cap(SPRINTS, 1.6)
    assert walked.gait is Gait.WALK and walked.bout_s == 20 / 1.6


@given(st.floats(0.5, 3.9), st.floats(1, 120))
def test_what_is_written_takes_as_long_as_what_was_counted(cap_mps: float, distance_m: float) -> None:
    block = under_cap(Block(7, 0.0, 60, Gait.RUN, distance_m=distance_m), cap_mps)
    step = written_out(block, cap_mps, 4.0).steps[0]
    assert step.planned_s == pytest.approx(block.bout_s)
    assert step.speed_high_mps is not None and step.speed_high_mps <= cap_mps


@given(st.floats(0, 900), st.one_of(st.none(), st.floats(20, 300)))
def test_blocks_are_cut_under_both_limits(limit_s: float, bout_limit_s: float | None) -> None:
    blocks = (MINUTES, Block(2, 240, 60, Gait.RUN), under_cap(SPRINTS, 2.5))
    left = cut(blocks, limit_s, bout_limit_s)
    assert sum(block.backward_s for block in left) <= limit_s + 1e-6
    assert all(block.times >= 1 for block in left)
    for block in left:
        if block.distance_m is None and bout_limit_s is not None:
            assert block.bout_s <= max(20, bout_limit_s)
        assert block.distance_m in (None, 20.0), "a distance is never shortened, only done less often"


def test_a_distance_is_done_less_often() -> None:
    (left,) = cut((under_cap(SPRINTS, 2.5),), 30.0, None)
    assert (left.times, left.distance_m) == (3, 20.0)
    assert cut((under_cap(SPRINTS, 2.5),), 7.9, None) == ()


def test_rests_that_are_run_count_as_forward_running() -> None:
    assert MINUTES.forward_run_s == 600
    repeat = written_out(MINUTES, 2.0, 3.0)
    assert [(step.name, step.part) for step in repeat.steps] == [("BACK RUN", Part.WORK), ("FWD RUN", Part.RECOVERY)]
    assert repeat.steps[1].speed_high_mps == 3.0
    assert words_of(MINUTES) == "10 × (1 min backward run / 1 min forward run)"


def test_a_forward_block_has_no_backward_second() -> None:
    forward = Block(3, 180, 120, Gait.RUN, direction=Direction.FORWARD)
    assert forward.backward_s == 0 and forward.forward_run_s == 540
    assert under_cap(forward, 1.0) is forward
    assert [step.name for step in written_out(forward, 1.0, 3.0).steps] == ["FWD RUN", "FWD WALK"]
    through = Block(1, 960, 0, Gait.RUN, direction=Direction.FORWARD)
    assert len(written_out(through, 1.0, 3.0).steps) == 1 and words_of(through) == "16 min forward run"


def test_repeats_are_numbered_for_a_watch() -> None:
    names = [step.name for step in written_out(Block(12, 60, 60, Gait.WALK), 1.2, 3.0).numbered()]
    assert names[:2] == ["BACK WALK 1/12", "FWD WALK"] and names[-2] == "BACK WALK 12/12"
    assert all(len(name) <= 15 for name in names)
