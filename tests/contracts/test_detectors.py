"""What every direction detector promises. A new detector is tested the day its file appears: give it a scene below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pytest
from tests.gait.legs import Leg, any_turn, sensor_stream

from backward_running.core.direction import Direction
from backward_running.core.recording import Lap, Mark, RecordedStep, Recording, Stream
from backward_running.evidence import Evidence
from backward_running.gait import State, all_detectors
from backward_running.gait.base import Role
from backward_running.gait.segment.bouts import find_bouts_with

SECONDS = 600
DETECTORS = all_detectors()
SIX_AXES = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps")


@dataclass(frozen=True)
class Scene:
    """A person on the move: how they face, what they planned, how well it is recorded."""

    gap_deg: float = 0.0  #: chest minus travel: 0 forward, 180 backward
    words: str = "FWD"
    turned_deg: float = 0.0  #: the whole world, turned
    mirrored: bool = False
    step_s: float = 1.0
    mount_known: bool = True
    holes: tuple[tuple[float, float], ...] = ()
    noise: bool = False
    seed: int = 17
    six_axes: bool = False  #: a second sensor, of acceleration and angular rate, somewhere on the trunk

    def recording(self) -> Recording:
        rng = np.random.default_rng(self.seed)
        time_s = np.arange(0.0, SECONDS, self.step_s)
        course = 60.0 + 40.0 * np.sin(time_s / 70.0)
        heading = course + self.gap_deg + rng.normal(0, 12, len(time_s))
        speed = np.full(len(time_s), 2.2)
        if self.noise:
            course, heading = rng.uniform(0, 360, (2, len(time_s)))
            speed = rng.uniform(0, 4, len(time_s))
        sign = -1.0 if self.mirrored else 1.0
        columns = {
            "course_deg": (sign * course + self.turned_deg) % 360.0,
            "heading_deg": (sign * heading + self.turned_deg) % 360.0,
            "speed_mps": speed,
            "cadence_spm": np.full(len(time_s), 158.0),
        }
        seen = np.ones(len(time_s), dtype=bool)
        for start_s, end_s in self.holes:
            seen &= (time_s < start_s) | (time_s >= end_s)
        stream = Stream(
            "chest", "earth", time_s[seen], {name: values[seen] for name, values in columns.items()}, self.mount_known
        )
        streams = (stream, self._six_axes(rng)) if self.six_axes else (stream,)
        planned = () if self.noise else (RecordedStep(0, self.words),)
        laps = tuple(Lap(at_s, at_s + 100.0, "workout step", 0) for at_s in range(0, SECONDS, 100)) if planned else ()
        marks = () if self.noise else (Mark(0.0, self.words),)
        return Recording(
            "0" * 64,
            datetime(2026, 5, 1, tzinfo=UTC),
            streams,
            "test",
            "1",
            duration_s=float(SECONDS),
            sport="running",
            laps=laps,
            steps=planned,
            marks=marks,
        )

    def _six_axes(self, rng: np.random.Generator) -> Stream:
        """A running hip: braked while it sinks, it surges while it is pushed up; and it turns with its heading."""
        time_s = np.arange(0.0, SECONDS, 0.02)
        phase = 2.0 * np.pi * 2.6 * time_s
        facing = np.cos(np.radians(self.gap_deg))
        bounce = np.maximum(np.cos(phase), -0.7)
        turns = (-1.0 if self.mirrored else 1.0) * np.radians(40.0 / 70.0) * np.cos(time_s / 70.0)
        moves = np.array(
            [
                np.zeros(len(time_s)),
                facing * (2.0 * np.cos(phase) + 1.0 * np.sin(phase)),
                9.81 + 12.0 * bounce,
                *np.zeros((2, len(time_s))),
                -turns,
            ]
        )
        moves += rng.normal(0, 0.2, moves.shape) * [[1.0], [1.0], [1.0], [0.05], [0.05], [0.05]]
        if self.noise:
            moves = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]]) + rng.normal(0, 3, (6, len(time_s)))
        if not self.mount_known:
            moves = moves[[1, 2, 0, 4, 5, 3]]
        seen = np.ones(len(time_s), dtype=bool)
        for start_s, end_s in self.holes:
            seen &= (time_s < start_s) | (time_s >= end_s)
        frame = "body" if self.mount_known else "sensor"
        columns = {name: values[seen] for name, values in zip(SIX_AXES, moves, strict=True)}
        return Stream("waist", frame, time_s[seen], columns, self.mount_known)


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
        seen = np.ones(len(time_s), dtype=bool)
        for start_s, end_s in self.holes:
            seen &= (time_s < start_s) | (time_s >= end_s)
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
TELLING = sorted(key for key, scene in SCENES.items() if scene is not None)
BOTH = (Direction.FORWARD, Direction.BACKWARD)


def scene_of(key: str, way: Direction) -> Scene:
    make = SCENES[key]
    assert make is not None
    return make(way)


def bouts_of(key: str, scene: Scene):
    """Let one detector speak alone; standing and moving are always told."""
    asked = {name: DETECTORS[name] for name in {key, "speed_and_cadence"}}
    one = scene.recording()
    return find_bouts_with(asked, one, one.main)


def seconds_by_direction(bouts) -> dict[Direction, float]:
    return {way: sum(bout.duration_s for bout in bouts if bout.direction is way) for way in Direction}


def test_every_detector_has_a_scene():
    assert set(DETECTORS) == set(SCENES), "give every detector a scene in this file"


@pytest.mark.parametrize("key", sorted(DETECTORS))
def test_identity_card(key):
    detector = DETECTORS[key]
    assert detector.key == key
    assert detector.evidence
    assert all(isinstance(one, Evidence) for one in detector.evidence)
    assert detector.explains.endswith(".")
    assert detector.version
    assert detector.needs


@pytest.mark.parametrize("key", sorted(DETECTORS))
def test_only_those_that_are_asked_for_a_direction_tell_or_hint_at_one(key):
    detector, scene = DETECTORS[key], Scene(gap_deg=180.0, words="BACK 1/6", six_axes=True)
    opinion = detector.judge(scene.recording(), np.arange(float(SECONDS)))
    if detector.role in (Role.MOTION, Role.REST):
        assert opinion is not None
        assert not opinion.speaks.any()
        assert opinion.hint is None
    assert (opinion is not None and opinion.statement is not None) == (detector.role is Role.STATED)


def test_what_is_not_done_on_foot_is_asked_for_motion_alone():
    ride = replace(Scene(gap_deg=180.0, words="BACK 1/6").recording(), sport="cycling")
    bouts = find_bouts_with(DETECTORS, ride, ride.main)
    told = {key for key, detector in DETECTORS.items() if detector.role is Role.MOTION}
    assert {bout.found_by for bout in bouts} <= told | {"nothing"}
    assert {bout.direction for bout in bouts} == {Direction.UNKNOWN}


@pytest.mark.parametrize("key", sorted(DETECTORS))
@pytest.mark.parametrize(
    "scene", [Scene(), Scene(gap_deg=180.0, words="BACK"), Scene(noise=True), Scene(holes=((0.0, 400.0),))]
)
def test_an_opinion_has_its_shape(key, scene):
    time_s = np.arange(float(SECONDS))
    opinion = DETECTORS[key].judge(scene.recording(), time_s)
    if opinion is None:
        return
    assert opinion.detector == key
    assert opinion.log_likelihood.shape == (SECONDS, len(State))
    assert opinion.speaks.shape == (SECONDS,)
    assert opinion.speaks.dtype == np.bool_
    assert np.isfinite(opinion.log_likelihood).all()
    assert (opinion.log_likelihood[opinion.speaks].std(axis=1) > 0).all()


@pytest.mark.parametrize("key", sorted(DETECTORS))
@pytest.mark.parametrize(
    "scene", [Scene(), Scene(gap_deg=90.0), Scene(noise=True), Scene(holes=((100.0, 300.0),), step_s=4.0)]
)
def test_bouts_tile_the_time(key, scene):
    bouts = bouts_of(key, scene)
    assert (bouts[0].start_s, bouts[-1].end_s) == (0.0, float(SECONDS))
    assert all(before.end_s == after.start_s for before, after in pairwise(bouts))


@pytest.mark.parametrize("key", TELLING)
def test_turning_the_person_round_swaps_the_answer(key):
    for way in BOTH:
        found = seconds_by_direction(bouts_of(key, scene_of(key, way)))
        assert found[way] > 0.98 * SECONDS


@pytest.mark.parametrize("key", [key for key, detector in DETECTORS.items() if detector.uses_mount])
@pytest.mark.parametrize("way", BOTH)
def test_a_guessed_mount_gives_unknown(key, way):
    scene = replace(scene_of(key, way), mount_known=False)
    opinion = DETECTORS[key].judge(scene.recording(), np.arange(float(SECONDS)))
    assert opinion is None or not opinion.speaks.any()
    assert seconds_by_direction(bouts_of(key, scene))[Direction.UNKNOWN] == SECONDS


@pytest.mark.parametrize("key", TELLING)
@pytest.mark.parametrize("way", BOTH)
@pytest.mark.parametrize("step_s", [0.25, 2.0, 5.0])
def test_the_sampling_rate_does_not_matter(key, way, step_s):
    found = seconds_by_direction(bouts_of(key, replace(scene_of(key, way), step_s=step_s)))
    assert found[way] > 0.97 * SECONDS


@pytest.mark.parametrize("key", TELLING)
@pytest.mark.parametrize("way", BOTH)
def test_gaps_change_nothing_outside_them(key, way):
    bouts = bouts_of(key, replace(scene_of(key, way), holes=((200.0, 207.0), (300.0, 390.0))))
    told = {bout.direction for bout in bouts if bout.end_s <= 295.0 or bout.start_s >= 395.0}
    assert told <= {way, Direction.UNKNOWN}
    found = seconds_by_direction(bouts)
    assert found[way] > 0.98 * (SECONDS - 90.0)
    assert found[Direction.BACKWARD if way is Direction.FORWARD else Direction.FORWARD] == 0.0


@pytest.mark.parametrize("key", sorted(DETECTORS))
@pytest.mark.parametrize("step_s", [0.25, 1.0, 2.0])
def test_noise_alone_is_never_backward(key, step_s):
    for seed in range(12):  # two hours: one lucky draw proves nothing
        scene = Scene(noise=True, step_s=step_s, seed=seed)
        assert seconds_by_direction(bouts_of(key, scene))[Direction.BACKWARD] == 0.0, seed


@pytest.mark.parametrize("key", TELLING)
@pytest.mark.parametrize("way", BOTH)
@pytest.mark.parametrize("change", [{"turned_deg": 137.0}, {"turned_deg": -60.0}, {"mirrored": True}])
def test_neither_north_nor_left_and_right_matter(key, way, change):
    plain, changed = bouts_of(key, scene_of(key, way)), bouts_of(key, replace(scene_of(key, way), **change))
    assert [(bout.start_s, bout.direction, bout.gait) for bout in plain] == [
        (bout.start_s, bout.direction, bout.gait) for bout in changed
    ]
