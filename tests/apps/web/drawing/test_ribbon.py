from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.apps.web.drawing.ribbon import ribbon
from backward_running.core.direction import Direction
from backward_running.core.ports import RibbonPiece


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=40))
def test_a_ribbon_fills_its_width(shares):
    pieces = [RibbonPiece(share / sum(shares), Direction.FORWARD) for share in shares]
    laid = ribbon(pieces)
    assert laid[0].x == 0
    assert laid[-1].x + laid[-1].width == pytest.approx(100, abs=0.05)
    for before, after in pairwise(laid):
        assert before.x + before.width == pytest.approx(after.x, abs=0.01)
