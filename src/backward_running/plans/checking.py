"""Hold any weeks to the safety rules, whoever made them: a protocol, a solver, a person who moved a session.

Nothing here is shared with the makers but the numbers: a fault of theirs is not a fault of this check.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from backward_running.core.adaptation import Ceilings, Setback
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Repeat, Step, Week, Workout
from backward_running.plans import dose
from backward_running.plans._days import day_words
from backward_running.plans._fitting import EXPERIENCED_S
from backward_running.plans.base import Answers
from backward_running.plans.checking_sessions import broken_session_rules
from backward_running.plans.walk_or_run import TRANSITION_MPS

#: Sums of steps are compared with limits that were computed from the same numbers.
_SLACK = 1e-6
_WALK_TEST_M = 3.0  #: a copy on purpose: what makers share with this check it could not find wrong


def broken_rules(weeks: Sequence[Week], answers: Answers, setbacks: Sequence[Setback] = ()) -> tuple[str, ...]:
    """Hold weeks to every rule of dose and safety; return one sentence for each break, none where all hold.

    Parameters
    ----------
    weeks : sequence of Week
        From `restart.first_week` on.
    answers : Answers
        Of whom they are for. Sessions in `restart.kept` are facts: they count, but are never a break by themselves; so
        are the sessions in `facts.backward_history`.
    setbacks : sequence of Setback
        Those in force. No session lies in the rest one asks for, and the first after it is not above what was recorded
        in the 30 days before it (or the starting dose, where nothing was).

    Notes
    -----
    The share of 30 % of the weekly running keeps backward minutes from being added on top of a runner's load. Somebody
    who does not run has no such load: 30 % of nothing would forbid every walking programme, also those that were
    studied in people who do not run (knee osteoarthritis, balance). For them the share is not asked, as long as
    no step of the plan is a run, forward or backward. What holds them is the dose of the trial, the starting dose, the
    growth of at most 10 % from session to session, the number of sessions and the rest between them. As soon as one
    step is a run, or the runner runs at all, the share is asked again (decision 0008); of somebody who may only walk
    backward it is not: walking is their training, and adds nothing to a run (decision 0055).
    """
    case = _Case.of(weeks, answers, setbacks)
    checks: tuple[Callable[[_Case], Iterator[str]], ...] = (
        _too_young,
        _wrong_days,
        _too_many,
        _too_close,
        _too_much_growth,
        _too_much_forward,
        _too_large_share,
        _wrong_grades,
        _wrong_steps,
        _too_fast_too_soon,
        _after_setbacks,
        _over_ceilings,
        _same_ids,
    )
    content = broken_session_rules([workout for week in weeks for workout in week.workouts], answers, words=False)
    return (*(sentence for check in checks for sentence in check(case)), *content)


@dataclass(frozen=True, slots=True)
class _Case:
    weeks: tuple[Week, ...]
    answers: Answers
    setbacks: tuple[Setback, ...]
    stands: frozenset[tuple[int, int, date]]  #: week, number and day of sessions that are facts
    new: tuple[Workout, ...]  #: in the order of their days; those that stand are left out
    facts: frozenset[date]  #: days of sessions that stand or were recorded
    first_on: date | None  #: of the first session going backward
    recorded_s: float  #: backward, in all

    @classmethod
    def of(cls, weeks: Sequence[Week], answers: Answers, setbacks: Sequence[Setback]) -> _Case:
        stands = frozenset((workout.week, workout.ordinal, workout.on) for workout in answers.restart.kept)
        every = [workout for week in weeks for workout in week.workouts]
        new = sorted(
            (workout for workout in every if (workout.week, workout.ordinal, workout.on) not in stands),
            key=lambda workout: workout.on,
        )
        recorded = {day for day, seconds in answers.facts.backward_history if seconds >= dose.COUNTS_FROM_S.value}
        facts = frozenset(recorded | {workout.on for workout in answers.restart.kept})
        first_on = min((*facts, *(workout.on for workout in new)), default=None)
        recorded_s = math.fsum(seconds for _, seconds in answers.facts.backward_history)
        return cls(tuple(weeks), answers, tuple(setbacks), stands, tuple(new), facts, first_on, recorded_s)

    def is_new(self, workout: Workout) -> bool:
        return (workout.week, workout.ordinal, workout.on) not in self.stands

    def days_of_history(self, on: date) -> int:
        return (on - self.first_on).days if self.first_on is not None else 0

    def is_experienced(self, workout: Workout) -> bool:
        """From the ninth week of going backward on, or with as many minutes as that takes."""
        told_s = 60 * self.answers.backward_experience_min
        weeks = dose.WEEKS_UNTIL_EXPERIENCED_COUNT.value
        return (
            _stage(workout) > weeks
            or self.days_of_history(workout.on) >= 7 * weeks
            or max(told_s, self.recorded_s) >= EXPERIENCED_S.value
        )


def _stage(workout: Workout) -> int:
    return workout.stage or workout.week


@lru_cache(maxsize=1024)
def _backward_s(workout: Workout) -> float:
    seconds = 0.0
    for piece in workout.pieces:
        times, steps = (piece.times, piece.steps) if isinstance(piece, Repeat) else (1, (piece,))
        seconds += times * math.fsum(step.planned_s or 0.0 for step in steps if step.direction is Direction.BACKWARD)
    return seconds


def _too_young(case: _Case) -> Iterator[str]:
    if not case.new or case.answers.birth_year is None:
        return
    age = case.answers.starts_on.year - case.answers.birth_year - 1
    if age < dose.SUPERVISED_FROM_YEARS.value:
        yield f"a runner of {age} gets a session"
    elif age < dose.ALONE_FROM_YEARS.value and not case.answers.has_supervisor:
        yield f"a runner of {age} gets a session without an adult beside"


def _wrong_days(case: _Case) -> Iterator[str]:
    answers = case.answers
    for workout in case.new:
        chosen = any(workout.workout_id.endswith(ending) and workout.on == day for ending, day in answers.restart.moved)
        if workout.on.weekday() not in answers.days and not chosen:
            yield f"{day_words(workout.on)} is not a free day"
        if workout.on < answers.starts_on:
            yield f"{day_words(workout.on)} is before the start"
        elif answers.restart.not_before is not None and workout.on < answers.restart.not_before:
            yield (
                f"{day_words(workout.on)} is before the next session may be, on {day_words(answers.restart.not_before)}"
            )
        if any(first <= workout.on <= last for first, last in answers.restart.away):
            yield f"the runner is away on {day_words(workout.on)}"
        if any(workout.workout_id.endswith(ending) for ending in answers.restart.skipped):
            yield f"the session on {day_words(workout.on)} was to be left out"
    for week in case.weeks:
        for workout in week.workouts:
            if case.is_new(workout) and not 0 <= (workout.on - week.starts_on).days < 7:
                yield f"{day_words(workout.on)} does not lie in week {week.number}"


def _too_many(case: _Case) -> Iterator[str]:
    most = int(dose.SESSIONS_PER_WEEK_COUNT.value)
    yield from _over_count(case, sorted([*_recorded_days(case), *(workout.on for workout in case.new)]), most)


def _recorded_days(case: _Case) -> list[date]:
    """Return the days of facts; a day with two recorded sessions counts twice."""
    recorded = case.answers.facts.limits.recorded
    own = [day for day, seconds in recorded if seconds >= dose.COUNTS_FROM_S.value]
    return [*own, *(case.facts - set(own))]


def _over_count(case: _Case, days: Sequence[date], most: int) -> Iterator[str]:
    """Yield every seven days with too many sessions, one of which is new."""
    new = {workout.on for workout in case.new}
    for first in days:
        within = [day for day in days if 0 <= (day - first).days < 7]
        if len(within) > most and not new.isdisjoint(within):
            yield f"more than {most} sessions in seven days from {day_words(first)}"


def _too_close(case: _Case) -> Iterator[str]:
    early_weeks = dose.WEEKS_WITH_REST_COUNT.value
    line = sorted(
        [*((workout.on, _stage(workout), True) for workout in case.new), *((day, 0, False) for day in case.facts)],
    )
    for (early, early_stage, early_new), (late, late_stage, late_new) in pairwise(line):
        if not (early_new or late_new):
            continue
        rested = case.days_of_history(early) >= 7 * early_weeks and all(
            stage > early_weeks for stage, is_new in ((early_stage, early_new), (late_stage, late_new)) if is_new
        )
        needed = 1 if rested else dose.REST_DAYS_COUNT.value
        if (late - early).days < needed:
            yield f"less than {needed * 24:.0f} hours between {day_words(early)} and {day_words(late)}"


def _too_much_growth(case: _Case) -> Iterator[str]:
    """The 110 % rule binds nobody below the starting dose; what is planned counts as done for what comes after it."""
    told = list(case.answers.facts.backward_history)
    for workout in case.new:
        backward_s = _backward_s(workout)
        longest_s = _longest_s(workout.on, told)
        limit_s = max(dose.FIRST_SESSION_S.value, dose.BACKWARD_GROWTH_RATIO.value * longest_s)
        if backward_s > limit_s + _SLACK:
            yield f"{backward_s / 60:.1f} backward minutes on {day_words(workout.on)}, {limit_s / 60:.1f} are allowed"
        told.append((workout.on, backward_s))


def _longest_s(on: date, sessions: Sequence[tuple[date, float]]) -> float:
    window = dose.WINDOW_DAYS_COUNT.value
    return max((seconds for day, seconds in sessions if 0 < (on - day).days <= window), default=0.0)


def _too_much_forward(case: _Case) -> Iterator[str]:
    most_s = dose.SESSION_GROWTH_RATIO.value * case.answers.longest_run_s
    for workout in case.new:
        run = [step for step in workout.steps() if step.direction is Direction.FORWARD and step.gait is Gait.RUN]
        forward_s = math.fsum(step.planned_s or 0.0 for step in run)
        if forward_s > most_s + _SLACK:
            yield f"{forward_s / 60:.1f} forward minutes on {day_words(workout.on)}, more than 110 % of the longest run"


def _too_large_share(case: _Case) -> Iterator[str]:
    answers = case.answers
    runs = any(
        step.gait is Gait.RUN for week in case.weeks for workout in week.workouts for step in workout.each_step()
    )
    if not runs and (answers.forward_runs_per_week < 1 or answers.facts.walking_only):
        return
    others = dose.OTHER_RUNS_SHARE.value * max(0, answers.forward_runs_per_week - 1)
    weekly_s = answers.longest_run_s * (1 + others) if answers.forward_runs_per_week >= 1 else 0.0
    weekly_s = weekly_s if answers.weekly_running_s is None else answers.weekly_running_s
    most_s = dose.BACKWARD_SHARE.value * weekly_s
    recorded = answers.facts.limits.recorded or answers.facts.backward_history
    of_day: dict[date, list[float]] = {}
    for on, seconds in recorded:
        of_day.setdefault(on, []).append(seconds)
    for week in case.weeks:
        new = [workout for workout in week.workouts if case.is_new(workout)]
        stands = {workout.on: _backward_s(workout) for workout in week.workouts if not case.is_new(workout)}
        days = [week.starts_on + timedelta(days=number) for number in range(7)]
        facts_s = math.fsum(max(stands.get(on, 0.0), math.fsum(of_day.get(on, ()))) for on in days)
        added_s = math.fsum(map(_backward_s, new))
        if added_s and facts_s + added_s > most_s + _SLACK:
            week_min = (facts_s + added_s) / 60
            yield f"{week_min:.1f} backward minutes in week {week.number}, {most_s / 60:.1f} are allowed"
    line = sorted([*recorded, *((workout.on, _backward_s(workout)) for workout in case.new)])
    days = [day for day, _ in line]
    for workout in case.new:
        first, last = bisect_right(days, workout.on - timedelta(weeks=1)), bisect_right(days, workout.on)
        near_s = math.fsum(added_s for _, added_s in line[first:last])
        if _backward_s(workout) and near_s > most_s + _SLACK:
            until = f"in the seven days to {day_words(workout.on)}"
            yield f"{near_s / 60:.1f} backward minutes {until}, {most_s / 60:.1f} are allowed"


def _wrong_grades(case: _Case) -> Iterator[str]:
    for workout in case.new:
        experienced = case.is_experienced(workout)
        lowest = dose.GRADE_LOWEST_LATER_RATIO.value if experienced else dose.GRADE_LOW_RATIO.value
        highest = dose.GRADE_HIGHEST_LATER_RATIO.value if experienced else dose.GRADE_HIGH_RATIO.value
        if not lowest <= workout.grade_low_ratio <= workout.grade_high_ratio <= highest:
            yield f"the grade on {day_words(workout.on)} leaves the allowed range"


def _wrong_steps(case: _Case) -> Iterator[str]:
    for workout in case.new:
        for step in workout.each_step():
            if (step.duration_s is None) == (step.distance_m is None):
                yield f"step {step.name} on {day_words(workout.on)} needs a duration or a distance, not both"
            elif step.planned_s is None:
                yield (
                    f"step {step.name} on {day_words(workout.on)} has a distance and no cap: how long it takes is open"
                )
            if step.direction is Direction.BACKWARD:
                yield from _wrong_backward_step(case, workout, step)


def _wrong_backward_step(case: _Case, workout: Workout, step: Step) -> Iterator[str]:
    cap_mps = math.inf if step.is_sprint else dose.SPEED_CAP_SHARE.value * case.answers.easy_speed_mps
    if step.part is not Part.WORK or not step.name.startswith("BACK"):
        yield f"the backward step {step.name} on {day_words(workout.on)} is not named as one"
    if step.speed_high_mps is None or step.speed_high_mps > cap_mps + _SLACK:
        yield f"step {step.name} on {day_words(workout.on)} has no cap of 0.8 of the forward speed"
    elif step.gait is Gait.RUN and step.speed_high_mps < TRANSITION_MPS.value:
        yield f"step {step.name} on {day_words(workout.on)} calls {step.speed_high_mps} m/s a run"
    elif step.gait is Gait.WALK and step.speed_high_mps >= TRANSITION_MPS.value:
        yield f"step {step.name} on {day_words(workout.on)} calls {step.speed_high_mps} m/s a walk"
    took_s = case.answers.backward_walk_test_s
    if step.gait is Gait.WALK and took_s and (step.speed_high_mps or 0.0) > _WALK_TEST_M / took_s + _SLACK:
        yield f"step {step.name} on {day_words(workout.on)} is faster than the runner’s own 3 metres"
    if step.gait is Gait.RUN and case.answers.facts.walking_only:
        yield f"step {step.name} on {day_words(workout.on)} is a run where only walking is allowed"


def _too_fast_too_soon(case: _Case) -> Iterator[str]:
    """Short distances run backward, or any distance near the cap, are sprints."""
    fast_mps = dose.SPRINT_SHARE.value * case.answers.easy_speed_mps
    for workout in case.new:
        if case.is_experienced(workout):
            continue
        for step in workout.each_step():
            if step.direction is not Direction.BACKWARD or step.distance_m is None:
                continue
            short = step.gait is Gait.RUN and step.distance_m <= dose.SPRINT_DISTANCE_M.value
            if short or (step.speed_high_mps or math.inf) > fast_mps + _SLACK:
                yield (
                    f"step {step.name} on {day_words(workout.on)} is a sprint, in the "
                    f"first eight weeks of going backward"
                )


def _after_setbacks(case: _Case) -> Iterator[str]:
    hold_s = case.answers.restart.hold_backward_s
    backward = [workout for workout in case.new if _backward_s(workout)]
    held_week = min((workout.week for workout in backward), default=None)
    for workout in backward:
        if hold_s is not None and workout.week == held_week and _backward_s(workout) > hold_s + _SLACK:
            yield (
                f"{_backward_s(workout) / 60:.1f} backward minutes on "
                f"{day_words(workout.on)}, {hold_s / 60:.1f} are held"
            )
    for setback in case.setbacks:
        until = setback.rest_until
        resting = [workout for workout in case.new if until is not None and setback.on <= workout.on < until]
        yield from (
            f"a session on {day_words(workout.on)}, in the rest after {setback.kind.value}" for workout in resting
        )
        after = next((workout for workout in backward if workout.on >= setback.on and workout not in resting), None)
        before = [(day, s) for day, s in case.answers.facts.backward_history if day <= setback.on]
        known_s = max((s for day, s in before if (setback.on - day).days <= dose.WINDOW_DAYS_COUNT.value), default=0.0)
        if after is not None and _backward_s(after) > (known_s or dose.FIRST_SESSION_S.value) + _SLACK:
            yield f"more load on {day_words(after.on)}, after {setback.kind.value} on {day_words(setback.on)}"


def _over_ceilings(case: _Case) -> Iterator[str]:
    found = case.answers.facts.ceilings
    if found is None:
        return
    if found.sessions_per_week_count is not None:
        every = [*_recorded_days(case), *(workout.on for workout in case.new)]
        days = sorted(
            day for day in every if found.holds_on(day) or timedelta(0) < found.set_on - day < timedelta(weeks=1)
        )
        yield from (f"{said}: a ceiling" for said in _over_count(case, days, found.sessions_per_week_count))
    for workout in case.new:
        if found.holds_on(workout.on):
            yield from (f"{said} on {day_words(workout.on)}, over a ceiling" for said in _over_ceiling(workout, found))


def _over_ceiling(workout: Workout, found: Ceilings) -> Iterator[str]:
    backward_s = _backward_s(workout)
    if found.backward_session_s is not None and backward_s > found.backward_session_s + _SLACK:
        yield f"{backward_s / 60:.1f} backward minutes"
    if found.grade_high_ratio is not None and workout.grade_high_ratio > max(0.0, found.grade_high_ratio) + _SLACK:
        yield f"a grade of {workout.grade_high_ratio:g}"
    for step in workout.each_step():
        if step.direction is not Direction.BACKWARD:
            continue
        if found.backward_speed_mps is not None and (step.speed_high_mps or math.inf) > found.backward_speed_mps:
            yield f"a speed of {step.speed_high_mps} m/s"
        if found.walking_only and step.gait is Gait.RUN:
            yield "a run backward"


def _same_ids(case: _Case) -> Iterator[str]:
    ids = [workout.workout_id for week in case.weeks for workout in week.workouts]
    yield from (f"two sessions are called {name}" for name in sorted(set(ids)) if ids.count(name) > 1)
