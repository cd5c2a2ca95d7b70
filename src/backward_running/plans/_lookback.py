"""What a session looks back on: the sessions that stand, what was recorded, what was planned before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from backward_running.core.direction import Direction
from backward_running.core.plan import Reason, Workout
from backward_running.plans import dose
from backward_running.plans._week_table import WEEK_DAYS
from backward_running.plans.base import PlanFacts, Restart, Span

HELD = Reason("not more than you did before; the plan grows again from here.", dose.SETBACK.key)
NOT_MORE = Reason("a change never makes a session longer than the plan had it.", dose.SETBACK.key)


@dataclass(slots=True)
class Lookback:
    """Grows by one session after the other, in the order of their days."""

    facts: PlanFacts
    restart: Restart
    recorded: tuple[tuple[date, float], ...] = ()
    sessions: dict[date, int | None] = field(default_factory=dict)  #: day → stage; None where only a recording knows
    bouts: list[tuple[date, float]] = field(default_factory=list)  #: longest bout, seconds
    made: list[tuple[date, float]] = field(default_factory=list)  #: backward seconds of new sessions
    sprints_count: int | None = None  #: in the last session that has any; None: none has

    @classmethod
    def of(cls, facts: PlanFacts, restart: Restart) -> Lookback:
        """Begin with what was recorded and with the sessions that stand.

        A session that stands and is over prepares for more only where it was recorded: what nobody recorded is not
        known to be done.
        """
        past = cls(facts, restart, facts.backward_history, bouts=list(facts.bout_history))
        counted = {day for day, seconds in past.recorded if seconds >= dose.COUNTS_FROM_S.value}
        counted |= {day for day, seconds in facts.limits.recorded if seconds >= dose.COUNTS_FROM_S.value}
        past.sessions.update(dict.fromkeys(sorted(counted)))
        past.sessions.update(restart.stood)
        for workout in sorted(restart.kept, key=lambda workout: workout.on):
            past.sessions[workout.on] = workout.stage
            past._count_sprints(workout)
        return past

    def add(self, workout: Workout) -> None:
        """Take a new session in."""
        self.sessions[workout.on] = workout.stage
        self.made.append((workout.on, workout.duration_s(Direction.BACKWARD)))
        self.bouts.append((workout.on, longest_bout_s(workout)))
        self._count_sprints(workout)

    def _count_sprints(self, workout: Workout) -> None:
        self.sprints_count = sum(step.is_sprint for step in workout.steps()) or self.sprints_count

    @property
    def goes_on(self) -> bool:
        """Whether a new session goes backward already: from it on a held plan grows again."""
        return any(seconds > 0 for _, seconds in self.made)

    def rest_days(self, early: date, early_stage: int | None, stage: int) -> int:
        """Return how many days lie at least between a session and the next one, which is of that stage."""
        early_weeks = dose.WEEKS_WITH_REST_COUNT.value
        first = min((day for day in self.sessions), default=early)
        young = (early - first).days < early_weeks * WEEK_DAYS
        needs = young or stage <= early_weeks or (early_stage is not None and early_stage <= early_weeks)
        return int(dose.REST_DAYS_COUNT.value) if needs else 1

    def stands(self, starts_on: date, stage: int) -> tuple[tuple[int, int], ...]:
        """Return the sessions that a week of that stage must keep clear of: day of the week, rest after it."""
        near = [day for day in sorted(self.sessions) if -WEEK_DAYS <= (day - starts_on).days < WEEK_DAYS]
        over, rest = set(self.facts.limits.over), int(dose.REST_DAYS_COUNT.value)
        times = Counter(day for day, seconds in self._as_recorded if seconds >= dose.COUNTS_FROM_S.value)
        return tuple(
            (
                (day - starts_on).days,
                max(self.rest_days(day, self.sessions[day], stage), rest if day in over else 1),
            )
            for day in near
            for _ in range(max(1, times[day]))  # two recordings of a day are two sessions
        )

    def growth_limit_s(self, on: date) -> float:
        """Return how many backward seconds the 110 % rule allows; it looks back no further than to a setback."""
        if self.restart.hold_backward_s is not None and self.goes_on:
            return dose.backward_limit_s(on, self.made)
        return dose.backward_limit_s(on, (*self.recorded, *self.made))

    def span_limit_s(self, span: Span, on: date) -> float | None:
        """Return what seven days after a setback leave for a session on that day; None where it lies outside them.

        What was recorded in them counts, and so does every session planned before this one; the days stay within what
        the plan held for them before, on whatever day they come to begin.
        """
        first = span.first_on or min((day for day, seconds in self.made if seconds > 0), default=on)
        if not first <= on < first + timedelta(days=WEEK_DAYS):
            return None
        days = {first + timedelta(days=number) for number in range(WEEK_DAYS)}
        held = self.facts.limits.planned if span.held is None else span.held
        held_s = sum(seconds for day, seconds in held if day in days)
        most_s = min(span.backward_s, held_s) if held_s else span.backward_s
        spent = (*self.facts.limits.recorded, *self.made)
        return most_s - sum(seconds for day, seconds in spent if day in days)

    def rolling_s(self, on: date) -> float:
        """Return the backward seconds of the six days before and of the day itself, done and planned."""
        first = on - timedelta(days=WEEK_DAYS - 1)
        return sum(seconds for day, seconds in (*self._as_recorded, *self.made) if first <= day <= on)

    def week_backward_s(self, starts_on: date, kept: Iterable[Workout]) -> float:
        """Return the backward seconds that a week already has. A missed session counts too: its minutes go nowhere."""
        recorded = {day: 0.0 for day, _ in self._as_recorded}
        for day, seconds in self._as_recorded:
            recorded[day] += seconds
        days = {starts_on + timedelta(days=number) for number in range(WEEK_DAYS)}
        stood = sum(max(workout.duration_s(Direction.BACKWARD), recorded.pop(workout.on, 0.0)) for workout in kept)
        return stood + sum(seconds for day, seconds in recorded.items() if day in days)

    @property
    def _as_recorded(self) -> tuple[tuple[date, float], ...]:
        """What was recorded in full, where that is known beside what the 110 % rule counts."""
        return self.facts.limits.recorded or self.recorded


def longest_bout_s(workout: Workout) -> float:
    """Return how long the longest backward step of a session takes, 0 where it has none."""
    return max(
        (step.planned_s or 0.0 for step in workout.each_step() if step.direction is Direction.BACKWARD), default=0.0
    )
