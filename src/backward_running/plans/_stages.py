"""Which stage comes next: the weeks of a plan are followed one by one, as they were done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback
from backward_running.core.counting import noun_of
from backward_running.core.direction import Direction
from backward_running.core.goals import condition_of
from backward_running.core.plan import Plan, Reason, Week, Workout
from backward_running.evidence import Number, own_proposal
from backward_running.plans import dose, gaps
from backward_running.plans._done import is_complete, week_number
from backward_running.plans._lookback import NOT_MORE
from backward_running.plans.base import Answers

REPEAT = own_proposal(
    "adapt.repeat",
    "A stage is passed when its sessions were done at their size, and somebody said how they felt; after one that was "
    "missed, that a setback cut short, or of which nobody said how it felt, it is repeated.",
)
ASKED_DAYS = Number(
    "how_it_felt_is_asked_for_days_count",
    2,
    "days",
    own_proposal(
        "adapt.asked", "How the calves are is asked 24 and 48 hours after a session; until then no word is no answer."
    ),
)
CLEAN_SESSIONS = Number(
    "rehab_clean_sessions_count",
    2,
    "1",
    own_proposal(
        "adapt.clean_sessions", "In rehabilitation the last two planned sessions, done and clean, pass a stage."
    ),
)
LEFT_OUT = Reason("You left a session out, so its stage comes again.", REPEAT.key)
SMALLER = Reason(
    "After what went wrong its sessions were shorter than their stage is, so the stage comes again at its own size.",
    REPEAT.key,
)


@dataclass
class Stages:
    """Follows a plan from its first week on. What is past is read as it stood, never changed."""

    plan: Plan
    answers: Answers
    done: Mapping[str, Done]  #: by workout id
    sessions: Sequence[Done]  #: those with backward time, oldest first
    setbacks: Sequence[Setback]  #: in force
    skipped: frozenset[str]
    today: date
    sizes: Mapping[int, float] = field(default_factory=dict)  #: stage → backward seconds of its shortest session
    of_session: dict[str, int] = field(default_factory=dict)  #: activity → the stage it was done at
    last: tuple[date, int] | None = None  #: day and stage of the last session with backward time
    why: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        self._planned = {workout.workout_id: workout.stage for workout in self.plan.workouts()}

    def before(self, running: int) -> int:
        """Return the stage with which the running week begins; the reasons are those of the week before it."""
        stage = self.answers.restart.first_stage
        weeks = {week.number: week for week in self.plan.weeks}
        for number in range(1, running):
            week = weeks.get(number)
            stage = self._through(week, stage) if week is not None else self._sessions_of(number, stage)
        return stage

    def within(self, running: int, stage: int) -> int:
        """Take in what was done in the running week."""
        stage = self._sessions_of(running, stage)
        own = next((week.workouts for week in self.plan.weeks if week.number == running), ())
        return min([stage, *(workout.stage for workout in own if workout.stage and workout.workout_id in self.done)])

    def after_gap(self, stage: int, resumes_on: date) -> tuple[int, Reason | None]:
        """Return the stage after the days without running backward that lie before the next session."""
        if self.last is None:
            return stage, None
        on, reached = self.last
        days = (resumes_on - on).days
        if not gaps.holds(days):
            return stage, None
        lower = min(stage, gaps.stage_after_gap(reached, days))
        return lower, (gaps.words(days, lower) if lower < stage else None)

    def stage_of(self, setback: Setback, stage: int) -> int:
        """Return the stage of the session that hurt; the last one before it where none is known."""
        if setback.activity_id in self.of_session:
            return self.of_session[setback.activity_id]
        before = [self.of_session[session.activity_id] for session in self.sessions if session.on <= setback.on]
        return before[-1] if before else stage

    def _through(self, week: Week, entered: int) -> int:
        stage = self._sessions_of(week.number, entered)
        stage = min([stage, *(workout.stage for workout in week.workouts if workout.stage)])
        ends_on = week.starts_on + timedelta(weeks=1)
        if any(setback.on < ends_on for setback in self.setbacks):
            self.why = ()
            return stage
        missed = missed_of(week.workouts, self.done, min(ends_on, told_before(self.today)))
        if missed and not self._clean_enough(week):
            self.why = (miss_words(missed, self.done, week.number),)
            return stage
        if skips_in(self.plan, self.skipped, week.number):
            self.why = (LEFT_OUT,)
            return stage
        # What weeks before the last one taught is in the weeks after them, as they were planned then.
        held = self.holding(week) if week.number == self._last_week() else None
        if held is not None:
            self.why = (held,)
            return stage
        self.why = ()
        return stage + 1 if week.workouts else stage

    def holding(self, week: Week) -> Reason | None:
        """Say why a week that was done is no pass all the same; None where it is one."""
        own = [workout for workout in week.workouts if is_done(workout, self.done)]
        if condition_of(self.answers.goal) is not None:
            own = own[-int(CLEAN_SESSIONS.value) :]
        unknown = [workout for workout in own if is_unknown(self.done[workout.workout_id], self.today)]
        if unknown:
            return unknown_words(unknown, week.number)
        return SMALLER if is_smaller(own, self.sizes) else None

    def _last_week(self) -> int | None:
        """Return the number of the last week before the running one with something done."""
        running = week_number(self.plan, self.today)
        numbers = [week_number(self.plan, session.on) for session in self.sessions]
        return max((number for number in numbers if number < running), default=None)

    def _sessions_of(self, number: int, entered: int) -> int:
        """Note at which stage each session of a week was done; a break before one of them costs what it costs."""
        stage = entered
        for session in self.sessions:
            if week_number(self.plan, session.on) != number or session.activity_id in self.of_session:
                continue
            if self.last is not None and gaps.holds((session.on - self.last[0]).days):
                stage = min(stage, gaps.stage_after_gap(self.last[1], (session.on - self.last[0]).days))
            # What no plan asked for is of the stage that was reached, not of the one that was due.
            at_most = self._planned.get(session.workout_id or "", 0) or (self.last[1] if self.last else stage)
            self.of_session[session.activity_id] = min(stage, at_most)
            self.last = (session.on, self.of_session[session.activity_id])
        return stage

    def _clean_enough(self, week: Week) -> bool:
        count = int(CLEAN_SESSIONS.value)
        last = week.workouts[-count:]
        clean = len(last) == count and all(
            is_done(workout, self.done) and not is_unknown(self.done[workout.workout_id], self.today)
            for workout in last
        )
        return clean and condition_of(self.answers.goal) is not None


def is_smaller(workouts: Sequence[Workout], sizes: Mapping[int, float]) -> bool:
    """Tell whether a setback cut the sessions of a week to less than their stage is: half of a stage is not the stage.

    One session at its size is enough, for those of a week differ on purpose.
    """
    cut = any(
        reason.evidence_key == dose.SETBACK.key and reason != NOT_MORE
        for workout in workouts
        for reason in workout.reasons
    )
    longest = max(workouts, key=lambda workout: workout.duration_s(Direction.BACKWARD), default=None)
    if not cut or longest is None:
        return False
    return not is_complete(longest.duration_s(Direction.BACKWARD), sizes.get(longest.stage, 0.0))


def unknown_words(unknown: Sequence[Workout], number: int) -> Reason:
    """Say of which sessions nobody said how they felt, and what is missing."""
    each = "the sessions" if len(unknown) > 1 else "the session"
    return Reason(
        f"Week {number}: how {each} of {_days(unknown)} felt is not known, so the stage comes again. Tell how it felt: "
        "how sore were your calves?",
        REPEAT.key,
    )


def skips_in(plan: Plan, skipped: Iterable[str], number: int) -> bool:
    """Tell whether the runner left a session of that week out."""
    return any(workout_id.startswith(f"{plan.plan_id}-w{number:02d}-") for workout_id in skipped)


def is_done(workout: Workout, done: Mapping[str, Done]) -> bool:
    """Tell whether a session was done as planned."""
    return workout.workout_id in done and done[workout.workout_id].complete


def is_unknown(done: Done, today: date) -> bool:
    """Tell whether nobody said how a session felt, and nobody is to say it any more of themselves."""
    return not done.is_rated and (today - done.on).days > ASKED_DAYS.value


def told_before(today: date) -> date:
    """Return the day before which silence says that a session was missed: the day after it, its runner is still asked.

    No session lies on that day, for there are 48 hours between two.
    """
    return today - timedelta(days=1)


def missed_of(workouts: Iterable[Workout], done: Mapping[str, Done], before: date) -> list[Workout]:
    """Return the sessions that were not done as planned: what was begun and cut short is no pass either.

    A recording that does not show which way it went says nothing before the day is over: its runner is being asked.
    """
    begun = {name for name, session in done.items() if not _shows_no_way(session)}
    return [
        workout
        for workout in workouts
        if (workout.on < before or workout.workout_id in begun) and not is_done(workout, done)
    ]


def _shows_no_way(done: Done) -> bool:
    return done.unknown_s > done.backward_s


def miss_words(missed: Sequence[Workout], done: Mapping[str, Done], number: int) -> Reason:
    """Say which sessions are missing, and whether nothing or less of them was recorded, or said."""
    begun = [workout for workout in missed if workout.workout_id in done]
    unknown = [workout for workout in begun if _shows_no_way(done[workout.workout_id])]
    cut = [workout for workout in begun if workout not in unknown]
    none = [workout for workout in missed if workout.workout_id not in done]
    said = [f"{_days(none)} {noun_of(len(none), 'is', 'are')} not known to be done"] if none else []
    by_word = [workout for workout in cut if done[workout.workout_id].is_said]
    recorded = [workout for workout in cut if workout not in by_word]
    if recorded:
        said.append(f"{_days(recorded)} {noun_of(len(recorded), 'was', 'were')} recorded shorter than planned")
    if by_word:
        said.append(f"{_days(by_word)} {noun_of(len(by_word), 'was', 'were')} shorter than planned, as you said")
    if unknown:
        said.append(f"the recording of {_days(unknown)} does not show which way you went (paint it to say so)")
    return Reason(f"Week {number}: {' and '.join(said)}, so its stage comes again.", REPEAT.key)


def _days(workouts: Sequence[Workout]) -> str:
    return ", ".join(f"{workout.on:%A}" for workout in workouts)
