"""The runner's own bests by direction: the longest stretch, and the fastest way over a length within one stretch.

A stretch is what lies between two changes of direction or gait. The fastest 400 m may lie anywhere within it, by the
distance that the device counted. Where it counted none, the mean of the whole stretch stands: never faster than what
was run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import numpy as np

from backward_running import signals
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import NotFound, StoreError
from backward_running.core.glance import once
from backward_running.core.ports import Activities, ActivityQuery, ActivityRow, OpenedRuns
from backward_running.core.recording import FloatArray, Recording
from backward_running.core.session import Bout, BoutFacts
from backward_running.evidence import proposed_number
from backward_running.flows import days

#: What bests are kept for: a straight, a lap, and the unit of a pace.
LENGTHS_M = (100.0, 400.0, 1000.0)
JUMP = proposed_number(
    "best_is_a_jump_ratio",
    2.0,
    "1",
    "Within one stretch of one gait hardly anybody is twice as fast as its mean for 100 m; a receiver that jumps is.",
)
DIRECTIONS = (Direction.BACKWARD, Direction.FORWARD)
#: Sessions that are opened for one page at most: the others are looked at beside it, and the page says that they wait.
OPENED_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Best:
    """One best, and when and how it was run."""

    direction: Direction
    length_m: float | None  #: None: the longest stretch by time
    gait: Gait | None
    duration_s: float
    distance_m: float | None
    speed_mps: float | None
    on: date
    activity_id: str
    title: str
    ascent_m: float | None


@dataclass(frozen=True, slots=True)
class Bests:
    """All of them, and how many runs were not looked at yet."""

    found: tuple[Best, ...]
    waiting: int


class BestsBook:
    """Remembers the bests of each run while the program runs, so that a session is opened once."""

    def __init__(self) -> None:
        self._runs: dict[str, tuple[tuple[float, ...], tuple[Best, ...]]] = {}
        self._opened = 0  #: how often one was opened
        self._told: tuple[object, int, Bests] = (None, 0, Bests((), 0))

    def bests(self, store: OpenedRuns, *, simulated: bool) -> Bests:
        """Return the bests over all runs on foot.

        Parameters
        ----------
        store : OpenedRuns
            Rows are read each time; a session is opened where its sums are new.
        simulated : bool
            Whether the runs of the simulator count, or those of a person.
        """
        rows = _with_direction(store, simulated)
        told, opened, found = self._told
        if told is rows and opened == self._opened:  # the same rows as the last time, and no more looked at
            return found
        unseen = self._unseen(rows)
        for row in unseen[:OPENED_AT_ONCE]:
            self._open(store, row)
        opened, runs = self._opened, self._runs
        here = (best for row in rows if (seen := runs.get(row.activity_id)) is not None for best in seen[1])
        found = Bests(best_of(here), len(unseen[OPENED_AT_ONCE:]))
        if not found.waiting:
            self._told = rows, opened, found
        return found

    def look(self, store: OpenedRuns) -> Iterator[str]:
        """Open the real runs that were not looked at yet, backward first, each newest first; yield the id of each."""
        for row in self._unseen(_with_direction(store, False)):
            self._open(store, row)
            yield row.activity_id

    def _unseen(self, rows: Sequence[ActivityRow]) -> list[ActivityRow]:
        runs = self._runs
        unseen = [row for row in rows if (seen := runs.get(row.activity_id)) is None or seen[0] != _sums(row)]
        return sorted(unseen, key=lambda row: row.backward_s <= 0)  # stable: newest first, as they came

    def _open(self, store: OpenedRuns, row: ActivityRow) -> None:
        """Open one; where it is gone or damaged it has no bests."""
        found: tuple[Best, ...] = ()
        with suppress(NotFound, StoreError):
            found = bests_of(row, store.session(row.activity_id).bouts, counted_of(store.recording(row.activity_id)))
        self._runs[row.activity_id] = (_sums(row), found)
        self._opened += 1


@once
def _with_direction(store: Activities, simulated: bool) -> tuple[ActivityRow, ...]:
    query = ActivityQuery(simulated=simulated, on_foot=True, limit=days.ALL)
    return tuple(row for row in store.activities(query) if row.backward_s > 0 or row.forward_s > 0)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The distance that a device counted, both of shape (n,)."""

    time_s: FloatArray
    distance_m: FloatArray

    def fastest_mps(self, bout: Bout, length_m: float) -> float | None:
        """Return the mean speed over the fastest way of a length within a bout."""
        inside = (self.time_s >= bout.start_s) & (self.time_s < bout.end_s)
        found = signals.fastest_over(self.time_s[inside], self.distance_m[inside], length_m)
        return None if found is None else length_m / found.duration_s


def counted_of(recording: Recording) -> Counted | None:
    """Return what the device of a recording counted; None where it counted nothing."""
    main = recording.main
    if main is None or not main.has("distance_m"):
        return None
    known = np.isfinite(main.columns["distance_m"])
    return (
        Counted(main.time_s, signals.filled_distance_m(main.time_s, main.columns["distance_m"]))
        if known.any()
        else None
    )


def bests_of(row: ActivityRow, bouts: Sequence[BoutFacts], counted: Counted | None = None) -> tuple[Best, ...]:
    """Return the bests within one run."""
    return best_of(
        [
            _best(row, facts, length_m, counted)
            for facts in bouts
            if facts.bout.direction in DIRECTIONS and facts.moving_s > 0
            for length_m in (None, *LENGTHS_M)
            if length_m is None or (facts.distance_m or 0.0) >= length_m
        ]
    )


def best_of(some: Iterable[Best]) -> tuple[Best, ...]:
    """Return the best of each kind; of two alike the earlier one stands."""
    best: dict[tuple[Direction, float | None], Best] = {}
    for run in some:
        kind = (run.direction, run.length_m)
        held = best.get(kind)
        if held is None or (_worth(run), held.on) > (_worth(held), run.on):
            best[kind] = run
    kinds = ((direction, length_m) for direction in DIRECTIONS for length_m in (None, *LENGTHS_M))
    return tuple(best[kind] for kind in kinds if kind in best)


def _worth(best: Best) -> float:
    return best.duration_s if best.length_m is None else best.speed_mps or 0.0


def _best(row: ActivityRow, facts: BoutFacts, length_m: float | None, counted: Counted | None) -> Best:
    mean_mps = facts.distance_m / facts.moving_s if facts.distance_m is not None else None
    fastest_mps = counted.fastest_mps(facts.bout, length_m) if counted is not None and length_m is not None else None
    if mean_mps is not None and fastest_mps is not None and fastest_mps > JUMP.value * mean_mps:
        fastest_mps = None
    return Best(
        direction=facts.bout.direction,
        length_m=length_m,
        gait=facts.bout.gait,
        duration_s=facts.moving_s,
        distance_m=facts.distance_m,
        speed_mps=mean_mps if fastest_mps is None else max(fastest_mps, mean_mps or 0.0),
        on=days.local_day(row),
        activity_id=row.activity_id,
        title=row.title,
        ascent_m=facts.ascent_m,
    )


def _sums(row: ActivityRow) -> tuple[float, ...]:
    """What changes whenever somebody labels a stretch of the run or it is judged anew."""
    return (row.forward_s, row.backward_s, row.unknown_s, row.forward_m or 0.0, row.backward_m or 0.0)
