"""The detectors of the house under the contract of all detectors: give a new one a scene below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from tests.gait.legs import Leg, any_turn, sensor_stream

from backward_running.core.direction import Direction
from backward_running.core.recording import Recording
from backward_running.gait import all_detectors
from backward_running.gait.base import Role
from backward_running.gait.detectors import trunk_sensor
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.testing.detectors import DetectorContract
from backward_running.testing.scenes import SECONDS, Scene

DETECTORS = all_detectors()


@dataclass(frozen=True)
class LegScene(Scene):
    """A person with a sensor strapped to one leg, and nothing else that tells a direction."""

    place: str = "foot"
    backward: bool = False
    words: str = ""

    def recording(self) -> Recording:
        rate_hz = {0.25: 200.0, 1.0: 100.0, 2.0: 50.0}.get(self.step_s, 25.0)
        time_s = np.arange(0.0, SECONDS, 1.0 / rate_hz)
        moves = Leg.runs(backward=self.backward).sensor(self.place, time_s)
        if self.mirrored:  # the other leg
            moves = moves * np.array([[-1.0], [1.0], [1.0], [1.0], [-1.0], [-1.0]])
        turned = None if self.mount_known else any_turn(self.seed)
        seen = self.seen(time_s)
        place = f"{self.place}_{'left' if self.mirrored else 'right'}"
        strapped = sensor_stream(
            place, moves[:, seen], time_s[seen], mount_known=self.mount_known, turned=turned, noise=0.3, seed=self.seed
        )
        return replace(super().recording(), streams=(strapped,), marks=(), steps=(), laps=())


#: How each detector is shown a forward and a backward person. A detector that tells no direction shows None.
SCENES: dict[str, Callable[[Direction], Scene] | None] = {
    "facing_against_course": lambda way: Scene(gap_deg=180.0 if way is Direction.BACKWARD else 0.0, words=""),
    "foot_sensor": lambda way: LegScene(place="foot", backward=way is Direction.BACKWARD),
    "planned_and_marked": lambda way: Scene(words="BACK 1/6" if way is Direction.BACKWARD else "FWD 1/6"),
    "shank_and_thigh_sensor": lambda way: LegScene(place="shank", backward=way is Direction.BACKWARD),
    "speed_and_cadence": None,
    "standing_still": None,
    "watch_at_1_hz": None,
    "trunk_sensor": lambda way: Scene(gap_deg=180.0 if way is Direction.BACKWARD else 0.0, words="", six_axes=True),
    "yaw_against_course": lambda way: Scene(
        gap_deg=180.0 if way is Direction.BACKWARD else 0.0,
        words="BACK 1/6" if way is Direction.BACKWARD else "FWD 1/6",
        six_axes=True,
        mount_known=False,
    ),
}


#: A trunk of which all would be backward waits for others to bear it out (tests/gait/segment/test_claimed_front); the
#: contract lets each speak alone, so it is asked as if it sat as is claimed.
ALONE = {"trunk_sensor": replace(trunk_sensor.DETECTOR, judge=trunk_sensor.as_claimed)}


@pytest.fixture(autouse=True)
def _in_step(monkeypatch):
    """The force and the turning of a trunk made of a few sines have a phase of their own, which looks like a lag."""
    monkeypatch.setattr(trunk_sensor, "is_out_of_step", lambda _, __, time_s: np.zeros(len(time_s), dtype=bool))


class TestDetectors(DetectorContract):
    plugs = tuple((DETECTORS | ALONE).values())
    scenes = SCENES


def test_no_scene_is_left_over():
    assert set(DETECTORS) == set(SCENES)


def test_what_is_not_done_on_foot_is_asked_for_motion_alone():
    ride = replace(Scene(gap_deg=180.0, words="BACK 1/6").recording(), sport="cycling")
    bouts = find_bouts_with(DETECTORS, ride, ride.main)
    told = {key for key, detector in DETECTORS.items() if detector.role is Role.MOTION}
    assert {bout.found_by for bout in bouts} <= told | {"nothing"}
    assert {bout.direction for bout in bouts} == {Direction.UNKNOWN}
