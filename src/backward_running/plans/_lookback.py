"""What a session looks back on: the sessions that stand, what was recorded, what was planned before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from backward_running.core.direction import Direction
from backward_running.core.plan import Reason, Workout
from backward_running.plans import dose
from backward_running.plans.base import Answers
from backward_running.plans.placing import WEEK_DAYS

HELD = Reason("not more than you did before; the plan grows again from here.", dose.SETBACK.key)


@dataclass(slots=True)
class Lookback:
    """Grows by one session after the other, in the order of their days."""

    answers: Answers
    recorded: tuple[tuple[date, float], ...] = ()
    sessions: dict[date, int | None] = field(default_factory=dict)  #: day → stage; None where only a recording knows
    planned: list[tuple[date, float]] = field(default_factory=list)  #: backward seconds
    bouts: list[tuple[date, float]] = field(default_factory=list)  #: longest bout, seconds
    made: list[tuple[date, float]] = field(default_factory=list)  #: backward seconds of new sessions

    @classmethod
    def of(cls, answers: Answers) -> Lookback:
        """Begin with what was recorded and with the sessions that stand.

        A session that stands and is over prepares for more only where it was recorded: what nobody recorded is not
        known to be done.
        """
        past = cls(answers, answers.backward_history, bouts=list(answers.bout_history))
        counted = {day for day, seconds in past.recorded if seconds >= dose.COUNTS_FROM_S.value}
        past.sessions.update(dict.fromkeys(sorted(counted)))
        for one in sorted(answers.kept, key=lambda one: one.on):
            past.sessions[one.on] = one.stage
            past.bouts.append((one.on, longest_bout_s(one)))
            if one.on >= (answers.not_before or answers.starts_on):
                past.planned.append((one.on, one.duration_s(Direction.BACKWARD)))
        return past

    def add(self, one: Workout) -> None:
        """Take a new session in."""
        backward_s = one.duration_s(Direction.BACKWARD)
        self.sessions[one.on] = one.stage
        self.planned.append((one.on, backward_s))
        self.made.append((one.on, backward_s))
        self.bouts.append((one.on, longest_bout_s(one)))

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
        return tuple(((day - starts_on).days, self.rest_days(day, self.sessions[day], stage)) for day in near)

    def growth_limit_s(self, on: date) -> float:
        """Return how many backward seconds the 110 % rule allows; it looks back no further than to a setback."""
        if self.answers.hold_backward_s is not None and self.goes_on:
            return max(dose.FIRST_SESSION_S.value, dose.backward_limit_s(on, (), self.made))
        begun = self.answers.first_week > 1 or bool(self.answers.kept)
        least_s = dose.FIRST_SESSION_S.value
        return max(least_s, dose.backward_limit_s(on, self.recorded, self.planned, begun=begun))

    def week_backward_s(self, starts_on: date, kept: Iterable[Workout]) -> float:
        """Return the backward seconds that a week already has."""
        recorded = {day: 0.0 for day, _ in self.recorded}
        for day, seconds in self.recorded:
            recorded[day] += seconds
        days = {starts_on + timedelta(days=number) for number in range(WEEK_DAYS)}
        stood = sum(max(one.duration_s(Direction.BACKWARD), recorded.pop(one.on, 0.0)) for one in kept)
        return stood + sum(seconds for day, seconds in recorded.items() if day in days)


def longest_bout_s(one: Workout) -> float:
    """Return how long the longest backward step of a session takes, 0 where it has none."""
    return max((step.planned_s or 0.0 for step in one.steps() if step.direction is Direction.BACKWARD), default=0.0)
