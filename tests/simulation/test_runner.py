from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.direction import Direction
from backward_running.flows.demo import simulate

UNTIL = date(2026, 11, 22)


@pytest.fixture(scope="module")
def runner():
    return simulate(seed=8484, weeks=12, until=UNTIL)


@pytest.fixture(scope="module")
def recordings(runner):
    return [formats.read(data)[0] for _, data in runner.files]


def test_the_same_seed_gives_the_same_bytes(runner):
    again = simulate(seed=8484, weeks=12, until=UNTIL)
    assert again.files == runner.files
    assert simulate(seed=1, weeks=12, until=UNTIL).files != runner.files


def test_everything_says_that_it_is_simulated(runner, recordings):
    assert runner.athlete.simulated
    assert all(recording.simulated for recording in recordings)
    assert all(name.endswith("-simulated.fit") for name, _ in runner.files)


def test_twelve_weeks_of_a_beginner(runner, recordings):
    days = [recording.started_at.date() for recording in recordings]
    assert len(days) >= 45
    assert min(days) >= UNTIL - timedelta(weeks=12)
    assert max(days) <= UNTIL
    assert sum(recording.indoor for recording in recordings) >= 5
    assert any(recording.pauses for recording in recordings)
    assert any(check_in.calf_soreness_nrs == 5.0 for check_in in runner.check_ins)


def test_the_sore_calf_is_followed_by_rest_from_running_backward(runner):
    sore = min(one.made_at for one in runner.check_ins if (one.calf_soreness_nrs or 0) >= 4)
    after = [
        recording_start
        for recording_start, truth in zip((name[:10] for name, _ in runner.files), runner.truths, strict=True)
        if any(bout.direction is Direction.BACKWARD for bout in truth)
        and sore.date() <= date.fromisoformat(recording_start) < sore.date() + timedelta(days=3)
    ]
    assert after == []


def test_the_truth_tiles_every_recording(runner, recordings):
    for truth, recording in zip(runner.truths, recordings, strict=True):
        assert truth[0].start_s == 0.0
        assert all(a.end_s == b.start_s for a, b in pairwise(truth))
        assert truth[-1].end_s == pytest.approx(recording.duration_s, abs=1.0)


def test_backward_looks_as_published(runner, recordings):
    """At equal speed: cadence 1.08–1.11 times forward, heart rate higher, and a slower pace at similar effort."""
    forward, backward = [], []
    for truth, recording in zip(runner.truths, recordings, strict=True):
        stream = recording.main
        for bout in truth:
            inside = (stream.time_s > bout.start_s + 15) & (stream.time_s < bout.end_s - 3)
            if bout.gait is None or bout.gait.value != "run" or not inside.any():
                continue
            pairs = np.column_stack([stream.columns[n][inside] for n in ("speed_mps", "cadence_spm")])
            (backward if bout.direction is Direction.BACKWARD else forward).append(pairs)
    forward, backward = np.concatenate(forward), np.concatenate(backward)
    at_equal_speed = 168.0 + 9.0 * (backward[:, 0].mean() - 3.0)
    assert backward[:, 1].mean() / at_equal_speed == pytest.approx(1.11, abs=0.03)
    assert backward[:, 0].mean() < 0.8 * forward[:, 0].mean()


def test_chest_sensor_faces_against_the_course_while_running_backward(runner, recordings):
    seen = 0
    for truth, recording in zip(runner.truths, recordings, strict=True):
        if recording.stream_with("heading_deg", "latitude_deg") is None:
            continue
        stream = recording.main
        latitude, longitude = np.radians(stream.columns["latitude_deg"]), np.radians(stream.columns["longitude_deg"])
        ahead = 8
        east = (longitude[ahead:] - longitude[:-ahead]) * np.cos(latitude[0])
        course = np.degrees(np.arctan2(east, latitude[ahead:] - latitude[:-ahead]))
        gap = np.abs((course - stream.columns["heading_deg"][ahead // 2 : -ahead // 2] + 180) % 360 - 180)
        for bout in truth:
            times = stream.time_s[ahead // 2 : -ahead // 2]
            inside = (times > bout.start_s + 12) & (times < bout.end_s - 12)
            if inside.sum() < 10 or bout.direction is Direction.STILL:
                continue
            seen += 1
            assert (np.median(gap[inside]) > 120) == (bout.direction is Direction.BACKWARD)
    assert seen > 30
