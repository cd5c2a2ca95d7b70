from __future__ import annotations

import math

import numpy as np
import pytest
from validation._scores import (
    Way,
    answered_ways,
    balanced_accuracy,
    brier,
    cadence_error_ratio,
    confusion,
    coverage,
    delays_s,
    expected_calibration_error,
    false_backward_s,
    majority,
    per_hour,
    reliability,
)

from backward_running.core.direction import Direction
from backward_running.core.session import Bout

F, B, S, T, STILL, U = (int(way) for way in Way)


def bout(start_s, end_s, direction, share=0.9):
    return Bout(start_s, end_s, direction, None, None if direction is Direction.UNKNOWN else share, "test")


BOUTS = (bout(0, 3, Direction.FORWARD), bout(3, 5.4, Direction.UNKNOWN), bout(5.4, 8, Direction.BACKWARD, 0.8))


def test_answers_are_read_off_the_bouts_at_their_moments():
    ways, share = answered_ways(BOUTS, np.array([0.5, 2.99, 3.0, 5.5, 7.9, 8.0, 99.0]))
    assert ways.tolist() == [F, F, U, B, B, U, U]
    assert share[:2].tolist() == [0.9, 0.9]
    assert share[3:5].tolist() == [0.8, 0.8]
    assert np.isnan(share[[2, 5, 6]]).all()


def test_no_bouts_answer_nothing():
    ways, share = answered_ways((), np.array([0.5]))
    assert ways.tolist() == [U]
    assert np.isnan(share).all()


def test_majority_counts_samples_and_not_labels():
    truth = np.array([F, F, F, B, B, B, B])
    assert majority(truth, np.array([0.0, 0.2, 0.4, 0.9, 1.0, 1.1, 1.2]), np.array([0.0, 1.0])).tolist() == [F, B]


def test_the_confusion_matrix_has_truth_down_and_answer_across():
    matrix = confusion(np.array([F, F, B, B]), np.array([F, B, B, U]))
    assert matrix[F, F] == matrix[F, B] == matrix[B, B] == matrix[B, U] == 1
    assert matrix.sum() == 4


@pytest.mark.parametrize(
    ("truth", "answer", "accuracy", "covered"),
    [
        ([F, F, B, B], [F, F, B, B], 1.0, 1.0),
        ([F, F, F, B], [F, F, F, F], 0.5, 1.0),  # always forward: 75 % right, but blind
        ([F, F, B, B], [F, U, B, U], 1.0, 0.5),  # unknown is no error, but no answer either
        ([F, F, B, B], [F, STILL, B, T], 0.5, 1.0),  # still while moving is an answer, and wrong
        ([F, F, B, B, STILL, S], [F, F, B, F, B, B], 0.75, 1.0),  # only forward and backward seconds count
    ],
)
def test_balanced_accuracy_and_coverage(truth, answer, accuracy, covered):
    matrix = confusion(np.array(truth), np.array(answer))
    assert balanced_accuracy(matrix) == pytest.approx(accuracy)
    assert coverage(matrix) == pytest.approx(covered)


def test_one_class_alone_has_no_balanced_accuracy():
    assert math.isnan(balanced_accuracy(confusion(np.array([F, F]), np.array([F, F]))))
    assert math.isnan(balanced_accuracy(confusion(np.array([F, B]), np.array([F, U]))))
    assert math.isnan(coverage(confusion(np.array([STILL]), np.array([F]))))


def test_delay_is_the_distance_to_the_border_of_the_new_way():
    bouts = (bout(0, 10.5, Direction.FORWARD), bout(10.5, 19, Direction.BACKWARD), bout(19, 40, Direction.FORWARD))
    assert delays_s([(10.0, Way.BACKWARD), (20.0, Way.FORWARD)], bouts) == [0.5, 1.0]


def test_a_change_that_nobody_found_is_infinitely_late():
    assert delays_s([(10.0, Way.BACKWARD)], (bout(0, 20, Direction.FORWARD),)) == [math.inf]
    assert delays_s([(2.0, Way.BACKWARD)], (bout(0, 9, Direction.FORWARD), bout(9, 20, Direction.BACKWARD))) == [
        math.inf
    ]


def test_a_border_within_the_same_way_is_no_change():
    walk_then_run = (bout(0, 10, Direction.FORWARD), bout(10, 20, Direction.FORWARD))
    assert delays_s([(10.0, Way.FORWARD)], walk_then_run) == [math.inf]


def test_reliability_and_its_error_by_hand():
    stated = np.array([0.95] * 4 + [0.65] * 4)
    right = np.array([True] * 4 + [True, True, False, False])
    curve = reliability(stated, right)
    assert [(one.low, one.seconds, one.came_true) for one in curve] == [(0.6, 4, 0.5), (0.9, 4, 1.0)]
    assert expected_calibration_error(curve) == pytest.approx((0.05 + 0.15) / 2)


def test_certainty_falls_into_the_last_bin():
    assert reliability(np.array([1.0]), np.array([True]))[0].low == pytest.approx(0.9)


def test_what_states_nothing_is_not_calibrated():
    curve = reliability(np.array([np.nan]), np.array([True]))
    assert curve == ()
    assert math.isnan(expected_calibration_error(curve))


def test_brier_rewards_a_middle_that_knows_nothing_over_a_confident_mistake():
    happened = np.array([True, False])
    assert brier(np.array([0.5, 0.5]), happened) == 0.25
    assert brier(np.array([0.0, 1.0]), happened) == 1.0
    with pytest.raises(ValueError, match="every second"):
        brier(np.array([np.nan, 0.5]), happened)


def test_cadence_error():
    assert cadence_error_ratio(150.0, 160.0) == pytest.approx(0.0625)
    assert math.isnan(cadence_error_ratio(None, 160.0))


def test_false_alarms_per_hour():
    assert false_backward_s(BOUTS) == pytest.approx(2.6)
    assert per_hour(false_backward_s(BOUTS), 1800.0) == pytest.approx(5.2)
    assert math.isnan(per_hour(0.0, 0.0))
