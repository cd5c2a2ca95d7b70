"""Find what is stored and does not match any more, and derive it anew: in the background, one recording after another.

That a number does not match is seen from what it was derived from, so no mark can be lost: whoever ends at any moment
leaves what is due, due. Each recording is kept before the next begins, so stopping loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError, StoreBusy, StoreFull
from backward_running.core.ports import ActivityQuery, DueSessions, Judging, LoadFilling, ProfileChange
from backward_running.flows.deriving import (
    Derived,
    basis_of,
    derivation_of,
    derive,
    given_of,
    keep_derived,
    recipe,
    settled,
)

#: So many are asked for at once; between two times it is seen what became due meanwhile.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Due:
    """How many activities are to be judged anew, of how many."""

    activities: int
    of: int  #: 0 where nothing is due: then they are not counted


@dataclass(frozen=True, slots=True)
class Anew:
    """One activity that was judged anew, or why that cannot be, and how many are still due."""

    activity_id: str
    problem: BackwardRunningError | None
    left: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A derived row that does not match: its numbers are of other inputs, or of another recipe."""

    activity_id: str
    why: str  #: "recipe", "profile" or "inputs"


def due(store: DueSessions) -> Due:
    """Count the activities whose stored numbers do not match what is known now; where all match, no others either."""
    count = store.count_stale(basis_of(store.athlete()))
    return Due(count, store.counts().activities if count else 0)


def due_of(store: ProfileChange, activity_ids: Sequence[str]) -> frozenset[str]:
    """Return those of some activities whose stored numbers do not match what is known now."""
    return store.stale_of(activity_ids, basis_of(store.athlete())) if activity_ids else frozenset()


def derive_anew(store: LoadFilling) -> Iterator[Anew]:
    """Derive all that does not match anew, until nothing is due but what cannot be done.

    What was judged by another recipe comes first, the oldest first, its directions too; where the runner labelled,
    their borders stay. Then the newest first: only what rests on the directions is made anew. Before all that, months
    are summed where those that are kept do not hold every activity, as after a step to newer tables.

    Yields
    ------
    Anew
        After each activity. One that is damaged is told and passed over; it stays due, and its numbers stay marked.

    Raises
    ------
    StoreBusy, StoreFull
        The store cannot be written now; what is due stays due.
    """
    store.sum_load_months()
    failed: dict[str, BackwardRunningError] = {}
    while some := _next(store, tuple(failed)):
        for activity_id in some:
            problem = _done(store, activity_id)
            if problem is not None:
                failed[activity_id] = problem
            yield Anew(activity_id, problem, due(store).activities)


def mismatches(store: Judging, *, most: int = 1_000_000) -> Iterator[Mismatch]:
    """Look at every activity, by value, whether what its numbers follow from is what is known now. Changes nothing.

    It does not trust the marks by which :func:`derive_anew` finds what is due: it reads the head of each recording and
    what was said of it.
    """
    athlete = store.athlete()
    basis = basis_of(athlete)
    for row in store.activities(ActivityQuery(limit=most)):
        kept = store.derivation(row.activity_id)
        if kept.basis != basis:
            yield Mismatch(row.activity_id, "profile" if kept.recipe == recipe() else "recipe")
            continue
        (head,) = store.recording_heads([row.activity_id]) or (None,)
        if head is not None and derivation_of(head, given_of(store, head)) != kept:
            yield Mismatch(row.activity_id, "inputs")


def _next(store: ProfileChange, failed: Sequence[str]) -> tuple[str, ...]:
    first = store.stale_recipe(recipe(), most=AT_ONCE, besides=failed)
    return first or store.stale(basis_of(store.athlete()), most=AT_ONCE, besides=failed)


def _done(store: Judging, activity_id: str) -> BackwardRunningError | None:
    """Derive one anew; return what hinders it."""
    try:
        settled(store, lambda: _deriving(store, activity_id))
    except (StoreBusy, StoreFull):
        raise
    except BackwardRunningError as problem:
        return problem
    return None


def _deriving(store: Judging, activity_id: str) -> Callable[[], None]:
    """Work out what does not match of one activity; return what keeps it."""
    kept, recording = store.derivation(activity_id), store.recording(activity_id)
    given = given_of(store, recording)
    now = derivation_of(recording, given)
    if kept.inputs == now.inputs:  # a price that was only doubted: another run changed, and what it says did not
        return lambda: store.put_derivation(activity_id, now)
    derived = _judged(store, activity_id) if kept.recipe != now.recipe else _priced(store, activity_id, given.said)

    def keep() -> None:
        keep_derived(store, derived)

    return keep


def _judged(store: Judging, activity_id: str) -> Derived:
    """Judge by the recipe of today; borders beside labels stay where they are, and what is forgotten stays so."""
    found = store.session(activity_id).found if store.paints(activity_id) else None
    return derive(store, activity_id, found=found, teaches=not store.is_forgotten(activity_id))


def _priced(store: Judging, activity_id: str, said: Direction | None) -> Derived:
    """Leave what was found; where the runner says something else of the whole now, it teaches something else."""
    session = store.session(activity_id)
    teaches = session.said is not said and not store.is_forgotten(activity_id)
    return derive(store, activity_id, found=session.found, teaches=teaches)
