"""The 110 % rule: a session against the longest of the 30 days before, in its own direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.constants import SECONDS_PER_DAY
from backward_running.core.direction import Direction
from backward_running.core.load import LoadRow
from backward_running.core.recording import FloatArray
from backward_running.effort import spike_frandsen_2025 as rule
from backward_running.flows.load_views import Spike

LEAST_S = 1.0  #: less of a direction is none of it


@dataclass(frozen=True, slots=True, eq=False)
class Sessions:
    """The sessions that held one direction, each of shape (n,), oldest first."""

    activity_ids: tuple[str, ...]
    started_s: FloatArray
    moving_s: FloatArray
    distance_m: FloatArray  #: NaN where it is not known

    def before(self, at: datetime, *, itself: bool = False) -> BoolArray:
        """Say which began in the 30 days before a moment."""
        at_s = at.timestamp()
        later = self.started_s <= at_s if itself else self.started_s < at_s
        return np.asarray(later & (self.started_s >= at_s - rule.LOOK_BACK.value * SECONDS_PER_DAY), dtype=bool)

    def longest(self, inside: BoolArray, lengths: FloatArray) -> tuple[float, str] | None:
        """Return the longest of some, and which it was; None where there is none."""
        if not inside.any():
            return None
        at = int(np.argmax(np.where(inside, lengths, -np.inf)))
        return float(lengths[at]), self.activity_ids[at]


def sessions_of(rows: Sequence[LoadRow], direction: Direction) -> Sessions:
    """Gather the sessions that held one direction."""
    moving_s = np.array([row.moving_s(direction) for row in rows])
    own = [row for row, seconds in zip(rows, moving_s, strict=True) if seconds >= LEAST_S]
    distance_m = np.array([row.distance_m(direction) for row in own], dtype=np.float64)  # None becomes NaN
    return Sessions(
        tuple(row.activity_id for row in own),
        np.array([row.started_at.timestamp() for row in own]),
        moving_s[moving_s >= LEAST_S],
        np.where(distance_m > 0, distance_m, np.nan),
    )


def next_spike(sessions: Sessions, direction: Direction, now: datetime) -> Spike:
    """Say how long the next session of one direction may be before it is over 110 % of the longest."""
    return _spike(sessions, direction, sessions.before(now, itself=True), None)


def spikes_of(rows: Sequence[LoadRow], own: LoadRow, direction: Direction) -> Spike | None:
    """Hold one session against the longest of the 30 days before it; None where it held none of that direction."""
    if own.moving_s(direction) < LEAST_S:
        return None
    sessions = sessions_of([row for row in rows if row.activity_id != own.activity_id], direction)
    return _spike(sessions, direction, sessions.before(own.started_at), own)


def _spike(sessions: Sessions, direction: Direction, inside: BoolArray, own: LoadRow | None) -> Spike:
    """Compare distances where all of them are known, as the study did; else times."""
    own_m = None if own is None else own.distance_m(direction)
    by_distance = bool(np.isfinite(sessions.distance_m[inside]).all()) and (own is None or bool(own_m))
    lengths = sessions.distance_m if by_distance else sessions.moving_s
    own_length = None if own is None else own_m if by_distance else own.moving_s(direction)
    unit, found = "m" if by_distance else "s", sessions.longest(inside, lengths)
    if found is None:
        return Spike(direction, unit, own_length, None, None, None)
    longest, longest_id = found
    hazard = None if own_length is None else rule.injury_hazard_ratio(own_length, longest)
    return Spike(direction, unit, own_length, longest, rule.longest_may_be(longest), hazard, longest_id)
