"""How one person moves, learned from their own recordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

#: Of so many recordings, the newest, habits are made: people change, and shoes and watches do.
MOST_TRAITS = 60


@dataclass(frozen=True, slots=True)
class Trend:
    """Sums from which a straight line over speed can be had at any time; sums of two recordings simply add.

    Fields
    ------
    seconds_s
        Σ 1, one per second.
    x, y, xx, xy, yy
        Σ of the speed in m/s, of the logarithm of the quantity, and of their products.
    """

    seconds_s: float = 0.0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    xy: float = 0.0
    yy: float = 0.0

    def less(self, nat: float) -> Trend:
        """Return the trend of the same seconds with the logarithm of the quantity smaller by so much."""
        y, xy = self.y - nat * self.seconds_s, self.xy - nat * self.x
        return replace(self, y=y, xy=xy, yy=self.yy - nat * (self.y + y))

    def __add__(self, other: Trend) -> Trend:
        return Trend(  # written out, for sixty recordings are added up for each that is judged
            self.seconds_s + other.seconds_s,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.xy + other.xy,
            self.yy + other.yy,
        )


@dataclass(frozen=True, slots=True)
class Traits:
    """What one recording tells of its runner. Ratios are natural logarithms of backward over own forward."""

    activity_id: str
    started_at: datetime
    simulated: bool = False
    forward_run_cadence: Trend = Trend()
    forward_walk_cadence: Trend = Trend()
    forward_run_heart_rate: Trend = Trend()
    forward_run_contact_time: Trend = Trend()
    forward_run_vertical_oscillation: Trend = Trend()
    #: Seconds of which the runner, or the plan they followed, said which way they went.
    told_forward_s: float = 0.0
    told_backward_s: float = 0.0
    backward_cadence_nat: float | None = None
    backward_heart_rate_nat: float | None = None
    backward_contact_time_nat: float | None = None
    backward_vertical_oscillation_nat: float | None = None
    backward_speed_nat: float | None = None


@dataclass(frozen=True, slots=True)
class Heartbeats:
    """Sums over steady running in one direction; sums of two stretches simply add.

    Fields
    ------
    seconds_s
        Σ 1, one per second.
    heart_rate
        Σ of the heart rate in beats a minute.
    demand
        Σ of what forward running at the same speed and grade takes above rest, in ml/kg/min of oxygen.
    clock
        Σ of the time since the recording began, in s: over the seconds it says when that direction came. 0 where it was
        not kept.
    """

    seconds_s: float = 0.0
    heart_rate: float = 0.0
    demand: float = 0.0
    clock: float = 0.0

    def __add__(self, other: Heartbeats) -> Heartbeats:
        return Heartbeats(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the heart did in one recording, forward and backward."""

    activity_id: str
    started_at: datetime
    simulated: bool = False
    forward: Heartbeats = Heartbeats()
    backward: Heartbeats = Heartbeats()


L = TypeVar("L", Traits, Pulse)


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of one person: the traits of their recordings, oldest first, each recording once.

    Real and simulated recordings are of different people: neither teaches anything about the other.
    """

    traits: tuple[Traits, ...] = ()
    pulses: tuple[Pulse, ...] = ()  #: oldest first, each recording once

    def with_traits(self, traits: Traits) -> Habits:
        """Return the habits with the traits of one recording put in, or put anew; the oldest of its kind make room."""
        return replace(self, traits=_with(self.traits, traits))

    def with_pulse(self, pulse: Pulse) -> Habits:
        """Return the habits with the pulse of one recording put in, or put anew; the oldest of its kind make room."""
        return replace(self, pulses=_with(self.pulses, pulse))

    def without(self, activity_id: str) -> Habits:
        """Return the habits without one recording: it was deleted, or is being judged itself."""
        return Habits(
            tuple(trait for trait in self.traits if trait.activity_id != activity_id),
            tuple(pulse for pulse in self.pulses if pulse.activity_id != activity_id),
        )

    def of(self, *, simulated: bool) -> Habits:
        """Return the habits of the real person, or of the simulated one."""
        return Habits(
            tuple(trait for trait in self.traits if trait.simulated is simulated),
            tuple(pulse for pulse in self.pulses if pulse.simulated is simulated),
        )


def _with(kept: Sequence[L], new: L) -> tuple[L, ...]:
    """Put what one recording teaches in its place; of real and of simulated ones the newest stay, each for itself."""
    others: list[L] = [lesson for lesson in kept if lesson.activity_id != new.activity_id]
    others.append(new)
    ordered = sorted(others, key=lambda lesson: (lesson.started_at, lesson.activity_id))
    alike = [lesson for lesson in ordered if lesson.simulated is new.simulated]
    gone = {lesson.activity_id for lesson in alike[:-MOST_TRAITS]}
    return tuple(lesson for lesson in ordered if lesson.activity_id not in gone)
