"""Unknown pieces, cut where they look backward; whatever is said, the cells stay tiled and the directions stay."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.direction import Direction
from backward_running.gait.base import DirectionHint, Opinion, State
from backward_running.gait.segment import hints
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


def sensing(odds_nat, key="limbs"):
    """The hint of an inertial sensor: it sees that the direction changes, not which of the two it is."""
    cells = len(odds_nat)
    hint = DirectionHint(np.asarray(odds_nat, dtype=float))
    return Opinion(key, np.zeros((cells, len(State))), np.zeros(cells, dtype=bool), 0.5, hint=hint)


def told(pieces):
    return [
        (one.first, one.last, one.hint and one.hint.direction, one.hint and round(one.hint.probability_share, 6))
        for one in pieces
    ]


def share_of(nat):
    return round(min(1 / (1 + np.exp(-nat)), 0.99), 6)


def test_what_limbs_show_is_cut_where_it_changes_sides():
    odds = [np.nan] * 5 + [1.0, 2.0, 3.0] * 5 + [-2.0] * 10 + [np.nan] * 10 + [-9.0] * 10
    found = with_hints(pieces_of(0, 50), [sensing(odds)], 0.2)
    assert told(found) == [
        (0, 5, None, None),
        (5, 20, Direction.BACKWARD, share_of(2.0)),
        (20, 30, Direction.FORWARD, share_of(2.0)),
        (30, 40, None, None),
        (40, 50, Direction.FORWARD, 0.99),
    ]
    assert {one.hint.found_by for one in found if one.hint} == {"limbs"}


def test_pieces_that_are_known_are_not_cut():
    pieces = [*pieces_of(0, 20, direction=Direction.FORWARD), *pieces_of(20, 40)]
    found = with_hints(pieces, [sensing([1.0, -1.0] * 20)], 0.2)
    assert found[0] is pieces[0]
    assert [(one.first, one.last) for one in found[1:]] == [(at, at + 1) for at in range(20, 40)]
    assert [one.hint.direction for one in found[1:3]] == [Direction.BACKWARD, Direction.FORWARD]


def test_a_watch_is_asked_only_where_limbs_are_silent():
    limbs = [1.0] * 50 + [np.nan] * 50
    found = with_hints(pieces_of(0, 100), [asking([3.0] * 100), sensing(limbs)], 1.0)
    assert told(found) == [
        (0, 50, Direction.BACKWARD, share_of(1.0)),
        (50, 100, Direction.BACKWARD, share_of(3.0)),
    ]
    assert [one.hint.found_by for one in found] == ["limbs", "asks"]


def turning(odds_nat, *turns):
    """The hint of a watch, with dips of so many nats."""
    change = np.zeros(len(odds_nat))
    for cell, nat in turns:
        change[cell] = nat
    said = asking(odds_nat)
    return Opinion("asks", said.log_likelihood, said.speaks, hint=DirectionHint(said.hint.log_odds_nat, change))


def backward(cells, odds_nat, *turns, step_s=1.0):
    found = with_hints(pieces_of(0, cells), [turning(odds_nat, *turns)], step_s)
    return [
        (one.first, one.last, round(one.hint.probability_share, 6))
        for one in found
        if one.hint is not None and one.hint.direction is Direction.BACKWARD
    ]


def test_a_leg_between_two_dips_is_asked_about_as_a_whole():
    """By itself one in four is not asked about; that it begins and ends with a dip makes it likelier."""
    odds = np.full(200, -4.0)
    odds[60:140] = -1.2
    assert backward(200, odds) == []
    assert backward(200, odds, (60, 0.3), (140, 0.2)) == [(60, 140, share_of(-0.7))]
    assert backward(200, odds, (60, 0.1), (140, 0.1)) == []


@pytest.mark.parametrize(
    ("length", "step_s", "asked"), [(9, 1.0, 0), (10, 1.0, 1), (5, 2.0, 1), (900, 1.0, 1), (901, 1.0, 0)]
)
def test_what_is_shorter_is_a_stop_and_what_is_longer_no_leg(length, step_s, asked):
    odds = np.full(length + 200, -4.0)
    odds[100 : 100 + length] = -1.2
    assert len(backward(len(odds), odds, (100, 0.5), (100 + length, 0.5), step_s=step_s)) == asked


@pytest.mark.parametrize(("others", "asked"), [(8, 1), (9, 0)])
def test_nearly_all_of_a_leg_has_to_agree(others, asked):
    odds = np.full(280, -4.0)
    odds[100:180] = -1.0
    odds[120 : 120 + others] = -3.0
    assert len(backward(280, odds, (100, 0.5), (180, 0.5))) == asked


def test_what_begins_and_ends_near_a_dip_is_put_onto_it():
    odds = np.full(300, -4.0)
    odds[100:200] = 2.0
    assert backward(300, odds) == [(100, 200, share_of(2.0))]
    found = backward(300, odds, (96, 0.1), (205, 0.2))
    assert found == [(96, 205, share_of((100 * 2.0 - 9 * 4.0) / 109 + 0.3))]
    assert backward(300, odds, (91, 0.1), (209, 0.2)) == [(100, 200, share_of(2.0))], "more than 8 s away"
    assert backward(300, odds, (92, 0.1), (208, 0.2))[0][:2] == (92, 208)


def test_of_two_dips_the_nearer_counts():
    odds = np.full(300, -4.0)
    odds[100:200] = 2.0
    assert backward(300, odds, (94, 0.1), (97, 0.1), (198, 0.1), (206, 0.1))[0][:2] == (97, 198)


@pytest.mark.parametrize(("nat", "asked"), [(-0.84, 1), (-0.86, 0)])
def test_three_in_ten_are_worth_asking(nat, asked):
    """Its odds are 3 to 7, whose logarithm is -0.847."""
    assert len(backward(400, np.full(400, nat))) == asked


def edges_of(stretches: str, *turns: int, change_nat: tuple[float, ...] = (), step_s: float = 1.0):
    looks = np.array([letter == "b" for letter in stretches])
    found = hints._edges(looks, np.array(turns, dtype=np.int64), np.array(change_nat or (1.5,) * len(turns)), step_s)
    return found.cells.tolist(), found.change_nat.tolist()


def test_what_begins_or_ends_near_a_dip_is_put_onto_it() -> None:
    reach = int(hints.REACH.value)
    stretches = "f" * 50 + "b" * 100 + "f" * 50
    assert edges_of(stretches, 50 - reach, 150 + reach, change_nat=(2.0, 3.0)) == (
        [50 - reach, 150 + reach],
        [2.0, 3.0],
    )
    assert edges_of(stretches, 50 - reach - 1, 150 + reach + 1) == ([50, 150], [0.0, 0.0]), "too far away"
    assert edges_of(stretches, 50 + 2 * reach, step_s=0.5)[0] == [50 + 2 * reach, 150], "cells of half a second"
    assert edges_of(stretches, 52) == ([52, 150], [1.5, 0.0]), "a lone dip"
    assert edges_of(stretches) == ([50, 150], [0.0, 0.0]), "no dips at all"
    assert edges_of("f" * 50, 20) == ([], []), "nothing that looks backward"


def test_of_two_dips_the_nearer_one_is_taken_and_of_two_as_near_the_earlier() -> None:
    stretches = "f" * 50 + "b" * 100 + "f" * 50
    assert edges_of(stretches, 48, 53, change_nat=(1.0, 2.0)) == ([48, 150], [1.0, 0.0])
    assert edges_of(stretches, 47, 52, change_nat=(1.0, 2.0)) == ([52, 150], [2.0, 0.0])
    assert edges_of(stretches, 48, 52, change_nat=(1.0, 2.0)) == ([48, 150], [1.0, 0.0])
    assert edges_of(stretches, 10, 49, 151, 190, change_nat=(1.0, 2.0, 3.0, 4.0)) == ([49, 151], [2.0, 3.0])


def test_two_edges_never_share_a_dip() -> None:
    stretches = "f" * 50 + "b" * 4 + "f" * 50
    assert edges_of(stretches, 52) == ([50, 54], [0.0, 0.0])
    assert edges_of(stretches, 50, 51) == ([50, 51], [1.5, 1.5]), "two dips next to each other are two"


def test_what_begins_with_the_recording_and_ends_with_it_has_both_edges() -> None:
    assert edges_of("b" * 20 + "f" * 30 + "b" * 10) == ([0, 20, 50, 60], [0.0, 0.0, 0.0, 0.0])
    assert edges_of("b" * 20, 3) == ([3, 20], [1.5, 0.0])


def test_the_first_and_the_last_dip_are_looked_at_too() -> None:
    stretches = "f" * 50 + "b" * 100 + "f" * 50
    assert edges_of(stretches, 49, 60, 70, change_nat=(1.0, 2.0, 3.0)) == ([49, 150], [1.0, 0.0])
    assert edges_of(stretches, 130, 140, 151, change_nat=(1.0, 2.0, 3.0)) == ([50, 151], [0.0, 3.0])
    assert edges_of("b" * 20, 1) == ([1, 20], [1.5, 0.0])


def test_what_nobody_heard_neither_agrees_nor_disagrees() -> None:
    odds = np.array([2.0, 2.0, 2.0, 2.0, -3.0, np.nan, np.nan, np.nan])
    sums = hints._RunningSums(odds, "asks")
    assert not sums.agrees(0, 8, 0.0), "four of five are not nine in ten; three more were not heard"
    assert sums.agrees(0, 4, 0.0) and sums.agrees(3, 4, 0.0), "one that is heard is enough"
    assert not sums.agrees(5, 8, 0.0), "silence agrees with nothing"


@pytest.mark.parametrize("step_s", [0.5, 1.0, 5.0, 10.0])
def test_a_stretch_has_to_earn_both_its_changes(step_s) -> None:
    """Weighed as if every fifth second were independent, it has to be worth more than two changes of direction."""
    worth_nat = 0.5
    changes_nat = 2.0 * np.log(hints.EXPECTED_BOUT.value / step_s)
    cells = changes_nat / (worth_nat * min(step_s / hints.MEMORY.value, 1.0))
    for length, looks in ((int(cells), False), (int(cells) + 1, True)):
        odds = np.full(length + 400, hints.ASKED_NAT - 2.0)
        odds[200 : 200 + length] = hints.ASKED_NAT + worth_nat
        assert hints._looks_backward(odds, step_s).any() == looks
        assert int(hints._looks_backward(odds, step_s).sum()) == (length if looks else 0)


def test_a_leg_is_as_likely_as_the_dips_at_its_own_two_ends_make_it() -> None:
    odds = np.full(300, -4.0)
    odds[100:180] = -1.2
    assert backward(300, odds, (20, 0.01), (100, 0.3), (180, 0.2)) == [(100, 180, share_of(-0.7))]
    assert backward(300, odds, (20, 0.9), (100, 0.1), (180, 0.1)) == []


def parts(pieces, odds_nat, *turns):
    found = with_hints(pieces, [turning(np.asarray(odds_nat, dtype=float), *turns)], 1.0)
    assert {one.hint.found_by for one in found} == {"asks"}
    return [(one.first, one.last, one.hint.direction) for one in found]


FWD, BACK = Direction.FORWARD, Direction.BACKWARD


def test_a_piece_that_begins_where_a_stretch_does_has_that_stretch_alone() -> None:
    odds = np.full(300, -4.0)
    odds[100:200] = 2.0
    pieces = pieces_of(0, 100, 300)
    assert parts(pieces, odds) == [(0, 100, FWD), (100, 200, BACK), (200, 300, FWD)]
    found = with_hints(pieces, [turning(odds, (100, 0.4), (200, 0.2))], 1.0)
    assert round(found[1].hint.probability_share, 6) == share_of(2.2), "the dip at its own border is no news"


def test_each_piece_is_cut_at_its_own_stretches() -> None:
    odds = np.full(500, -4.0)
    for first in (50, 200, 350):
        odds[first : first + 70] = 2.0
    assert parts(pieces_of(0, 150, 500), odds) == [
        (0, 50, FWD), (50, 120, BACK), (120, 150, FWD),
        (150, 200, FWD), (200, 270, BACK), (270, 350, FWD), (350, 420, BACK), (420, 500, FWD),
    ]  # fmt: skip


def test_a_piece_that_begins_within_the_second_stretch_begins_backward() -> None:
    odds = np.full(500, -4.0)
    odds[50:120] = odds[200:270] = 2.0
    assert parts(pieces_of(0, 230, 500), odds)[-2:] == [(230, 270, BACK), (270, 500, FWD)]


def test_a_stretch_that_is_not_worth_it_on_its_dips_hides_no_later_one() -> None:
    odds = np.full(500, -4.0)
    odds[100:200], odds[300:400] = -0.4, 2.0
    alone = parts(pieces_of(0, 500), odds)
    assert alone == [(0, 100, FWD), (100, 200, BACK), (200, 300, FWD), (300, 400, BACK), (400, 500, FWD)]
    # Put onto dips eight seconds outside it, forward seconds are in it, too.
    assert parts(pieces_of(0, 500), odds, (92, 0.0001), (208, 0.0001)) == [
        (0, 300, FWD),
        (300, 400, BACK),
        (400, 500, FWD),
    ]
