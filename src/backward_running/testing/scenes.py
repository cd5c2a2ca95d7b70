"""Scenes to judge: a person on the move with known direction, recorded well or badly. Made, and run by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.recording import FloatArray, Lap, Mark, RecordedStep, Recording, Stream

SECONDS = 600
SIX_AXES = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps")


@dataclass(frozen=True)
class Scene:
    """A person on the move: how they face, what they planned, how well it is recorded.

    A detector that looks at something else inherits from it and makes a recording of its own; the contract changes
    rate, holes, noise, mounting and compass by ``dataclasses.replace``, so a scene has to honour these fields.
    """

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
        """Return what a device would have written."""
        rng = np.random.default_rng(self.seed)
        time_s, columns = self._watch(rng)
        seen = self.seen(time_s)
        stream = Stream(
            "chest", "earth", time_s[seen], {name: values[seen] for name, values in columns.items()}, self.mount_known
        )
        planned = () if self.noise else (RecordedStep(0, self.words),)
        laps = tuple(Lap(at_s, at_s + 100.0, "workout step", 0) for at_s in range(0, SECONDS, 100)) if planned else ()
        return Recording(
            "0" * 64,
            datetime(2026, 5, 1, tzinfo=UTC),
            (stream, self._trunk(rng)) if self.six_axes else (stream,),
            "test",
            "1",
            duration_s=float(SECONDS),
            sport="running",
            laps=laps,
            steps=planned,
            marks=() if self.noise else (Mark(0.0, self.words),),
        )

    def seen(self, time_s: FloatArray) -> BoolArray:
        """Say which samples were written: those outside the holes."""
        seen = np.ones(len(time_s), dtype=bool)
        for start_s, end_s in self.holes:
            seen &= (time_s < start_s) | (time_s >= end_s)
        return seen

    def _watch(self, rng: np.random.Generator) -> tuple[FloatArray, dict[str, FloatArray]]:
        """Walk a winding course with a heading, at one speed."""
        time_s = np.arange(0.0, SECONDS, self.step_s)
        course = 60.0 + 40.0 * np.sin(time_s / 70.0)
        heading = course + self.gap_deg + rng.normal(0, 12, len(time_s))
        speed = np.full(len(time_s), 2.2)
        if self.noise:
            course, heading = rng.uniform(0, 360, (2, len(time_s)))
            speed = rng.uniform(0, 4, len(time_s))
        sign = -1.0 if self.mirrored else 1.0
        return time_s, {
            "course_deg": (sign * course + self.turned_deg) % 360.0,
            "heading_deg": (sign * heading + self.turned_deg) % 360.0,
            "speed_mps": speed,
            "cadence_spm": np.full(len(time_s), 158.0),
        }

    def _trunk(self, rng: np.random.Generator) -> Stream:
        """Walk with a hip that gathers speed while it sinks, turns from the foot it stands on, and with its heading.

        It nods and rolls too, and lands harder than it rises: a hip of pure sines is nobody's.
        """
        time_s = np.arange(0.0, SECONDS, 0.02)
        step, stride = 2.0 * np.pi * 1.8 * time_s, np.pi * 1.8 * time_s
        facing, side = np.cos(np.radians(self.gap_deg)), -1.0 if self.mirrored else 1.0
        turns = side * np.radians(40.0 / 70.0) * np.cos(time_s / 70.0)
        nods = 0.3 * np.cos(step - 0.25 * np.pi * facing) + 0.2 * np.cos(2.0 * step)
        moves = np.array(
            [
                0.8 * side * np.cos(stride),
                -facing * 1.2 * np.sin(step),
                9.81 + 2.0 * np.cos(step) + 1.2 * np.cos(2.0 * step),
                facing * nods,
                0.35 * facing * side * np.cos(stride - 0.25 * np.pi * facing),
                facing * side * 0.6 * np.cos(stride) - turns,
            ]
        )
        moves += rng.normal(0, 0.2, moves.shape) * [[1.0], [1.0], [1.0], [0.05], [0.05], [0.05]]
        if self.noise:
            moves = np.array([[0.0], [0.0], [9.81], [0.0], [0.0], [0.0]]) + rng.normal(0, 3, (6, len(time_s)))
        if not self.mount_known:
            moves = moves[[1, 2, 0, 4, 5, 3]]
        seen = self.seen(time_s)
        columns = {name: values[seen] for name, values in zip(SIX_AXES, moves, strict=True)}
        return Stream("waist", "body" if self.mount_known else "sensor", time_s[seen], columns, self.mount_known)
