from __future__ import annotations

import numpy as np
import pytest

from validation import spots


def test_enough_stretches_are_labelled_each_with_a_reason():
    read = spots.rows()
    assert len(read) >= 150 and {row.label for row in read} == {0, 1, 2, 3}
    assert all(row.why for row in read) and len({row.extract for row in read}) == 4
    assert len({(row.extract, row.stretch.key) for row in read}) == len(read)


def test_the_score_agrees_better_than_length_alone():
    read = spots.rows()
    labels = np.array([float(row.label) for row in read])
    found = {
        name: spots.pairs_right(labels, np.array([rank(row.stretch) for row in read]))
        for name, rank in spots.rankings().items()
    }
    ours = found["**the score of the product**"]
    assert ours > 0.8 and ours > max(found["length alone"], found["fewest things in the way per 100 m"])


def test_pairs_and_gain_are_counted_as_they_are_named():
    labels = np.array([0.0, 1.0, 2.0, 3.0])
    assert spots.pairs_right(labels, labels) == spots.ndcg(labels, labels) == 1.0
    assert spots.pairs_right(labels, -labels) == 0.0
    assert spots.pairs_right(labels, np.zeros(4)) == 0.5
    assert spots.ndcg(labels, -labels) == pytest.approx(0.5479, abs=1e-3)
