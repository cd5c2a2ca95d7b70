"""Move one session to another day, or say which rule forbids it and which day would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backward_running.core.adaptation import Room
from backward_running.core.plan import Week, Wish, Workout
from backward_running.plans._course import Course
from backward_running.plans._days import day_words
from backward_running.plans.base import Restart

EVERY_DAY = tuple(range(7))
#: For so many days beside the one asked for the whole week is arranged anew, to see whether it would do.
ARRANGED_DAYS = 2


def room_for(course: Course, weeks: tuple[Week, ...], workout: Workout, today: date) -> Room:
    """Ask each day of a session's week that is left; where none would do, say why of the nearest one."""
    left = [day for day in course.days_of(workout.week) if day >= today and day != workout.on]
    why = {day: _why_not(course, weeks, workout, day, today) for day in left}
    days = tuple(day for day in left if why[day] is None)
    if days or not left:
        return Room(days, None if days else "Its week is over.")
    return Room((), f"No day that is left of its week would do. {day_words(left[0])}: {why[left[0]]}.")


def moved(course: Course, weeks: tuple[Week, ...], wish: Wish, today: date) -> tuple[tuple[Week, ...], str | None]:
    """Move one session and nothing else, or say which rule forbids it and which day would do."""
    workout = next((each for week in weeks for each in week.workouts if each.workout_id == wish.workout_id), None)
    to = wish.to
    if workout is None or to is None:
        return weeks, "This session is no longer in the plan; look at what changed first."
    placed, why = _placed(course, weeks, workout, to, today)
    if why is None:
        return placed, None
    own = [day for day in course.days_of(workout.week) if day not in (to, workout.on)]
    near = sorted(own, key=lambda day: (abs((day - to).days), day))
    simple = (day for day in near if _why_not(course, weeks, workout, day, today) is None)
    arranged = (day for day in near[:ARRANGED_DAYS] if _placed(course, weeks, workout, day, today)[1] is None)
    possible = next(simple, None) or next(arranged, None)
    if possible is None:
        then = "you can leave it out" if workout.on >= today else "it stays missed, and no other session grows for it"
        return weeks, f"{day_words(to)} will not do: {why}. No other day of its week would; {then}."
    return weeks, f"{day_words(to)} will not do: {why}. The nearest day that would is {day_words(possible)}."


def _placed(
    course: Course, weeks: tuple[Week, ...], workout: Workout, to: date, today: date
) -> tuple[tuple[Week, ...], str | None]:
    """Move one session; where that breaks a rule, let the sessions beside it make room. Say why it cannot be."""
    simple = _with_day(weeks, workout, to)
    why = _why_not(course, weeks, workout, to, today)
    if why is None or _plainly_not(course, workout, to, today) is not None:
        return simple, why
    again = replace(course, answers=replace(course.answers, restart=_with_wish(course, workout, to)))
    arranged = again.weeks()
    there = any(each.workout_id == workout.workout_id and each.on == to for week in arranged for each in week.workouts)
    as_many = _names(arranged, workout.week) == sorted(_names(weeks, workout.week))
    return (arranged, None) if there and as_many else (simple, why)


def _names(weeks: Sequence[Week], number: int) -> list[str]:
    """Return the ids of a week's sessions in the order of their days: making room never swaps two of them."""
    return [workout.workout_id for week in weeks if week.number == number for workout in week.workouts]


def _plainly_not(course: Course, workout: Workout, to: date, today: date) -> str | None:
    """Say why no arrangement of the week could have the session on that day; None where one might."""
    if to < today:
        return "it is past"
    if to not in course.days_of(workout.week):
        return "a session stays in its own week, so that the weeks around it keep their load"
    if course.not_before is None or to < course.not_before:
        return f"no session is planned before {day_words(course.not_before)}" if course.not_before else "you are ill"
    if any(first <= to <= last for first, last in course.away):
        return "you are away on that day"
    return None


def _why_not(course: Course, weeks: tuple[Week, ...], workout: Workout, to: date, today: date) -> str | None:
    plainly = _plainly_not(course, workout, to, today)
    if plainly is not None:
        return plainly
    # Any day may be chosen by hand, a free one or not; what is asked here are the rules of dose and rest.
    answers = replace(course.answers, days=EVERY_DAY, restart=_with_wish(course, workout, to))
    first = course.allowed.week
    asked = replace(course, answers=answers)
    before = set(asked.broken([week for week in weeks if week.number >= first]))
    after = asked.broken([week for week in _with_day(weeks, workout, to) if week.number >= first])
    return next((rule for rule in after if rule not in before), None)


def _with_wish(course: Course, workout: Workout, to: date) -> Restart:
    """Return where the plan takes up, with one session more on the day that its runner chose."""
    restart = course.answers.restart
    ending = workout.workout_id.removeprefix(f"{course.plan.plan_id}-")
    return replace(restart, moved=(*restart.moved, (ending, to)))


def _with_day(weeks: tuple[Week, ...], workout: Workout, to: date) -> tuple[Week, ...]:
    def placed(week: Week) -> Week:
        if week.number != workout.week:
            return week
        others = [each for each in week.workouts if each.workout_id != workout.workout_id]
        return replace(week, workouts=tuple(sorted([*others, replace(workout, on=to)], key=lambda each: each.on)))

    return tuple(placed(week) for week in weeks)
