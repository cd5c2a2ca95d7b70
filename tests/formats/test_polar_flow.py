"""A training session of a Polar account: what is sure in it, and what is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from tests.contracts.test_formats import polar_flow_sample

from backward_running.core.errors import NotAnActivity, UnreadableFile
from backward_running.formats import polar_flow, read


def session(**changes):
    said = json.loads(polar_flow_sample())
    said["exercises"][0].update(changes)
    return json.dumps(said).encode()


def test_lists_of_other_rates_share_one_clock_and_a_heart_that_is_not_felt_is_unknown():
    hearts = [{"dateTime": f"2026-05-01T06:00:{s:02d}.000", "value": 0 if s == 10 else 140} for s in range(0, 60, 5)]
    places = [
        {"dateTime": f"2026-05-01T06:00:{s:02d}.500", "latitude": 60 + s / 1e5, "longitude": 24.9} for s in range(60)
    ]
    (run,) = read(session(samples={"heartRate": hearts, "recordedRoute": places}))
    assert (run.started_at, run.wall_clock, run.duration_s) == (datetime(2026, 5, 1, 6, tzinfo=UTC), True, 59.5)
    heart = run.main.columns["heart_rate_bpm"]
    assert (len(run.main), int(np.isfinite(heart).sum()), set(heart[np.isfinite(heart)])) == (72, 11, {140.0})
    assert int(np.isfinite(run.main.columns["latitude_deg"]).sum()) == 60


@pytest.mark.parametrize(("stated_m", "is_taken"), [(147.5, True), (150.0, True), (147_500.0, False), (None, False)])
def test_a_counted_distance_is_taken_where_it_ends_at_the_stated_one(stated_m, is_taken):
    (run,) = read(session(distance=stated_m))
    assert run.main.has("distance_m") == is_taken


def test_several_exercises_are_several_runs_and_without_samples_it_is_none():
    said = json.loads(polar_flow_sample())
    said["exercises"] *= 2
    assert [run.part for run in read(json.dumps(said).encode())] == [0, 1]
    with pytest.raises(NotAnActivity, match="no samples"):
        polar_flow.FORMAT.read(session(samples={}))


@pytest.mark.parametrize(
    "text", ['{"exercises": 5}', "[" * 5000, '{"exercises": [{"samples": {"heartRate": [{"dateTime": 1e999}]}}]}']
)
def test_what_is_none_is_refused_in_one_sentence(text):
    with pytest.raises(UnreadableFile) as refusal:
        polar_flow.FORMAT.read(text.encode())
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("filling", ['\\"', '"', "[", '"\\'])
def test_a_damaged_file_costs_no_more_than_its_length(filling):
    """Searching from each of these to the end would take weeks."""
    with pytest.raises(UnreadableFile):
        polar_flow.FORMAT.read(('{"exercises": [' + '"' + filling * 1_000_000).encode())
