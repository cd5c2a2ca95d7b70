"""What a runner would notice of a change to the plan: in which ways each session differs, grouped by why."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Change, Reason, Workout

#: Backward time that differs by less is the same to anybody.
SAME_S = 0.5
SAME_MPS = 0.005


class Way(enum.Enum):
    """A way in which a session differs, in the order in which it is told."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    SHORTER = "shorter"
    LONGER = "longer"
    WALKED = "walked instead of run"
    RUN = "run instead of walked"
    SLOWER = "slower"
    FASTER = "faster"
    BOUTS = "with other bouts"
    PLACE = "in another place"
    GRADE = "on another grade"
    COMPANY = "with other company"
    TITLE = "with another name"


#: What a runner asks first of a session: is it there, on which day, how long, and is it run.
WEIGHTY = frozenset({Way.NEW, Way.GONE, Way.MOVED, Way.SHORTER, Way.LONGER, Way.WALKED, Way.RUN})


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that have the same reasons."""

    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]


def ways_of(change: Change) -> tuple[Way, ...]:
    """Return in which ways a session differs; its name only where that is all. None where nobody would notice it."""
    before, after = change.before, change.after
    if before is None or after is None:
        return (Way.NEW if before is None else Way.GONE,)
    if before.as_noticed() == after.as_noticed():
        return ()
    return tuple(_ways(before, after)) or (Way.TITLE,)


def _ways(before: Workout, after: Workout) -> Iterator[Way]:
    if before.on != after.on:
        yield Way.MOVED
    early, late = _backward(before), _backward(after)
    if abs(late.seconds - early.seconds) > SAME_S:
        yield Way.LONGER if late.seconds > early.seconds else Way.SHORTER
    elif early.bouts != late.bouts:
        yield Way.BOUTS
    if early.is_run != late.is_run:
        yield Way.RUN if late.is_run else Way.WALKED
    elif early.cap_mps is not None and late.cap_mps is not None and abs(late.cap_mps - early.cap_mps) > SAME_MPS:
        yield Way.FASTER if late.cap_mps > early.cap_mps else Way.SLOWER
    if before.place is not after.place:
        yield Way.PLACE
    if (before.grade_low_ratio, before.grade_high_ratio) != (after.grade_low_ratio, after.grade_high_ratio):
        yield Way.GRADE
    if before.with_whom != after.with_whom:
        yield Way.COMPANY


@dataclass(frozen=True, slots=True)
class _Backward:
    seconds: float
    bouts: tuple[tuple[float | None, float | None], ...]  #: duration, distance
    is_run: bool
    cap_mps: float | None


def _backward(workout: Workout) -> _Backward:
    steps = [step for step in workout.steps() if step.direction is Direction.BACKWARD]
    caps = [step.speed_high_mps for step in steps if step.speed_high_mps is not None]
    return _Backward(
        seconds=workout.duration_s(Direction.BACKWARD),
        bouts=tuple((step.duration_s, step.distance_m) for step in steps),
        is_run=any(step.gait is Gait.RUN for step in steps),
        cap_mps=max(caps, default=None),
    )


def counted(changes: Sequence[Change]) -> dict[Way, int]:
    """Return how many sessions differ in which way, what most do first.

    How fast, where and with whom counts only for a session that is as long as it was, on its day and in its gait.
    """
    counts = Counter(way for change in changes for way in _weightiest(change))
    order = list(Way)
    return dict(sorted(counts.items(), key=lambda counted: (-counted[1], order.index(counted[0]))))


def _weightiest(change: Change) -> tuple[Way, ...]:
    ways = ways_of(change)
    return tuple(way for way in ways if way in WEIGHTY) or ways[:1]


def noticed(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes a runner would notice: an earlier version kept those of a stage, too."""
    return tuple(change for change in changes if ways_of(change))


@dataclass(frozen=True, slots=True)
class Shift:
    """Many sessions that changed for one cause: what was planned for a week comes some weeks later."""

    weeks: int
    sessions: int
    first_on: date
    ended_on: date  #: the last session as it was planned before
    ends_on: date


#: From so many sessions on, and from such a share of them, one sentence says more than a count of each.
MANY, MOST_SHARE = 4, 0.8


def shift_of(changes: Sequence[Change]) -> Shift | None:
    """Return by how many weeks a plan moved as a whole; None where it did not, or where few sessions changed.

    Parameters
    ----------
    changes : sequence of Change
        Those of one revision, those that nobody would notice too.

    Returns
    -------
    Shift or None
        A stage is a week of the programme: where nearly all sessions have the stage of so many weeks before, all of it
        comes so many weeks later.
    """
    both = [(change.before, change.after) for change in changes if change.before and change.after]
    steps = Counter(before.stage - after.stage for before, after in both if before.stage and after.stage)
    weeks, count = steps.most_common(1)[0] if steps else (0, 0)
    if weeks < 1 or count < max(MANY, MOST_SHARE * len(both)):
        return None
    before = [change.before.on for change in changes if change.before is not None]
    after = [change.after.on for change in changes if change.after is not None]
    return Shift(weeks, len(noticed(changes)), min(*before, *after), max(before), max(after))


def grouped(changes: Sequence[Change]) -> tuple[Group, ...]:
    """Group the changes a runner would notice by their reasons, in the order of their days."""
    groups: dict[tuple[Reason, ...], list[Change]] = {}
    for change in noticed(changes):
        groups.setdefault(change.reasons, []).append(change)
    return tuple(Group(reasons, tuple(found)) for reasons, found in groups.items())
