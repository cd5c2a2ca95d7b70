"""The order of the swing: right for legs of any length that are nothing but geometry, and for clips not fitted on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.gait.leg_recordings import accuracy_and_coverage, clip_paths, leg_recording, recorded, told
from tests.gait.legs import SIX_AXES, Leg, any_turn

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.gait.detectors.leg.shank_and_thigh_sensor import DETECTOR
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.gait.steps.swing import FEATURES, features
from backward_running.gait.steps.swing_weights import FOOT, SHANK, THIGH
from backward_running.signals.six_axis import coarser, six_axis

WAYS = {False: "forward", True: "backward"}
KEY = "shank_and_thigh_sensor"


@pytest.mark.parametrize("size", [0.85, 1.0, 1.15])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("gait", [Leg.walks, Leg.runs])
@pytest.mark.parametrize("place", ["shank_left", "thigh_right"])
def test_legs_of_any_length(place, gait, backward, size):
    leg = gait(backward=backward)
    leg = replace(leg, thigh_m=leg.thigh_m * size, shank_m=leg.shank_m * size)
    counts, ways = told(DETECTOR, leg_recording(place, leg, noise=0.3))
    assert counts[WAYS[not backward]] == 0
    if place == "shank_left" and size < 1.0 and gait == Leg.walks and not backward:
        # Its swing is as calm as its stance, so that every second stride begins where nothing lies still.
        assert counts["unknown"] == len(ways)
    elif place == "shank_left":
        assert counts[WAYS[backward]] > 0.95 * len(ways)
    else:  # made of geometry alone, a walking thigh is shaken as a running one is: unknown
        assert counts["unknown"] == len(ways)


@pytest.mark.parametrize("rate_hz", [25.0, 50.0, 200.0])
def test_the_rate_does_not_matter(rate_hz):
    counts, ways = told(DETECTOR, leg_recording("shank_right", Leg.walks(), rate_hz=rate_hz))
    assert counts["forward"] > 0.9 * len(ways)


def test_played_in_reverse_every_mark_changes_its_sign():
    time_s = np.arange(0.0, 20.0, 0.04)
    moves = Leg.walks().sensor("thigh", time_s) + np.random.default_rng(1).normal(0.0, 0.1, (6, len(time_s)))
    reverse = moves[:, ::-1] * np.array([[1.0]] * 3 + [[-1.0]] * 3)

    def marks_of(rows):
        stream = Stream("thigh", "body", time_s, dict(zip(SIX_AXES, rows.copy(), strict=True)), True)
        return features(coarser(six_axis(stream), 25.0))

    found, unrest, is_gait = marks_of(moves)
    mirrored, same_unrest, _ = marks_of(reverse)
    inner = slice(60, -60)
    assert found.shape == (len(FEATURES), len(time_s))
    assert is_gait[inner].all()
    np.testing.assert_allclose(mirrored[:, ::-1][:, inner], -found[:, inner], atol=1e-6)
    np.testing.assert_allclose(same_unrest[::-1][inner], unrest[inner], rtol=1e-9)


def test_the_weights_have_a_source_and_no_constant():
    for weights in (FOOT, SHANK, THIGH):
        assert len(weights.walks) == len(weights.runs) == len(FEATURES)
        assert all("even-numbered clips" in number.evidence.says for number in (*weights.walks, *weights.runs))


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("gait", [Leg.walks, Leg.runs])
def test_a_shank_needs_no_mounting(gait, backward):
    for seed in range(3):
        how = {"mount_known": False, "turned": any_turn(seed)}
        counts, _ = told(DETECTOR, leg_recording("shank_left", gait(backward=backward), **how))
        assert counts[WAYS[not backward]] == 0


@pytest.mark.parametrize("mount_known", [False, True])
@pytest.mark.parametrize("backward", [False, True])
def test_a_running_thigh_is_unknown(mount_known, backward):
    how = {"mount_known": mount_known, "turned": None if mount_known else any_turn(4)}
    counts, ways = told(DETECTOR, leg_recording("thigh_right", Leg.runs(backward=backward), **how))
    assert counts == {"unknown": len(ways)}


@pytest.mark.slow
def test_real_pockets(shared_data):
    """Four people with a phone in the pocket, anyhow: walking is told, jogging is not, and nothing is backward."""
    from validation import _people as people

    found = {jogging: dict.fromkeys(Direction, 0.0) for jogging in (False, True)}
    for jogging in (False, True):
        for _, one in people.pockets(jogging=jogging):
            for bout in find_bouts_with({KEY: DETECTOR}, one.recording, None):
                found[jogging][bout.direction] += bout.duration_s
    assert found[False][Direction.FORWARD] > 0.95 * sum(found[False].values())
    assert found[True][Direction.UNKNOWN] == pytest.approx(sum(found[True].values()))


@pytest.mark.slow
def test_a_phone_that_is_put_on_the_table_is_unknown(shared_data):
    from validation import _people as people

    _, one = next(people.pockets(jogging=False))
    worn = one.recording.streams[0]
    columns = {name: values.copy() for name, values in worn.columns.items()}
    rest = worn.time_s > 40.0
    for name, values in columns.items():
        values[rest] = np.random.default_rng(3).normal(0.0, 0.02, rest.sum()) + 9.81 * (name == "acc_z_mps2")
    table = Stream("pocket", "sensor", worn.time_s, columns, mount_known=False)
    bouts = find_bouts_with({KEY: DETECTOR}, recorded(table), None)
    assert {bout.direction for bout in bouts if bout.start_s > 43.0} <= {Direction.UNKNOWN}
    forward_s = sum(bout.duration_s for bout in bouts if bout.direction is Direction.FORWARD)
    assert forward_s == pytest.approx(40.0, abs=4.0)


@pytest.mark.parametrize("place", ["shank", "thigh"])
@pytest.mark.parametrize("strength", [0.05, 0.5, 3.0, 20.0])
def test_noise_is_never_backward(place, strength):
    for seed in range(3):
        time_s = np.arange(0.0, 600.0, 0.02)
        moves = np.random.default_rng(seed).normal(0.0, strength, (6, len(time_s)))
        moves[2] += 9.81
        recording = recorded(Stream(place, "body", time_s, dict(zip(SIX_AXES, moves, strict=True)), True))
        bouts = find_bouts_with({KEY: DETECTOR}, recording, None)
        assert Direction.BACKWARD not in {bout.direction for bout in bouts}


@pytest.mark.parametrize("place", ["shank_left", "thigh_right"])
@pytest.mark.parametrize("seconds", [0.05, 0.6, 1.2, 2.0])
def test_a_short_recording_is_no_error(place, seconds):
    counts, _ = told(DETECTOR, leg_recording(place, Leg.runs(backward=True), seconds=seconds))
    assert counts["forward"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", [{}, {"rate_hz": 50.0}, {"rate_hz": 200.0}, {"noise": 1.0}])
@pytest.mark.parametrize(("place", "coverage_least"), [("shank_left", 0.92), ("thigh_right", 0.75)])
def test_held_out_clips(shared_data, place, coverage_least, how):
    paths = [path for path in clip_paths(shared_data) if place == "shank_left" or "_B" in path.stem]  # a thigh walks
    accuracy, coverage = accuracy_and_coverage(DETECTOR, paths, place, **how)
    assert accuracy > 0.95
    assert coverage > coverage_least
