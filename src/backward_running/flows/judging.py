"""Judge older recordings anew with what was learned since, and show what was learned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backward_running import gait
from backward_running.core.direction import Direction
from backward_running.core.ports import ActivityQuery, ActivityRow, HabitsMemory, Judging, LabelledRuns
from backward_running.core.session import Session
from backward_running.flows.deriving import derive, keep_derived, settled


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of the runner."""

    known: gait.HabitSummary
    simulated: bool  #: of the demo runner: nobody real is here


@dataclass(frozen=True, slots=True)
class Judged:
    """One recording judged anew, and how far the work is."""

    number: int  #: 1 is the first
    of: int
    row: ActivityRow
    changed: bool
    asked_s: float  #: seconds about which the runner is asked now
    asked_before_s: float


def what_was_learned(store: HabitsMemory) -> Learned:
    """Return what was learned of the real runner; of the demo runner where nobody real has run yet."""
    habits = store.habits()
    real = habits.of(simulated=False)
    simulated = not real.traits and bool(habits.traits)
    return Learned(gait.habit_summary(habits.of(simulated=True) if simulated else real), simulated)


def count_unlabelled(store: LabelledRuns) -> int:
    """Count the recordings that :func:`judge_again` would judge."""
    return sum(1 for _ in _unlabelled(store))


def judge_again(store: Judging) -> Iterator[Judged]:
    """Judge every recording on foot without a label anew, the oldest first, each by the habits of the others.

    What the runner labelled is left as it is: its borders must not move under their hand. Each step is kept before the
    next begins, so that stopping half way loses nothing.

    Yields
    ------
    Judged
        After each recording.
    """
    rows = list(_unlabelled(store))
    for number, row in enumerate(rows, start=1):
        yield _judged(store, row, number, len(rows))


def forget_all(store: HabitsMemory) -> int:
    """Forget what was learned from all recordings. Return how many had taught something."""
    return store.forget_habits()


def _unlabelled(store: LabelledRuns) -> Iterator[ActivityRow]:
    rows = store.activities(ActivityQuery(limit=1_000_000))
    return (row for row in reversed(rows) if row.on_foot and not store.paints(row.activity_id))


def _judged(store: Judging, row: ActivityRow, number: int, of: int) -> Judged:
    def attempt() -> Callable[[], Judged]:
        before, after = store.session(row.activity_id), derive(store, row.activity_id, found=None)
        changed = after.session.found != before.found
        asked_s, asked_before_s = _asked_s(after.session), _asked_s(before)

        def keep() -> Judged:
            keep_derived(store, after)
            return Judged(number, of, after.row, changed, asked_s, asked_before_s)

        return keep

    return settled(store, attempt)


def _asked_s(session: Session) -> float:
    return sum(
        bout.duration_s for bout in session.found if bout.hint is not None and bout.hint.direction is Direction.BACKWARD
    )
