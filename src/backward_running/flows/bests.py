"""The runner's own bests by direction: the longest stretch, and the fastest way over a length within one stretch.

A stretch is what lies between two changes of direction or gait. The fastest 400 m may lie anywhere within it, by the
distance that the device counted. Where it counted none, the mean of the whole stretch stands: never faster than what
was run.

Those of a run are kept with its session, and follow from it: what they were found by is part of the recipe.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from backward_running import signals
from backward_running.core.clock import day_at
from backward_running.core.direction import Direction
from backward_running.core.ports import BestRun, CoachingAndLoad
from backward_running.core.recording import FloatArray, Recording
from backward_running.core.session import BEST_LENGTHS_M, BEST_WAYS, BestEffort, Bout, BoutFacts
from backward_running.evidence import proposed_number
from backward_running.flows.painful_days import painful_days, painful_runs

#: Goes up when bests are looked for in another way: sessions of before are derived anew then.
RECIPE = "1"
JUMP = proposed_number(
    "best_is_a_jump_ratio",
    2.0,
    "1",
    "Within one stretch of one gait hardly anybody is twice as fast as its mean for 100 m; a receiver that jumps is.",
)


@dataclass(frozen=True, slots=True)
class Best:
    """One best, and when and in which run it was."""

    effort: BestEffort
    on: date
    activity_id: str
    title: str


def bests(store: CoachingAndLoad, *, simulated: bool, today: date) -> tuple[Best, ...]:
    """Return the bests over all runs on foot; of the simulator's, or of those of a person.

    What was run on a day with pain over its limit, a fall or a warning sign is none of them.
    """
    painful = painful_days(store, today)
    without = painful_runs(store.load_rows(), painful) if painful else ()
    found = {
        (run.effort.direction, run.effort.length_m): run for run in store.bests(simulated=simulated, without=without)
    }
    return tuple(dated(found[kind]) for kind in _KINDS if kind in found)


def dated(run: BestRun) -> Best:
    """Return a best with the day on which it was, where it was run."""
    return Best(run.effort, day_at(run.started_at, run.utc_offset_s), run.activity_id, run.title)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """The distance that a device counted, both of shape (n,)."""

    time_s: FloatArray
    distance_m: FloatArray

    def ways(self, bout: Bout) -> signals.Ways:
        """Return all ways within a bout."""
        first, last = np.searchsorted(self.time_s, (bout.start_s, bout.end_s))
        return signals.Ways.of(self.time_s[first:last], self.distance_m[first:last])


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


def bests_of(bouts: Sequence[BoutFacts], counted: Counted | None = None) -> tuple[BestEffort, ...]:
    """Return the bests within one run."""
    return best_of(
        _effort(facts, length_m, ways)
        for facts in bouts
        if facts.bout.direction in BEST_WAYS and facts.moving_s > 0
        for ways in [None if counted is None else counted.ways(facts.bout)]
        for length_m in (None, *BEST_LENGTHS_M)
        if length_m is None or (facts.distance_m or 0.0) >= length_m
    )


def best_of(some: Iterable[BestEffort]) -> tuple[BestEffort, ...]:
    """Return the best of each kind; of two alike the first one stands."""
    best: dict[tuple[Direction, float | None], BestEffort] = {}
    for effort in some:
        held = best.get((effort.direction, effort.length_m))
        if held is None or effort.worth > held.worth:
            best[effort.direction, effort.length_m] = effort
    return tuple(best[kind] for kind in _KINDS if kind in best)


_KINDS = tuple((direction, length_m) for direction in BEST_WAYS for length_m in (None, *BEST_LENGTHS_M))


def _effort(facts: BoutFacts, length_m: float | None, ways: signals.Ways | None) -> BestEffort:
    mean_mps = facts.distance_m / facts.moving_s if facts.distance_m is not None else None
    fastest = ways.fastest_over(length_m) if ways is not None and length_m is not None else None
    fastest_mps = length_m / fastest.duration_s if fastest is not None and length_m is not None else None
    if mean_mps is not None and fastest_mps is not None and fastest_mps > JUMP.value * mean_mps:
        fastest_mps = None
    return BestEffort(
        direction=facts.bout.direction,
        length_m=length_m,
        gait=facts.bout.gait,
        duration_s=facts.moving_s,
        distance_m=facts.distance_m,
        speed_mps=mean_mps if fastest_mps is None else max(fastest_mps, mean_mps or 0.0),
        ascent_m=facts.ascent_m,
    )
