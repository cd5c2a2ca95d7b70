"""Planned and done side by side: sessions, days, weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backward_running.core.adaptation import SaidDone
from backward_running.core.direction import Direction
from backward_running.core.plan import Week, Workout
from backward_running.core.ports import ActivityRow
from backward_running.flows.plan_views import Matched
from backward_running.flows.views import CalendarDay


@dataclass(frozen=True, slots=True)
class Session:
    """A planned session and what was done of it."""

    workout: Workout
    matched: Matched | None
    row: ActivityRow | None  #: the recording it was matched to, where it lies in the same week or month

    @property
    def state(self) -> str:
        """The style of its frame: done, partly done, or planned."""
        if self.matched is None:
            return "planned"
        return "done" if self.matched.complete else "partly"


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its sessions, and recordings that belong to none of them."""

    on: date
    sessions: tuple[Session, ...]
    others: tuple[ActivityRow, ...]
    by_hand: tuple[SaidDone, ...] = ()  #: runs written down, without a recording


@dataclass(frozen=True, slots=True)
class WeekSum:
    """One week of the whole plan, in one line."""

    week: Week
    sessions: tuple[Session, ...]
    planned_backward_s: float
    done_backward_s: float

    @property
    def recorded(self) -> bool:
        """Whether any of its sessions has a recording."""
        return any(session.matched is not None for session in self.sessions)


def week_sum(week: Week, found: Mapping[str, Matched]) -> WeekSum:
    """Sum one week: planned, and done as far as it was matched."""
    sessions = tuple(Session(workout, found.get(workout.workout_id), None) for workout in week.workouts)
    return WeekSum(
        week,
        sessions,
        sum(workout.duration_s(Direction.BACKWARD) for workout in week.workouts),
        sum(session.matched.backward_s for session in sessions if session.matched is not None),
    )


def days_of(days: Sequence[CalendarDay]) -> tuple[Day, ...]:
    """Lay planned and done of some days side by side; a recording stands with its session, even of another day."""
    rows = {row.activity_id: row for day in days for row in day.done}
    taken = {match.activity_id for day in days for match in day.matched}
    return tuple(
        Day(
            day.on,
            tuple(_sessions(day, rows)),
            tuple(row for row in day.done if row.activity_id not in taken),
            day.by_hand,
        )
        for day in days
    )


def _sessions(day: CalendarDay, rows: Mapping[str, ActivityRow]) -> Iterable[Session]:
    found = {match.workout_id: match for match in day.matched}
    for workout in day.planned:
        matched = found.get(workout.workout_id)
        yield Session(workout, matched, rows.get(matched.activity_id) if matched else None)
