"""What every detector of direction must do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.names import NAMES
from backward_running.core.session import Bout
from backward_running.evidence import Evidence
from backward_running.gait import Detector, State, all_detectors
from backward_running.gait.base import Role
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade, asks
from backward_running.testing.scenes import SECONDS, Scene

BOTH = (Direction.FORWARD, Direction.BACKWARD)
#: What a detector may need besides columns of a stream.
BESIDE_COLUMNS = {"laps", "steps", "marks", "title"}


def bouts_of(detector: Detector, scene: Scene) -> tuple[Bout, ...]:
    """Let one detector speak alone; standing and moving are always told."""
    motion = {key: other for key, other in all_detectors().items() if other.role is Role.MOTION}
    asked = motion | {detector.key: detector}
    run = scene.recording()
    return find_bouts_with(dict(sorted(asked.items())), run, run.main)


def seconds_by_direction(bouts: Sequence[Bout]) -> dict[Direction, float]:
    """Return how long each direction was found."""
    return {way: sum(bout.duration_s for bout in bouts if bout.direction is way) for way in Direction}


class DetectorContract(Contract):
    """A recording in, log-likelihoods out; turned round, the answer is turned round."""

    kind = "detector"
    #: Key of a detector → how it is shown a forward and a backward person; None where it tells no direction.
    scenes: ClassVar[Mapping[str, Callable[[Direction], Scene] | None]] = {}

    def chosen(self) -> Mapping[str, Sequence[Any]]:
        """Return all, those that tell a direction, and those that rest on a known mount."""
        return {
            "plug": list(self.plugs),
            "telling": [plug for plug in self.plugs if self.scenes.get(plug.key) is not None],
            "mounted": [plug for plug in self.plugs if plug.uses_mount],
        }

    def scene_of(self, detector: Detector, way: Direction) -> Scene:
        """Return the scene in which a detector is shown one direction."""
        make = self.scenes[detector.key]
        assert make is not None, f"{detector.key} tells no direction"
        return make(way)

    @asks(Grade.BRONZE)
    def test_it_has_an_identity_card_and_a_scene(self, plug: Detector) -> None:
        """It says what it looks at, what it needs and what it rests on."""
        assert plug.key in self.scenes, f"give {plug.key} a scene in `scenes`, or None where it tells no direction"
        assert plug.evidence and all(isinstance(source, Evidence) for source in plug.evidence)
        assert plug.explains.endswith(".") and not FORBIDDEN.search(plug.explains)
        assert plug.version
        assert plug.needs and set(plug.needs) <= set(NAMES) | BESIDE_COLUMNS

    @asks(Grade.BRONZE)
    def test_only_those_that_are_asked_for_a_direction_tell_or_hint_at_one(self, plug: Detector) -> None:
        """One that is asked for motion or rest says nothing of the direction; one that repeats says what was stated."""
        scene = Scene(gap_deg=180.0, words="BACK 1/6", six_axes=True)
        opinion = plug.judge(scene.recording(), np.arange(float(SECONDS)))
        if plug.role in (Role.MOTION, Role.REST):
            assert opinion is not None
            assert not opinion.speaks.any()
            assert opinion.hint is None
        assert (opinion is not None and opinion.statement is not None) == (plug.role is Role.STATED)

    @asks(Grade.BRONZE)
    @pytest.mark.parametrize(
        "scene",
        [Scene(), Scene(gap_deg=180.0, words="BACK"), Scene(noise=True), Scene(holes=((0.0, 400.0),))],
        ids=["forward", "backward", "noise", "holes"],
    )
    def test_an_opinion_has_its_shape(self, plug: Detector, scene: Scene) -> None:
        """Seven finite numbers a moment, which differ where it speaks."""
        opinion = plug.judge(scene.recording(), np.arange(float(SECONDS)))
        if opinion is None:
            return
        assert opinion.detector == plug.key
        assert opinion.log_likelihood.shape == (SECONDS, len(State))
        assert opinion.speaks.shape == (SECONDS,)
        assert opinion.speaks.dtype == np.bool_
        assert np.isfinite(opinion.log_likelihood).all()
        assert (opinion.log_likelihood[opinion.speaks].std(axis=1) > 0).all()

    @asks(Grade.BRONZE)
    @pytest.mark.parametrize(
        "scene",
        [Scene(), Scene(gap_deg=90.0), Scene(noise=True), Scene(holes=((100.0, 300.0),), step_s=4.0)],
        ids=["forward", "sideways", "noise", "holes"],
    )
    def test_bouts_tile_the_time(self, plug: Detector, scene: Scene) -> None:
        """With it, the bouts cover the recording without gap or overlap."""
        bouts = bouts_of(plug, scene)
        assert (bouts[0].start_s, bouts[-1].end_s) == (0.0, float(SECONDS))
        assert all(before.end_s == after.start_s for before, after in pairwise(bouts))

    @asks(Grade.BRONZE)
    def test_turning_the_person_round_swaps_the_answer(self, telling: Detector) -> None:
        """A backward person is found backward, a forward one forward."""
        for way in BOTH:
            found = seconds_by_direction(bouts_of(telling, self.scene_of(telling, way)))
            assert found[way] > 0.98 * SECONDS

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("way", BOTH)
    def test_a_guessed_mount_gives_unknown(self, mounted: Detector, way: Direction) -> None:
        """Where the mounting is guessed it never speaks."""
        scene = replace(self.scene_of(mounted, way), mount_known=False)
        opinion = mounted.judge(scene.recording(), np.arange(float(SECONDS)))
        assert opinion is None or not opinion.speaks.any()
        assert seconds_by_direction(bouts_of(mounted, scene))[Direction.UNKNOWN] == SECONDS

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("way", BOTH)
    @pytest.mark.parametrize("step_s", [0.25, 2.0, 5.0])
    def test_the_sampling_rate_does_not_matter(self, telling: Detector, way: Direction, step_s: float) -> None:
        """Four samples a second or one in five seconds: the same answer."""
        found = seconds_by_direction(bouts_of(telling, replace(self.scene_of(telling, way), step_s=step_s)))
        assert found[way] > 0.97 * SECONDS

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("way", BOTH)
    def test_gaps_change_nothing_outside_them(self, telling: Detector, way: Direction) -> None:
        """What is missing changes no answer beside it."""
        bouts = bouts_of(telling, replace(self.scene_of(telling, way), holes=((200.0, 207.0), (300.0, 390.0))))
        told = {bout.direction for bout in bouts if bout.end_s <= 295.0 or bout.start_s >= 395.0}
        assert told <= {way, Direction.UNKNOWN}
        found = seconds_by_direction(bouts)
        assert found[way] > 0.98 * (SECONDS - 90.0)
        assert found[Direction.BACKWARD if way is Direction.FORWARD else Direction.FORWARD] == 0.0

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("step_s", [0.25, 1.0, 2.0])
    def test_noise_alone_is_never_backward(self, plug: Detector, step_s: float) -> None:
        """Two hours of noise hold no backward second: one lucky draw proves nothing."""
        for seed in range(12):
            scene = Scene(noise=True, step_s=step_s, seed=seed)
            assert seconds_by_direction(bouts_of(plug, scene))[Direction.BACKWARD] == 0.0, seed

    @asks(Grade.SILVER)
    @pytest.mark.parametrize("way", BOTH)
    @pytest.mark.parametrize(
        "change",
        [{"turned_deg": 137.0}, {"turned_deg": -60.0}, {"mirrored": True}],
        ids=["turned", "turned back", "mirrored"],
    )
    def test_neither_north_nor_left_and_right_matter(
        self, telling: Detector, way: Direction, change: Mapping[str, Any]
    ) -> None:
        """The world turned or mirrored gives the same bouts."""
        plain = bouts_of(telling, self.scene_of(telling, way))
        changed = bouts_of(telling, replace(self.scene_of(telling, way), **change))
        assert [(bout.start_s, bout.direction, bout.gait) for bout in plain] == [
            (bout.start_s, bout.direction, bout.gait) for bout in changed
        ]
