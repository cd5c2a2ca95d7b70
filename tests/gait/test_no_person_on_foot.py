"""What is no person on foot gets no verdict, wherever it is worn: pedals, pendulums, shaking, a road.

All of it is simulated; the generators are those of ``validation/_machines.py``, and the page ``docs/validation/machines``
says how much of each still gets one.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.gait.leg_recordings import leg_recording
from tests.gait.legs import Leg
from validation._faults import turned
from validation._machines import MACHINES, SECONDS

from backward_running.core.direction import Direction
from backward_running.flows.why_gait import NEVER_STANDS, UNLIKE_ANYBODY, why_silent
from backward_running.gait import all_detectors
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.gait.steps.leg import leg_of
from backward_running.gait.steps.stance_at_rest import lies_still
from validation import _labelled as data

BY_NAME = {one.name: one for one in MACHINES}
TOLD = (Direction.FORWARD, Direction.BACKWARD)


def worn(name, place, seed=1, *, mount_known=True):
    rng = np.random.default_rng(seed)
    stream = data.stream(place, BY_NAME[name].make(rng))
    return stream if mount_known else turned(stream, rng)


def told_s(stream):
    bouts = find_bouts_with(all_detectors(), data.recording(stream, duration_s=SECONDS), None)
    return sum(bout.duration_s for bout in bouts if bout.direction in TOLD)


@pytest.mark.parametrize("mount_known", [True, False])
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("elliptical trainer, pedal", "foot_left"),
        ("bicycle, pedal", "foot_right"),
        ("bicycle, pedal", "shank_left"),
        ("swing", "shank_left"),
        ("metronome arm", "foot_left"),
        ("elliptical trainer, thigh", "thigh_right"),
        ("washing machine", "thigh_right"),
        ("shaken by hand", "waist"),
    ],
)
def test_it_gets_no_verdict(name, place, mount_known):
    assert told_s(worn(name, place, mount_known=mount_known)) == 0.0


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        ("elliptical trainer, pedal", "foot_left", NEVER_STANDS),
        ("bicycle, pedal", "foot_left", UNLIKE_ANYBODY),
        ("swing", "thigh_right", UNLIKE_ANYBODY),
        ("rocking chair", "waist", UNLIKE_ANYBODY),
    ],
)
def test_and_the_reason_is_said(name, place, reason):
    assert why_silent([worn(name, place)], place, lambda time_s: np.ones(len(time_s), dtype=bool)) == reason


@pytest.mark.parametrize("gait", [Leg.walks, Leg.runs])
@pytest.mark.parametrize("backward", [False, True])
def test_a_foot_that_stands_lies_still_and_a_pedal_never_does(gait, backward):
    stands = leg_of(leg_recording("foot_left", gait(backward=backward)).streams[0])
    turns = leg_of(worn("bicycle, pedal", "foot_left"))
    assert lies_still(stands.axes, stands.activity_radps, stands.strides).all()
    assert not lies_still(turns.axes, turns.activity_radps, turns.strides).any()
