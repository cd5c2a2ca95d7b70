"""The weeks still to come: whether they stand, and how they are made anew from the running week on.

A plan that does not stand is made anew so that nothing is longer, faster or at a higher stage than it was: only where
the runner is asked first (``raises``) may it be more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from backward_running.core.adaptation import Setback
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Week, Workout
from backward_running.plans import _withdrawn, gaps
from backward_running.plans._done import week_start
from backward_running.plans._lookback import longest_bout_s
from backward_running.plans._stages import CLEAN_SESSIONS, REPEAT, is_smaller, skips_in
from backward_running.plans._wishes import Away, first_sessions
from backward_running.plans.allowance import Allowance
from backward_running.plans.base import Answers, Limits, Protocol
from backward_running.plans.checking import broken_rules
from backward_running.plans.checking_history import History, broken_by_history

#: A plan whose stages come again and again ends at some point.
MOST_WEEKS = 156
#: So many weeks are made before it is asked whether something interrupts them: one, and the one after it.
FIRST_WEEKS = 2
PAUSED = "Nothing is planned in this week"


@lru_cache(maxsize=64)
def stage_sizes(weeks: Callable[[Answers], tuple[Week, ...]], first: Answers) -> Mapping[int, float]:
    """Return the stages of a programme with the backward seconds of their shortest session.

    Remembered: every page asks it of the same answers.
    """
    sizes: dict[int, float] = {}
    for week in weeks(first):
        for workout in week.workouts:
            backward_s = workout.duration_s(Direction.BACKWARD)
            sizes[workout.stage] = min(sizes.get(workout.stage, backward_s), backward_s)
    return sizes


@dataclass(frozen=True, slots=True)
class Course:
    """A plan, what it must answer to now, and where its runner stands."""

    plan: Plan
    protocol: Protocol
    first: Answers  #: from which the plan was first made
    answers: Answers  #: for the running week
    allowed: Allowance
    away: Away
    not_before: date | None  #: the first day of the next session; None while nothing can be planned
    skipped: frozenset[str]  #: ids
    setbacks: tuple[Setback, ...] = ()  #: in force
    limits_changed: bool = False  #: a ceiling or a gate that left walking open is another one than it was
    history: History | None = None  #: what the checker holds the weeks to
    withdrawn: frozenset[str] = frozenset()  #: facts that lowered the plan and no longer stand
    before: Plan | None = None  #: the plan as it stood before the first of them
    adds_none: bool = False  #: an experiment takes days: no more sessions are to come than the plan holds
    raises: bool = False  #: the runner is asked first: sessions may be longer than the plan has them now

    # Does it stand?

    def still_stands(self) -> bool:
        """Whether nothing needs to change: the right stages, on possible days, within every rule."""
        coming = self._coming()
        if not coming or self.not_before is None:
            return False
        return self._are_possible(coming) and self._stages_are_right() and not self.broken(self._coming_weeks())

    def broken(self, weeks: Sequence[Week]) -> tuple[str, ...]:
        """Return what the weeks from the running one on break, one sentence each."""
        history = None if self.history is None else replace(self.history, before=self.before if self.raises else None)
        between = broken_by_history(weeks, history, asked=self.raises) if history is not None else ()
        return (*broken_rules(weeks, self.answers, self.setbacks), *between)

    def could_go_on(self) -> bool:
        """Whether the running week waits for sessions that were recorded after it was lowered for them."""
        last = (reason for change in self.plan.changes for reason in change.reasons)
        still = any(reason.evidence_key == REPEAT.key for reason in self.allowed.reasons)
        if still or not any(reason.evidence_key == REPEAT.key for reason in last):
            return False
        waits = bool(self.setbacks) or self.allowed.repeats or self.not_before is None
        return not waits and any(
            max(stages) < min(self.allowed.stage + number - self.allowed.week, self._last_stage())
            for number, stages in self._stages_to_come()
            if stages and number <= self.allowed.week + bool(self.answers.restart.kept)
        )

    def _stages_to_come(self) -> Iterator[tuple[int, list[int]]]:
        """Yield the weeks to come and the stages of their sessions; those that stand are left out."""
        for week in self._coming_weeks():
            yield week.number, [workout.stage for workout in week.workouts if workout not in self.answers.restart.kept]

    def fits(self) -> bool:
        """Whether the programme would be begun today. Where it no longer would, nothing is gained by asking anew."""
        return self.protocol.misfit(self.answers) is None

    def asking(self) -> Course:
        """Return the course of a change that the runner is asked about first: it may be more than the plan held."""
        limits = replace(self.answers.facts.limits, of_session=(), of_week=(), stage_of_week=())
        if self.before is not None:
            limits = _withdrawn.no_more_than(self.before, self.answers.facts.limits)
        return replace(
            self, answers=replace(self.answers, facts=replace(self.answers.facts, limits=limits)), raises=True
        )

    def _coming_weeks(self) -> tuple[Week, ...]:
        return tuple(week for week in self.plan.weeks if week.number >= self.allowed.week)

    def _are_possible(self, some: Iterable[Workout]) -> bool:
        days = sorted(each.on for each in self._coming())
        return all(self._is_possible(workout, bisect_left(days, workout.on)) for workout in some)

    def _is_possible(self, workout: Workout, count: int) -> bool:
        """Whether a session may stay, with so many to come before it."""
        hold_s = self._hold_s(workout.week, count)
        return (
            self.not_before is not None
            and workout.on >= self.not_before
            and workout.workout_id not in self.skipped
            and not any(first <= workout.on <= last for first, last in self.away)
            and (hold_s is None or workout.duration_s(Direction.BACKWARD) <= hold_s + 1e-6)
        )

    def _coming(self) -> list[Workout]:
        return [
            workout
            for week in self._coming_weeks()
            for workout in week.workouts
            if workout not in self.answers.restart.kept
        ]

    def _hold_s(self, number: int, count: int) -> float | None:
        """Return what holds the sessions of a week, with so many sessions to come before it."""
        waits = bool(self.setbacks) and count < CLEAN_SESSIONS.value
        return self.allowed.session_s if waits or number <= self.allowed.week + self.allowed.repeats else None

    def _stages_are_right(self) -> bool:
        """Whether no stage is above what is allowed. Lower is never wrong."""
        most, count = self.allowed.stage, 0
        for week in self._coming_weeks():
            stages = [workout.stage for workout in week.workouts if workout not in self.answers.restart.kept]
            if any(stage > most for stage in stages):
                return False
            most, count = min([most, *stages]), count + len(stages)
            if week.workouts and not self._comes_again(week, count):
                most += 1
        return True

    def _comes_again(self, week: Week, count: int) -> bool:
        """Whether the stage of a week comes again after it; so many sessions to come lie up to its end.

        After a setback the stage rises only once two sessions went by, and once it was done at its own size.
        """
        repeats = week.number == self.allowed.week and self.allowed.repeats
        waits = bool(self.setbacks) and count < CLEAN_SESSIONS.value
        smaller = is_smaller(week.workouts, self._sizes())
        return repeats or waits or smaller or skips_in(self.plan, self.skipped, week.number)

    # Make it anew

    def weeks(self) -> tuple[Week, ...]:
        """Return all weeks: the past ones as they were, the others as the protocol makes them now."""
        past = tuple(week for week in self.plan.weeks if week.number < self.allowed.week)
        gap = range(len(past) + 1, self.allowed.week)
        past += tuple(self._empty(number) for number in gap)
        made = tuple(self._named(week) for week in self._made())
        if self.broken(made):
            made = self._within_rules(made)
        if self.adds_none and not self.raises:
            made = first_sessions(made, len(self._coming()), self.answers.restart.kept)
        while made and not made[-1].workouts:
            made = made[:-1]
        return (past + made) or (self._empty(self.allowed.week),)  # ill on the first day, it can still go on

    def _empty(self, number: int) -> Week:
        return Week(number, week_start(self.plan, number), (), PAUSED)

    def _made(self) -> list[Week]:
        number, stage, made = self.allowed.week, self.allowed.stage, list[Week]()
        own = next((week for week in self.plan.weeks if week.number == number), None)
        if own is not None and self.answers.restart.kept and (self.not_before is None or self._is_settled(own)):
            made.append(replace(own, workouts=self.answers.restart.kept))
            number, stage = number + 1, stage + (not self.allowed.repeats)
        if self.not_before is None:
            return made
        last_stage = self._last_stage()
        while number < self.allowed.week + MOST_WEEKS and stage <= last_stage and not self._is_over(number):
            if not self._has_a_day(number):
                made.append(self._empty(number))
                number += 1
                continue
            stage, new = self._next_weeks(number, stage, made)
            if not new and number == self.allowed.week:
                return [*made, *self._what_may_stay()]
            if not new:
                break
            made += new
            number += len(new)
            stages = [
                workout.stage for week in new for workout in week.workouts if workout not in self.answers.restart.kept
            ]
            count = sum(workout not in self.answers.restart.kept for week in made for workout in week.workouts)
            if stages:
                stage = max(stages) + (not self._comes_again(replace(made[-1], number=number - 1), count))
        return made

    def _next_weeks(self, number: int, stage: int, made: Sequence[Week]) -> tuple[int, tuple[Week, ...]]:
        """Make weeks from one on until something interrupts them; a break before their first session lowers them."""
        stage = min(stage, dict(self.answers.facts.limits.stage_of_week).get(number, stage))
        while True:
            new = self._new_weeks(number, stage, made)
            most = self._stage_after_break(new, stage, made)
            if most >= stage:
                return stage, new
            stage = most

    def _new_weeks(self, number: int, stage: int, made: Sequence[Week]) -> tuple[Week, ...]:
        """Make weeks until something interrupts them. Often that is the first: the others are made only where not."""
        answers = self._answers_for(number, stage, made)
        new = self.protocol.weeks(replace(answers, restart=replace(answers.restart, most_weeks=FIRST_WEEKS)))
        used = self._until_break(number, new, made)
        if used == len(new):
            new = self.protocol.weeks(answers)
            used = self._until_break(number, new, made)
        return new[:used]

    def _stage_after_break(self, new: Sequence[Week], stage: int, made: Sequence[Week]) -> int:
        """Return the stage that the days without running backward before the first new session leave."""
        coming = [workout for week in made for workout in week.workouts if workout not in self.answers.restart.kept]
        sessions = [
            *((workout.on, workout.stage) for workout in coming),
            *([self.allowed.last] if self.allowed.last else []),
        ]
        if not sessions:
            return stage
        last = max(sessions)
        first = next(
            (workout.on for week in new for workout in week.workouts if workout not in self.answers.restart.kept), None
        )
        if first is None or not gaps.holds((first - last[0]).days):
            return stage
        return min(stage, gaps.stage_after_gap(last[1] or stage, (first - last[0]).days))

    def _what_may_stay(self) -> tuple[Week, ...]:
        """Return the weeks as planned before, for a protocol that makes none: what breaks a rule is left out later."""
        return tuple(
            replace(
                week,
                workouts=tuple(
                    workout
                    for workout in week.workouts
                    if workout in self.answers.restart.kept or self._are_possible([workout])
                ),
            )
            for week in self._coming_weeks()
        )

    def _last_stage(self) -> int:
        """Return the stage with which the protocol ends: what was planned may end before it, while somebody is ill."""
        planned = max((workout.stage for workout in self.plan.workouts()), default=0)
        return max([planned, *self._sizes()])

    def _sizes(self) -> Mapping[int, float]:
        return stage_sizes(self.protocol.weeks, self.first)

    def _is_settled(self, week: Week) -> bool:
        """Whether none of the running week's sessions is still to come, nor one that may come back."""
        lost = (
            [workout for workout in self.before.workouts() if workout.week == week.number]
            if self.before is not None
            else []
        )
        kept = {workout.workout_id for workout in self.answers.restart.kept} | self.skipped
        lost = [workout for workout in lost if self.not_before is not None and workout.on >= self.not_before]
        return all(workout.workout_id in kept for workout in (*week.workouts, *lost))

    def _is_over(self, number: int) -> bool:
        race_on = self.answers.race_on
        return race_on is not None and week_start(self.plan, number) > race_on

    def days_of(self, number: int) -> tuple[date, ...]:
        """Return the seven days of a week."""
        first = week_start(self.plan, number)
        return tuple(first + timedelta(days=day) for day in range(7))

    def _has_a_day(self, number: int) -> bool:
        wanted = {day for _, day in self.answers.restart.moved}
        return (number == self.allowed.week and bool(self.answers.restart.kept)) or any(
            (day.weekday() in self.answers.days or day in wanted)
            and self.not_before is not None
            and day >= self.not_before
            and not any(first <= day <= last for first, last in self.away)
            for day in self.days_of(number)
        )

    def _until_break(self, number: int, new: Sequence[Week], made: Sequence[Week]) -> int:
        """Return how many of the weeks made can be used before a stage comes again, a week is empty or a break lies."""
        count = sum(workout not in self.answers.restart.kept for week in made for workout in week.workouts)
        held = self._hold_s(number, count) is not None
        for used, week in enumerate(new, start=1):
            last = number + used - 1
            count += sum(workout not in self.answers.restart.kept for workout in week.workouts)
            comes_again = self._comes_again(replace(week, number=last), count)
            if comes_again or not self._has_a_day(last + 1) or self._is_over(last + 1):
                return used
            # What holds these weeks after a setback (their length, their speed) must not hold all that follow them.
            if held and self._hold_s(last + 1, count) is None:
                return used
            if used < len(new) and not new[used].workouts:
                return used
        return len(new)

    def _answers_for(self, number: int, stage: int, made: Sequence[Week]) -> Answers:
        coming = [workout for week in made for workout in week.workouts if workout not in self.answers.restart.kept]
        held = self._hold_s(number, len(coming)) if coming else self.allowed.session_s
        kept, runs_on = self.answers.restart.kept, number == self.allowed.week
        return replace(
            self.answers,
            starts_on=week_start(self.plan, number),
            facts=replace(
                self.answers.facts,
                backward_history=(
                    *self.answers.facts.backward_history,
                    *((workout.on, workout.duration_s(Direction.BACKWARD)) for workout in coming),
                ),
                bout_history=(
                    *self.answers.facts.bout_history,
                    *((workout.on, longest_bout_s(workout)) for workout in coming),
                ),
                limits=self._limits_for(coming, speed_mps=self.allowed.speed_mps if held is not None else None),
            ),
            restart=replace(
                self.answers.restart,
                first_week=number,
                first_stage=stage,
                kept=kept if runs_on else (),
                stood=() if runs_on else tuple((workout.on, workout.stage) for workout in kept),
                hold_backward_s=held,
            ),
        )

    def _limits_for(self, coming: Sequence[Workout], *, speed_mps: float | None) -> Limits:
        """Return the limits of history for weeks that follow sessions made already: those count as done."""
        limits = replace(self.answers.facts.limits, speed_mps=speed_mps)
        if not coming:
            return limits
        first = min(workout.on for workout in coming)
        made = tuple((workout.on, workout.duration_s(Direction.BACKWARD)) for workout in coming)
        return replace(
            limits,
            spans=tuple(replace(span, first_on=span.first_on or first) for span in limits.spans),
            rises=tuple(replace(rise, done=(*rise.done, *made)) for rise in limits.rises),
            recorded=(*limits.recorded, *made),
        )

    def _named(self, week: Week) -> Week:
        """Give sessions their ids: those that stand keep theirs, the others take the numbers that are left."""
        kept = {workout.on: workout for workout in self.answers.restart.kept if workout.week == week.number}
        taken = {workout.ordinal for workout in kept.values()} | {
            int(workout_id.rpartition("-")[2])
            for workout_id in self.skipped
            if workout_id.startswith(f"{self.plan.plan_id}-w{week.number:02d}-")
        }
        numbers = iter(number for number in range(1, 100) if number not in taken)  # lazily: taken grows
        named = []
        for workout in sorted(week.workouts, key=lambda each: each.on):
            if workout.on in kept:
                named.append(kept[workout.on])
                continue
            ordinal = workout.ordinal if workout.ordinal not in taken else next(numbers)
            taken.add(ordinal)
            name = f"{self.plan.plan_id}-w{week.number:02d}-{ordinal}"
            named.append(replace(workout, workout_id=name, week=week.number, ordinal=ordinal))
        return replace(week, workouts=tuple(named))

    def _within_rules(self, weeks: tuple[Week, ...]) -> tuple[Week, ...]:
        """Leave out every session that would break a rule, earliest first: the last word is the checker's."""
        standing = tuple(
            replace(week, workouts=tuple(workout for workout in week.workouts if workout in self.answers.restart.kept))
            for week in weeks
        )
        known = set(self.broken(standing))
        for place, week in enumerate(weeks):
            for workout in week.workouts:
                if workout in self.answers.restart.kept:
                    continue
                added = replace(standing[place], workouts=(*standing[place].workouts, workout))
                tried = (*standing[:place], added, *standing[place + 1 :])
                if not set(self.broken(tried)) - known:
                    standing = tried
        return standing
