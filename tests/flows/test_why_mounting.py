"""A sensor that sits the other way round gets no verdict by itself, and it is said why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.gait.detectors.test_trunk_sensor import anybody, trunk

from backward_running.core.direction import Direction
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Lap, Recording, Stream
from backward_running.core.session import Bout
from backward_running.flows.why import why_unknown
from backward_running.flows.why_gait import OUT_OF_STEP
from backward_running.gait import find_bouts
from backward_running.signals import working_stream

__all__ = ["anybody"]
TOLD = (Direction.FORWARD, Direction.BACKWARD)
LEVEL = (*ACCELERATION[:2], *ANGULAR_RATE[:2])


def half_turn(stream: Stream) -> Stream:
    """Turn a sensor by half about the plumb line, and let it claim that it is not."""
    columns = {name: -values if name in LEVEL else values for name, values in stream.columns.items()}
    return replace(stream, columns=columns)


def judged(*streams: Stream, laps: tuple[Lap, ...] = ()) -> tuple[dict[Direction, float], str | None]:
    from validation import _labelled as data

    recording: Recording = data.recording(*streams, duration_s=float(streams[0].time_s[-1]) + 0.01)
    recording = replace(recording, laps=laps)
    bouts = find_bouts(recording, working_stream(recording))
    lasts = {way: sum(bout.duration_s for bout in bouts if bout.direction is way) for way in Direction}
    return lasts, why_unknown(recording, bouts)


@pytest.fixture(scope="module")
def feet(shared_data):
    from validation import _labelled as data

    walks = [walk.recording.streams[0] for walk in data.ipol(mount_known=True) if "foot" in walk.name]
    return walks[1::10]


def test_a_foot_that_sits_the_other_way_round(feet):
    assert len(feet) >= 5
    for worn in feet:
        proper, _ = judged(worn)
        assert proper[Direction.FORWARD] > 8.0
        turned, why = judged(half_turn(worn))
        assert turned[Direction.FORWARD] + turned[Direction.BACKWARD] == 0.0
        assert why is not None
        assert "it seems to sit the other way round" in why.lower()


def test_a_known_foot_that_is_out_of_step_is_told_so(feet):
    worn = feet[0]
    late = {name: values[20:] if name in ANGULAR_RATE else values[:-20] for name, values in worn.columns.items()}
    lasts, why = judged(replace(worn, time_s=worn.time_s[:-20], columns=late))
    assert lasts[Direction.BACKWARD] == 0.0
    assert why == OUT_OF_STEP


def test_a_walking_trunk_that_is_out_of_step_is_told_so(shared_data):
    from validation import _labelled as data

    worn = next(walk.recording.streams[0] for walk in data.ipol(mount_known=True) if "waist" in walk.name)
    late = {name: values[15:] if name in ANGULAR_RATE else values[:-15] for name, values in worn.columns.items()}
    lasts, why = judged(replace(worn, time_s=worn.time_s[:-15], columns=late))
    assert lasts[Direction.FORWARD] + lasts[Direction.BACKWARD] == 0.0
    assert why == OUT_OF_STEP


@pytest.mark.usefixtures("anybody")
def test_a_waist_that_tells_of_nothing_but_backward_asks():
    """Turned by half a forward walk is a backward walk to it: one word tells which."""
    lasts, why = judged(trunk(facing=-1.0))
    assert lasts[Direction.FORWARD] + lasts[Direction.BACKWARD] == 0.0
    assert why is not None
    assert "all of it would be backward" in why
    assert judged(trunk())[0][Direction.FORWARD] > 50.0
    told, _ = judged(trunk(facing=-1.0), laps=(Lap(20.0, 26.0, "label", label="backward"),))
    assert told[Direction.BACKWARD] > 50.0


@pytest.mark.usefixtures("anybody")
def test_a_waist_that_a_foot_contradicts(feet):
    foot = max(feet, key=lambda worn: worn.time_s[-1])
    last = np.searchsorted(foot.time_s, 60.0)
    foot = replace(foot, time_s=foot.time_s[:last], columns={name: row[:last] for name, row in foot.columns.items()})
    lasts, _ = judged(foot, trunk(facing=-1.0))
    assert lasts[Direction.FORWARD] > 8.0
    assert lasts[Direction.BACKWARD] == 0.0


@pytest.mark.usefixtures("anybody")
@pytest.mark.parametrize(
    ("others", "words"), [(Direction.FORWARD, "says the contrary of"), (Direction.BACKWARD, "would be")]
)
def test_a_waist_is_held_against_what_others_found(others, words):
    from validation import _labelled as data

    recording = data.recording(trunk(facing=-1.0), duration_s=60.0)
    found = [Bout(0.0, 20.0, others, None, 0.9, "foot_sensor"), Bout(20.0, 60.0, Direction.UNKNOWN, None, None, "x")]
    why = why_unknown(recording, found)
    assert why is not None
    assert words in why
