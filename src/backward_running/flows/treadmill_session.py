"""A session on a treadmill, as it happens: which step, what the belt and the straps say, and at the end a recording.

It knows nothing of radios and clocks: messages are handed in with the second at which they came. Which way somebody
faces no belt knows; it is what the plan's step says, or what the runner says on the way, and else unknown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.plan import Repeat, Step, Workout
from backward_running.formats import phone_session_lines as lines
from backward_running.formats.bluetooth.heart_rate import read_heart_rate
from backward_running.formats.bluetooth.running_speed_cadence import read_running_speed_cadence
from backward_running.formats.bluetooth.treadmill_data import read_treadmill_data

TREADMILL, STRAP, POD = "treadmill", "heart rate strap", "foot pod"
#: Our own proposals: what is older is unknown; so often the recording goes to the disk; who was not asked for so long
#: slept; a step's cap is exceeded from a twentieth on, less is how belts round.
FRESH_S, WRITTEN_EVERY_S, ASLEEP_S, OVER_RATIO = 5.0, 3.0, 5.0, 1.05
STANDS_MPS = 0.05
NO_STEP = -1  #: begins after the last one
_COLUMNS = ("speed_mps", "grade_ratio", "distance_m", "heart_rate_bpm", "cadence_spm")
#: What a runner may say of themselves on the way, and what it is called in the recording.
SAID = {Direction.FORWARD: "Forward", Direction.BACKWARD: "Backward"}


@dataclass(frozen=True, slots=True)
class BeltNow:
    """How it stands."""

    seconds: int  #: since the session began
    step: Step | None  #: of the plan; None without one, and when all are done
    number: int  #: which of the steps it is, from 1
    count: int
    left_s: float | None
    left_m: float | None
    following: Step | None
    direction: Direction  #: by the step, or as the runner said; unknown where neither says it
    is_said: bool  #: whether the runner said it
    speed_mps: float | None
    grade_ratio: float | None
    heart_rate_bpm: float | None
    cadence_spm: float | None
    waits: str | None  #: why the time of the step stands: "asked", "slept", "belt"
    over_cap: bool  #: whether the belt is faster than the step allows
    silent: tuple[str, ...]  #: which devices did not speak for a while


class TreadmillSession:
    """Takes what Bluetooth devices say, and goes through the steps of a plan.

    Parameters
    ----------
    started_at : datetime
        Aware, on the runner's clock; every `at_s` counts from it, on a clock that only rises.
    workout : Workout, optional
        The planned session; without, the runner says which way they go.
    devices : iterable of str
        What is connected: :data:`TREADMILL`, :data:`STRAP`, :data:`POD`.
    """

    def __init__(self, started_at: datetime, workout: Workout | None, devices: Iterable[str]) -> None:
        self._lock = threading.RLock()
        self._workout, self._devices = workout, tuple(devices)
        self._steps = () if workout is None else tuple(_numbered(workout))
        self._seen: dict[str, tuple[float, float]] = {}  #: by column and who says it: when and what
        self._spoke: dict[str, float] = {}
        self._index, self._in_step_s, self._in_step_m = 0, 0.0, 0.0
        self._said: Direction | None = None
        self._paused: str | None = None
        self._at_s, self._begun, self._sampled_s, self._written_s = 0.0, False, -1, 0.0
        self._distance_m = 0.0
        self._odometer_m: float | None = None
        self._rows: list[tuple[float, list[float | None]]] = []
        title = workout.title if workout else "On the treadmill"
        self._whole = [lines.head(started_at, place="unknown", title=title, steps=_steps(workout, self._steps))]
        self._fresh = 0

    def take(self, device: str, data: bytes, at_s: float) -> None:
        """Take a message of a device.

        Raises
        ------
        UnreadableFile
            It is damaged; it was left out and changes nothing.
        BadValue
            There is no such kind of device.
        """
        read = _READERS.get(device)
        if read is None:
            raise BadValue("device", f"be one of {', '.join(_READERS)}", device)
        columns = read(data)
        with self._lock:
            self._spoke[device] = at_s
            for name, value in columns.items():
                if value is not None:
                    self._seen[f"{name} {device}"] = at_s, value
            self._count_metres(columns.get("distance_m"))

    def tick(self, at_s: float) -> None:
        """Let time pass; call it about twice a second."""
        with self._lock:
            passed_s, self._at_s = max(0.0, at_s - self._at_s), max(at_s, self._at_s)
            if not self._begun:
                self._begun = True
                if self._steps:
                    self._begin(0)
            elif passed_s > ASLEEP_S and self._paused is None:
                self._pause("slept", self._at_s - passed_s)
            elif self._waits() is None:
                self._go_on(passed_s)
            if int(self._at_s) > self._sampled_s:
                self._sampled_s = int(self._at_s)
                self._rows.append((self._at_s, [self._value(name) for name in _COLUMNS]))
            if self._at_s - self._written_s >= WRITTEN_EVERY_S:
                self._write()

    def skip(self) -> None:
        """Go to the next step."""
        with self._lock:
            if self._index < len(self._steps):
                self._begin(self._index + 1)

    def say(self, direction: Direction) -> None:
        """Say which way one goes; it holds until the next step begins, or until something else is said.

        Raises
        ------
        BadValue
            It is neither forward nor backward.
        """
        if direction not in SAID:
            raise BadValue("direction", "be forward or backward", direction.value)
        with self._lock:
            self._said = direction
            self._add(lines.step(self._at_s, len(self._steps) + list(SAID).index(direction)))

    def pause(self) -> None:
        """Hold the session."""
        with self._lock:
            self._pause("asked", self._at_s)

    def resume(self) -> None:
        """Go on."""
        with self._lock:
            self._resume()

    def now(self) -> BeltNow:
        """Return how it stands."""
        with self._lock:
            step = self._step
            speed = self._value("speed_mps")
            cap = step.speed_high_mps if step else None
            planned = step.direction if step else Direction.UNKNOWN
            return BeltNow(
                seconds=int(self._at_s),
                step=step,
                number=min(self._index + 1, len(self._steps)),
                count=len(self._steps),
                left_s=max(0.0, step.duration_s - self._in_step_s) if step and step.duration_s is not None else None,
                left_m=max(0.0, step.distance_m - self._in_step_m) if step and step.distance_m is not None else None,
                following=self._steps[self._index + 1] if self._index + 1 < len(self._steps) else None,
                direction=self._said or planned,
                is_said=self._said is not None,
                speed_mps=speed,
                grade_ratio=self._value("grade_ratio"),
                heart_rate_bpm=self._value("heart_rate_bpm"),
                cadence_spm=self._value("cadence_spm"),
                waits=self._waits(),
                over_cap=speed is not None and cap is not None and speed > cap * OVER_RATIO,
                silent=tuple(device for device in self._devices if not self._is_fresh(self._spoke.get(device, 0.0))),
            )

    def fresh_lines(self) -> bytes:
        """Return the lines that were written since this was last asked: for the disk."""
        with self._lock:
            fresh = b"".join(self._whole[self._fresh :])
            self._fresh = len(self._whole)
            return fresh

    def finish(self) -> bytes:
        """Return the recording.

        Raises
        ------
        UnreadableFile
            No device ever said anything.
        """
        with self._lock:
            self._write()
            if not self._seen:
                raise UnreadableFile("Neither belt nor strap said anything, so there is no recording.")
            self._add(lines.stop(self._at_s))
            return b"".join(self._whole)

    @property
    def _step(self) -> Step | None:
        return self._steps[self._index] if self._index < len(self._steps) else None

    def _begin(self, index: int) -> None:
        self._index, self._in_step_s, self._in_step_m, self._said = index, 0.0, 0.0, None
        if index < len(self._steps):
            self._add(lines.step(self._at_s, index))
        else:
            self._add(lines.step(self._at_s, NO_STEP))

    def _go_on(self, passed_s: float) -> None:
        step = self._step
        if step is None:
            return
        self._in_step_s += passed_s
        self._in_step_m += passed_s * (self._value("speed_mps") or 0.0)
        done_s = step.duration_s is not None and self._in_step_s >= step.duration_s
        if done_s or (step.distance_m is not None and self._in_step_m >= step.distance_m):
            self._begin(self._index + 1)

    def _waits(self) -> str | None:
        """Say why the time of the step stands: on a belt that stands nobody goes anywhere."""
        step, speed = self._step, self._value("speed_mps")
        moves = step is not None and step.direction is not Direction.STILL
        stands = TREADMILL in self._devices and moves and speed is not None and speed < STANDS_MPS
        return self._paused or ("belt" if stands else None)

    def _pause(self, why: str, at_s: float) -> None:
        if self._paused is None:
            self._paused = why
            self._add(lines.pause(at_s, begins=True, why=why))

    def _resume(self) -> None:
        if self._paused is not None:
            self._add(lines.pause(self._at_s, begins=False, why=self._paused))
            self._paused = None

    def _value(self, name: str) -> float | None:
        """Return what is known now. A belt's own speed is never mended by a foot pod that was fitted going forward."""
        if name == "distance_m":
            return self._distance_m if self._odometer_m is not None else None
        order: tuple[str, ...] = (STRAP, TREADMILL) if name == "heart_rate_bpm" else (TREADMILL, POD)
        if name == "speed_mps" and TREADMILL in self._devices:
            order = (TREADMILL,)
        for device in order:
            at_s, value = self._seen.get(f"{name} {device}", (-FRESH_S, 0.0))
            if self._is_fresh(at_s) and f"{name} {device}" in self._seen:
                return value
        return None

    def _is_fresh(self, at_s: float) -> bool:
        return self._at_s - at_s <= FRESH_S

    def _count_metres(self, odometer_m: float | None) -> None:
        """Add up what the belt counted; where it begins anew, what was counted before stays."""
        if odometer_m is None:
            return
        if self._odometer_m is not None and odometer_m > self._odometer_m:
            self._distance_m += odometer_m - self._odometer_m
        self._odometer_m = odometer_m

    def _add(self, line: bytes) -> None:
        self._whole.append(line)

    def _write(self) -> None:
        self._written_s = self._at_s
        if self._rows:
            columns = {name: [row[index] for _, row in self._rows] for index, name in enumerate(_COLUMNS)}
            self._add(lines.machine([at_s for at_s, _ in self._rows], columns))
            self._rows = []


def _numbered(workout: Workout) -> Iterable[Step]:
    for piece in workout.pieces:
        yield from piece.numbered() if isinstance(piece, Repeat) else (piece,)


def _steps(workout: Workout | None, steps: tuple[Step, ...]) -> lines.Steps:
    """Return the steps for the head; behind those of the plan stand the words that its runner may say."""
    names = [(step.name, step.duration_s, step.distance_m) for step in steps]
    said: list[tuple[str, float | None, float | None]] = [(name, None, None) for name in SAID.values()]
    if workout is None:
        return lines.Steps((*said,), indoor=True)
    sport = "running" if any(step.gait is Gait.RUN for step in steps) else "walking"
    return lines.Steps((*names, *said), workout.workout_id, sport, indoor=True)


def _treadmill(data: bytes) -> dict[str, float | None]:
    told = read_treadmill_data(data)
    return {name: getattr(told, name) for name in ("speed_mps", "grade_ratio", "distance_m", "heart_rate_bpm")}


def _strap(data: bytes) -> dict[str, float | None]:
    return {"heart_rate_bpm": read_heart_rate(data)}


def _pod(data: bytes) -> dict[str, float | None]:
    told = read_running_speed_cadence(data)
    return {"speed_mps": told.speed_mps, "cadence_spm": told.cadence_spm}


_READERS: dict[str, Callable[[bytes], dict[str, float | None]]] = {TREADMILL: _treadmill, STRAP: _strap, POD: _pod}
