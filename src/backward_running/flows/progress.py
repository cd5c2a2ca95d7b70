"""How the runner is doing: backward minutes by week against the plan, the next first, and weeks that were kept up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Plan, Workout
from backward_running.core.ports import ActivityQuery, ActivityRow, PlanHistory, PlannedAndDone
from backward_running.flows import by_word, days

WEEK = timedelta(weeks=1)
#: Weeks that are shown: this one and those before it.
WEEKS_SHOWN = 8
#: Weeks in a row are counted this far back, and the longest run backward of the plan is looked for.
ROW_LOOKS_BACK = 52 * WEEK


@dataclass(frozen=True, slots=True)
class WeekDone:
    """Backward time of one week: what was recorded, what was said without a recording, what the plan asked for."""

    starts_on: date
    seen_s: float
    said_s: float
    unknown_s: float  #: recorded on foot without a direction: it may have been backward, and is in no sum
    planned_s: float | None  #: None where the plan does not reach

    @property
    def done_s(self) -> float:
        """Recorded and said together."""
        return self.seen_s + self.said_s


@dataclass(frozen=True, slots=True)
class NextFirst:
    """What the plan asks for that was never done before."""

    on: date
    workout_id: str
    backward_s: float  #: running backward in one go
    is_first_run: bool  #: until then backward was walked only


@dataclass(frozen=True, slots=True)
class Progress:
    """How it goes."""

    weeks: tuple[WeekDone, ...]  #: oldest first; the last is the running one
    next_first: NextFirst | None
    weeks_in_a_row: int  #: weeks with a run, a word or a check-in, up to this one; rest that was told counts


def progress(store: PlanHistory, plan: Plan | None, *, today: date) -> Progress:
    """Say how it goes, from the rows of the last year; no recording is opened.

    Parameters
    ----------
    store : PlanHistory
        With activities, words and check-ins.
    plan : Plan or None
        The one that is shown. Sessions of it that were left behind count as planned.
    today : date
        For the runner.
    """
    begins = days.week_start(store, today)
    first = begins - (WEEKS_SHOWN - 1) * WEEK
    shown = ActivityQuery(since=first, until=today, on_foot=True, limit=days.ALL)
    rows = store.activities(shown)
    words = _words(store, rows, first, today)
    done_on = store.days_on_foot(begins - ROW_LOOKS_BACK, today)
    weeks = tuple(_week(first + number * WEEK, rows, words, plan) for number in range(WEEKS_SHOWN))
    told = days.told_on(store, begins - ROW_LOOKS_BACK)
    backward_on = {day for day, backward_s in done_on.items() if backward_s > 0}
    active = done_on.keys() | {on for on, _ in words} | told
    return Progress(weeks, _next_first(plan, backward_on, today), _in_a_row(active, begins))


def _words(store: PlannedAndDone, rows: Iterable[ActivityRow], since: date, until: date) -> list[tuple[date, float]]:
    """Return day and backward seconds of what was said to be done and no recording shows."""
    alone = [(word.on, word.backward_s) for word in by_word.alone(store, since=since, until=until)]
    by_id = {row.activity_id: row for row in rows}
    filled = by_word.filled(store, list(by_id.values()))
    return [*alone, *((session.on, session.backward_s - by_id[name].backward_s) for name, session in filled.items())]


def _week(
    starts_on: date, rows: Iterable[ActivityRow], words: Iterable[tuple[date, float]], plan: Plan | None
) -> WeekDone:
    def within(day: date) -> bool:
        return starts_on <= day < starts_on + WEEK

    own = [row for row in rows if within(days.local_day(row))]
    planned = [workout for workout in plan.workouts() if within(workout.on)] if plan else []
    return WeekDone(
        starts_on,
        sum(row.backward_s for row in own),
        sum(backward_s for on, backward_s in words if within(on)),
        sum(row.unknown_s for row in own),
        sum(workout.duration_s(Direction.BACKWARD) for workout in planned) if planned else None,
    )


def _next_first(plan: Plan | None, done_on: set[date], today: date) -> NextFirst | None:
    """Return the first session to come that asks for a longer run backward than all before it."""
    if plan is None:
        return None
    sessions = sorted(plan.workouts(), key=lambda workout: workout.on)
    longest_s = max(
        (_longest_run_s(session) for session in sessions if session.on < today and session.on in done_on), default=0.0
    )
    for session in sessions:
        if session.on >= today and _longest_run_s(session) > longest_s:
            return NextFirst(session.on, session.workout_id, _longest_run_s(session), longest_s == 0.0)
    return None


def _longest_run_s(workout: Workout) -> float:
    return max(
        (
            step.planned_s or 0.0
            for step in workout.steps()
            if step.direction is Direction.BACKWARD and step.gait is Gait.RUN
        ),
        default=0.0,
    )


def _in_a_row(active: set[date], begins: date) -> int:
    """Count whole weeks back from this one; that nothing happened yet this week breaks nothing."""
    weeks = {day - (day - begins) % WEEK for day in active}
    week = begins if begins in weeks else begins - WEEK
    count = 0
    while week in weeks:
        count, week = count + 1, week - WEEK
    return count
