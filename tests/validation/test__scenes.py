from __future__ import annotations

import numpy as np
import pytest
from validation._scores import Way

from validation import _labelled as data
from validation import _scenes as scenes

RNG = np.random.default_rng(1)
STILL = np.tile([0.0, 0.0, 9.80665, 0.0, 0.0, 0.0], (300, 1))


@pytest.fixture(scope="module")
def _there(shared_data):
    if not (shared_data / "imu" / "virtual_male1").is_dir():
        pytest.skip("no virtual sensors among the shared data")


def plain(rows=STILL):
    return data.stream("waist", rows)


def test_a_random_rotation_keeps_lengths_and_hands():
    for seed in range(20):
        matrix = scenes.rotation(np.random.default_rng(seed))
        assert np.allclose(matrix @ matrix.T, np.eye(3))
        assert np.linalg.det(matrix) == pytest.approx(1.0)


def test_a_small_rotation_turns_by_its_angle():
    matrix = scenes.rotation(np.random.default_rng(3), np.radians(10.0))
    assert np.degrees(np.arccos((np.trace(matrix) - 1) / 2)) == pytest.approx(10.0)


def test_a_turned_sensor_feels_the_same_force_and_knows_no_mount():
    one = scenes.turned(plain(), RNG)
    assert not one.mount_known
    assert np.allclose(np.linalg.norm(scenes.rows_of(one)[:, :3], axis=1), 9.80665)


@pytest.mark.parametrize(("rate_hz", "count"), [(25.0, 75), (50.0, 150), (200.0, 600)])
def test_rates(rate_hz, count):
    one = scenes.at_rate(plain(), rate_hz)
    assert len(one) == count
    assert np.allclose(np.diff(one.time_s), 1 / rate_hz)
    assert one.mount_known


def test_gaps_take_away_what_they_say():
    one = scenes.with_gaps(plain(np.tile(STILL, (20, 1))), np.random.default_rng(2))
    assert 0.9 < len(one) / 6000 <= 0.95
    assert np.diff(one.time_s).max() > 0.1


def test_mirroring_twice_changes_nothing():
    rows = np.random.default_rng(4).normal(size=(10, 6))
    motion = data.Motion("m", {"foot_left": rows}, *[np.zeros(10)] * 3, np.zeros(10, int), np.zeros(10, bool))
    name, once = scenes.mirrored(motion, "foot_left")
    assert name == "foot_right"
    back = data.Motion("m", {"foot_right": once}, *[np.zeros(10)] * 3, np.zeros(10, int), np.zeros(10, bool))
    assert np.allclose(scenes.mirrored(back, "foot_right")[1], rows)


def test_the_vertical_of_a_sensor_that_spins_about_it_stays():
    rows = STILL.copy()
    rows[:, 5] = 1.0
    assert np.allclose(scenes.verticals([rows])[0], [0.0, 0.0, 1.0])


def test_the_vertical_is_carried_by_the_gyroscope():
    rows = STILL.copy()
    rows[:, 3] = np.pi / 2 / 3.0  # a quarter turn about x in three seconds, while gravity is not felt to follow
    up = scenes.verticals([rows])[0]
    assert up[-1, 1] > 0.3  # what was up comes to lie along y of the turned sensor


def test_a_closed_round_ends_as_it_began():
    rng = np.random.default_rng(8)
    swing = np.sin(np.linspace(0, 2 * np.pi, 120, endpoint=False))
    tables = np.zeros((2, 120, 6))
    tables[:, :, 2] = 9.80665 + 3.0 * swing
    tables[:, :, 3] = 4.0 * swing
    tables += rng.normal(0.0, 0.3, (2, 1, 6))  # a round that does not close
    closed = scenes._closed(tables)
    poses, after = scenes._poses(closed[:, :, 3:])
    assert np.allclose(after, np.eye(3), atol=1e-3)
    mean = np.einsum("tsab,stb->sa", poses, closed[:, :, :3]) / 120
    assert np.allclose(np.linalg.norm(mean, axis=1), 9.80665)


@pytest.mark.usefixtures("_there")
class TestMotionCapture:
    def test_held_out_clips_are_the_odd_ones(self):
        held_out = data.held_out_clips()
        assert 20 < len(held_out) < len(data.clips())
        assert all(data.clip_number(clip.name) % 2 == 1 for clip in held_out)

    def test_standing_weighs_what_gravity_is(self):
        clip = next(clip for clip in data.clips() if "_B1_" in clip.name)
        standing = clip.sensors["waist"][clip.way == Way.STILL, :3]
        assert np.linalg.norm(standing.mean(axis=0)) == pytest.approx(9.81, abs=0.1)

    def test_a_loop_has_the_length_and_the_direction_that_were_asked(self):
        part = next(part for part in scenes.steady_parts(data.clips()) if "_B6_" in part.name)
        looped = scenes.loop(part, 12.0)
        assert len(looped) == 1200
        assert set(looped.way.tolist()) == {int(Way.BACKWARD)}
        assert looped.forward_mps.mean() < -0.5
        assert abs(looped.heading_rad[-1] - looped.heading_rad[0]) < 0.3

    def test_a_medley_goes_both_ways_and_says_when(self):
        medley = scenes.medley()
        assert np.isin([Way.FORWARD, Way.BACKWARD, Way.STILL], medley.way).all()
        changes = data.changes_of(medley)
        assert len(changes) > 20
        for moment_s, way in changes:
            assert medley.way[round(moment_s * 100)] == way
        assert all(len(rows) == len(medley) for rows in medley.sensors.values())

    def test_outdoors_the_track_runs_with_or_against_the_chest(self):
        run = scenes.outdoors()
        motion, fixes = run.motion, run.fixes
        north = np.radians(fixes.columns["latitude_deg"])
        east = np.radians(fixes.columns["longitude_deg"]) * np.cos(north[0])
        reach = 10  # seconds: long enough to be farther than the receiver wanders
        course = np.arctan2(north[reach:] - north[:-reach], east[reach:] - east[:-reach])
        middle = (np.arange(len(course)) + reach // 2) * 100
        gap = np.cos(course - motion.heading_rad[middle])
        steady = np.array([len(set(motion.way[at - 500 : at + 500].tolist())) == 1 for at in middle])
        way = motion.way[middle]
        assert (gap[steady & (way == Way.FORWARD)] > 0.8).mean() > 0.95
        assert (gap[steady & (way == Way.BACKWARD)] < -0.8).mean() > 0.95
