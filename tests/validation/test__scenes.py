from __future__ import annotations

import numpy as np
import pytest
from validation._scores import Way

from validation import _labelled as data
from validation import _loops as loops
from validation import _scenes as scenes


@pytest.fixture(scope="module")
def _there(shared_data):
    if not (shared_data / "imu" / "virtual_male1").is_dir():
        pytest.skip("no virtual sensors among the shared data")


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
        part = next(part for part in loops.steady_parts(data.clips()) if "_B6_" in part.name)
        looped = loops.loop(part, 12.0)
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
