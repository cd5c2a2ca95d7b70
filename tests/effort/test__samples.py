"""Which bout a sample belongs to, and what counts as level."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.core.session import Bout
from backward_running.effort._samples import samples_of


def bout(start: float, end: float) -> Bout:
    return Bout(start, end, Direction.FORWARD, None, None, "paint")


def stream(grade: list[float] | None = None, count: int = 10) -> Stream:
    columns = {"speed_mps": np.full(count, 2.0)}
    if grade is not None:
        columns["grade_ratio"] = np.array(grade)
    return Stream("wrist", "earth", np.arange(float(count)), columns)


def test_bouts_in_any_order_with_gaps() -> None:
    found = samples_of(stream(), [bout(6.0, 9.0), bout(1.0, 3.0)], ())
    assert found is not None
    assert found.bout.tolist() == [-1, 1, 1, -1, -1, -1, 0, 0, 0, -1]
    assert found.sum_by_bout(np.ones(10)).tolist() == [3.0, 2.0]


def test_no_bouts_no_sums() -> None:
    found = samples_of(stream(), [], ())
    assert found is not None
    assert found.sum_by_bout(np.ones(10)).tolist() == []


def test_seconds_by_kind_leave_out_what_has_none() -> None:
    found = samples_of(stream(), [bout(0.0, 5.0), bout(5.0, 10.0)], ())
    assert found is not None
    kind = np.array([0, 0, 1, -1, -1, 1, 1, 1, 1, 0])
    assert found.seconds_by_bout_and(kind, 2).tolist() == [[2.0, 1.0], [1.0, 4.0]]


def test_small_grades_are_level_and_unknown_ones_are_marked() -> None:
    found = samples_of(stream([0.0, 0.01, -0.01, 0.011, -0.011, np.nan, 0.2, -0.2, 0.0, 0.0]), [], ())
    assert found is not None
    assert found.grade_ratio.tolist() == [0.0, 0.0, 0.0, 0.011, -0.011, 0.0, 0.2, -0.2, 0.0, 0.0]
    assert found.grade_known.tolist() == [True] * 5 + [False] + [True] * 4


def test_without_speed_there_are_no_samples() -> None:
    assert samples_of(None, [], ()) is None
    assert samples_of(Stream("wrist", "earth", np.arange(3.0), {}), [], ()) is None


@given(st.lists(st.floats(0.5, 5.0), min_size=1, max_size=8))
def test_tiles_share_out_every_sample(lengths: list[float]) -> None:
    borders = np.concatenate([[0.0], np.cumsum(lengths)])
    bouts = [bout(float(a), float(b)) for a, b in itertools.pairwise(borders)]
    count = int(np.ceil(borders[-1]))
    found = samples_of(stream(count=count), bouts, ())
    assert found is not None
    assert found.sum_by_bout(found.duration_s).sum() == pytest.approx(count)
