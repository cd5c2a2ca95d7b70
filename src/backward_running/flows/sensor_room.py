"""A room that a sensor app feeds while somebody runs: which way, live, and at the end a recording.

It knows nothing of networks: messages are handed in as they arrive. The judge is the one of the phone (``gait/live``);
the recording is a session without a plan, and is judged anew as a whole when it comes in.
"""

from __future__ import annotations

import bisect
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.formats import phone_session_lines as lines
from backward_running.formats.sensor_streams import Axes, Batch, SentFix
from backward_running.gait.live.judge import LiveJudge, Told

#: Where a phone may sit, as a session says it, and in words.
PLACES = {
    "thigh_right": "in a trouser pocket, right", "thigh_left": "in a trouser pocket, left",
    "waist": "on a belt, at the waist", "chest": "on the chest", "unknown": "somewhere else",
}  # fmt: skip
#: Our own proposals. A sensor that fell silent holds the other back no longer than this; so long is one line of motion;
#: a longer hole begins a new one; and whoever forgets the room overnight does not fill the memory.
WAITS_S, LINE_S, HOLE_S, LONGEST_S = 2.0, 5.0, 4.0, 6 * 3600.0
_UNKNOWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Now:
    """How it stands."""

    direction: Direction
    seconds: int  #: since the first sample
    backward_m: float
    samples: int
    positions: int
    has_rates: bool  #: whether a gyroscope speaks: without one nothing can be told on the way


class SensorRoom:
    """Takes what a sensor app sends.

    Parameters
    ----------
    place : str
        Where the phone sits, one of :data:`PLACES`.
    title : str
        What the recording will be called.

    Raises
    ------
    BadValue
        There is no such place.
    """

    def __init__(self, place: str, title: str) -> None:
        if place not in PLACES:
            raise BadValue("place", f"be one of {', '.join(PLACES)}", place)
        self._place, self._title = place, title
        self._judge = LiveJudge(in_a_pocket=place.startswith("thigh"))
        self._lock = threading.Lock()
        self._began: tuple[float, datetime] | None = None  #: the first sample on the phone's clock, and when it came
        self._forces: list[tuple[float, Axes]] = []
        self._rates: list[tuple[float, Axes]] = []
        self._gravities: list[tuple[float, Axes]] = []
        self._bare: list[tuple[float, Axes]] = []
        self._fixes: list[SentFix] = []
        self._motion: list[tuple[float, Axes, Axes | None]] = []
        self._lines: list[bytes] = []
        self._told: list[Told] = []
        self._fresh = 0  #: of the lines, how many went to the disk
        self._written, self._samples, self._positions, self._last_s = 0, 0, 0, 0.0

    def take(self, batch: Batch, *, now: datetime) -> None:
        """Take what arrived; what is of before the last sample is left out."""
        with self._lock:
            self._forces += batch.forces
            self._bare += batch.without_gravity
            self._gravities += batch.gravities
            self._rates += batch.rates
            self._fixes += batch.fixes
            self._add_gravity()
            self._begin(now)
            self._drain(is_over=False)

    def now(self) -> Now:
        """Return how it stands."""
        with self._lock:
            last = self._told[-1].direction if self._told else Direction.UNKNOWN
            has_rates = any(rate is not None for _, _, rate in self._motion[-50:]) or bool(self._rates)
            return Now(
                last, int(self._last_s), self._judge.backward_m, self._samples, self._positions,
                has_rates or self._samples == 0,
            )  # fmt: skip

    def fresh_lines(self) -> bytes:
        """Return the lines that came since this was last asked, the head before them: for the disk."""
        with self._lock:
            if self._began is None:
                return b""
            self._write()
            fresh = self._lines[self._fresh :]
            if not fresh:
                return b""
            first = b"" if self._fresh else self._head(self._began[1])
            self._fresh = len(self._lines)
            return first + b"".join(fresh)

    def finish(self) -> bytes:
        """Return everything that came as a phone session.

        Raises
        ------
        UnreadableFile
            Nothing came.
        """
        with self._lock:
            self._drain(is_over=True)
            if self._began is None or not self._lines:
                raise UnreadableFile("Nothing arrived, so there is no recording: look at the address in the app.")
            self._lines.append(lines.stop(self._last_s))
            return self._head(self._began[1]) + b"".join(self._lines)

    def _head(self, began_at: datetime) -> bytes:
        return lines.head(began_at, place=self._place, title=self._title)

    def _add_gravity(self) -> None:
        """Make the acceleration whole where an app sends it without gravity, and gravity apart."""
        left = []
        for at_s, bare in self._bare:
            gravity = _at(self._gravities, at_s)
            if gravity is None:
                left.append((at_s, bare))
            else:
                self._forces.append((at_s, (bare[0] + gravity[0], bare[1] + gravity[1], bare[2] + gravity[2])))
        self._bare = left[-1000:]
        self._gravities = self._gravities[-1000:]
        self._forces.sort()
        self._rates.sort()

    def _begin(self, now: datetime) -> None:
        if self._began is None and self._forces:
            first_s = self._forces[0][0]
            # Seconds since 1970 say when it was; of any other clock only that it is about now is known.
            by_phone = datetime.fromtimestamp(first_s, UTC).astimezone(now.tzinfo) if first_s > 1e9 else None
            self._began = first_s, by_phone or now

    def _drain(self, *, is_over: bool) -> None:
        """Hand on, in the order of their time, all samples of which the other sensor has spoken."""
        if self._began is None:
            return
        began_s = self._began[0]
        newest_s = self._rates[-1][0] if self._rates else -1.0
        while self._forces:
            at_s, force = self._forces[0]
            waits = at_s > newest_s and self._forces[-1][0] - at_s < WAITS_S
            if waits and not is_over:
                break
            self._forces.pop(0)
            second = at_s - began_s
            if not (self._last_s < second <= LONGEST_S or self._samples == 0):
                continue
            self._hand_fixes(began_s, second)
            self._take_sample(second, force, _at(self._rates, at_s))
        if self._forces or self._motion:
            kept_s = (self._forces[0][0] if self._forces else began_s + self._last_s) - 1.0
            self._rates = [sample for sample in self._rates if sample[0] >= kept_s]
        if is_over:
            self._hand_fixes(began_s, LONGEST_S)
            self._note(self._judge.advance(self._last_s))
            self._write()

    def _take_sample(self, second: float, force: Axes, rate: Axes | None) -> None:
        if self._motion and (second - self._motion[0][0] >= LINE_S or second - self._motion[-1][0] > HOLE_S):
            self._write()
        self._motion.append((second, force, rate))
        self._samples += 1
        self._last_s = second
        if rate is not None:
            self._note(self._judge.take_motion(second, force, rate))

    def _hand_fixes(self, began_s: float, until_s: float) -> None:
        due = sorted((fix for fix in self._fixes if fix.at_s - began_s <= until_s), key=lambda fix: fix.at_s)
        self._fixes = [fix for fix in self._fixes if fix.at_s - began_s > until_s]
        for fix in due:
            at_s = fix.at_s - began_s
            if at_s >= 0:
                self._note(self._judge.take_fix(max(self._last_s, at_s), at_s, fix.speed_mps, fix.course_deg))
        kept = [fix for fix in due if fix.at_s >= began_s]
        self._positions += len(kept)
        if kept:
            self._lines.append(lines.positions(kept, began_s))

    def _note(self, told: list[Told]) -> None:
        self._told += told

    def _write(self) -> None:
        if self._motion:
            self._lines.append(lines.motion(self._motion))
            self._motion = []
        fresh = self._told[self._written :]
        if fresh:
            shares = [_share(told.direction) for told in fresh]
            self._lines.append(lines.live(fresh[0].second, shares))
            self._written = len(self._told)


def _share(direction: Direction) -> float:
    return {Direction.FORWARD: 1.0, Direction.BACKWARD: 0.0}.get(direction, _UNKNOWN_SHARE)


def _at(samples: list[tuple[float, Axes]], at_s: float) -> Axes | None:
    """Return a sensor's axes at a moment, by a straight line between two samples; None outside of them."""
    index = bisect.bisect_left(samples, (at_s, (-1e9, -1e9, -1e9)))
    if index < len(samples) and samples[index][0] == at_s:
        return samples[index][1]
    if index in (0, len(samples)):
        return None
    (left_s, left), (right_s, right) = samples[index - 1], samples[index]
    share = (at_s - left_s) / (right_s - left_s)
    x, y, z = (a + share * (b - a) for a, b in zip(left, right, strict=True))
    return x, y, z
