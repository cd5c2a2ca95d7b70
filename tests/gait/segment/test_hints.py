"""Unknown pieces, cut where they look backward; whatever is said, the cells stay tiled and the directions stay."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.direction import Direction
from backward_running.gait.base import DirectionHint, Opinion, State
from backward_running.gait.segment.deciding import NOTHING, Piece
from backward_running.gait.segment.hints import ASKED, with_hints


def asking(odds_nat):
    cells = len(odds_nat)
    hint = DirectionHint(np.asarray(odds_nat, dtype=float))
    return Opinion("asks", np.zeros((cells, len(State))), np.zeros(cells, dtype=bool), hint=hint)


def pieces_of(*borders, direction=Direction.UNKNOWN):
    return [Piece(first, last, direction, None, None, NOTHING) for first, last in pairwise(borders)]


@given(seed=st.integers(0, 2**32 - 1), cells=st.integers(1, 400))
@settings(max_examples=80, deadline=None)
def test_the_cells_stay_tiled_and_only_unknown_pieces_are_hinted(seed, cells):
    rng = np.random.default_rng(seed)
    odds = np.repeat(rng.normal(-1.0, 3.0, 9), -(-cells // 9))[:cells]
    odds[rng.random(cells) < 0.1] = np.nan
    cuts = np.unique(np.concatenate([[0, cells], rng.integers(0, cells + 1, 3)])).tolist()
    pieces = pieces_of(*cuts)
    pieces[0].direction = rng.choice([Direction.FORWARD, Direction.UNKNOWN])
    found = with_hints(pieces, [asking(odds)], 1.0)
    assert [one.first for one in found] == [0, *(one.last for one in found[:-1])]
    assert found[-1].last == cells
    for one in found:
        (source,) = [piece for piece in pieces if piece.first <= one.first and one.last <= piece.last]
        assert one.direction is source.direction
        heard = odds[one.first : one.last][np.isfinite(odds[one.first : one.last])]
        assert (one.hint is not None) == (one.direction is Direction.UNKNOWN and len(heard) > 0)
        if one.hint is not None and one.hint.direction is Direction.BACKWARD:
            assert one.hint.probability_share >= ASKED.value
            assert np.isclose(one.hint.probability_share, min(1 / (1 + np.exp(-heard.mean())), 0.99))
        elif one.hint is not None:
            assert np.isclose(one.hint.probability_share, min((1 / (1 + np.exp(heard))).mean(), 0.99))


def test_a_stretch_that_crosses_a_border_is_asked_about_on_both_sides():
    odds = np.where((np.arange(200) >= 80) & (np.arange(200) < 140), 2.0, -3.0)
    found = with_hints(pieces_of(0, 100, 200), [asking(odds)], 1.0)
    assert [(one.first, one.last) for one in found if one.hint.direction is Direction.BACKWARD] == [
        (80, 100),
        (100, 140),
    ]


def test_nobody_asks_nothing_changes():
    pieces = pieces_of(0, 50)
    assert with_hints(pieces, [], 1.0) == pieces
    (one,) = with_hints(pieces, [asking([np.nan] * 50)], 1.0)
    assert one.hint is None
