"""Where a runner stands: which stage they go on with, what they may build on, and why. Read from what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.goals import condition_of
from backward_running.core.plan import Plan, Reason, Week, Workout
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose
from backward_running.plans.base import Answers


def _proposal(key: str, says: str) -> Evidence:
    return Evidence(key=key, says=says, study=THIS_PROJECT, standing=Standing.OPINION, tag=Tag.PROPOSED)


REPEAT = _proposal("adapt.repeat", "A stage is passed when its sessions were done; after a missed one it is repeated.")
BREAK = _proposal(
    "adapt.break",
    "Seven days without running backward hold the stage; from fourteen on each further week takes one stage back.",
)
COMPLETE_SHARE = Number(
    "session_complete_share",
    0.9,
    "1",
    _proposal(
        "adapt.complete",
        "A session counts as done as planned from 90 % of its backward time on: a recording loses a few seconds at "
        "every turn.",
    ),
)
CAP_SLACK_RATIO = Number(
    "cap_slack_ratio",
    1.05,
    "1",
    _proposal("adapt.cap", "A recorded speed keeps a cap up to 5 % above it: a watch is not more exact over a minute."),
)
HOLD_AFTER_DAYS = Number("break_holds_after_days_count", 7, "days", BREAK)
STEP_BACK_AFTER_DAYS = Number("break_steps_back_after_days_count", 14, "days", BREAK)
CLEAN_SESSIONS = Number(
    "rehab_clean_sessions_count",
    2,
    "1",
    _proposal("adapt.clean_sessions", "In rehabilitation the last two planned sessions, done and clean, pass a stage."),
)
LOOK_BACK_DAYS = Number(
    "load_before_setback_days_count",
    7,
    "days",
    _proposal("adapt.hold", "After a setback no session has more than the longest of the last seven days before it."),
)


def is_complete(done_backward_s: float, planned_backward_s: float) -> bool:
    """Tell whether a session was done as planned.

    Parameters
    ----------
    done_backward_s, planned_backward_s : float
        Backward seconds, recorded and planned; 0 or more.

    >>> is_complete(290.0, 300.0), is_complete(200.0, 300.0)
    (True, False)
    """
    return done_backward_s >= COMPLETE_SHARE.value * planned_backward_s


def within_cap(speed_mps: float, cap_mps: float) -> bool:
    """Tell whether a recorded speed kept a cap, as far as a recording can tell.

    >>> within_cap(1.24, 1.2), within_cap(1.5, 1.2)
    (True, False)
    """
    return speed_mps <= CAP_SLACK_RATIO.value * cap_mps


@dataclass(frozen=True, slots=True)
class Progress:
    """What a plan goes on with."""

    week: int  #: number of the running week
    stage: int  #: for the running week
    repeats: bool  #: the week after the running one has the same stage
    hold_backward_s: float | None  #: no session has more until the next ones went well
    history: tuple[tuple[date, float], ...]  #: day, backward seconds: what was done, as far as a plan may build on it
    reasons: tuple[Reason, ...]


def starts_on(plan: Plan) -> date:
    """Return the first day of the first week."""
    return plan.weeks[0].starts_on


def week_number(plan: Plan, day: date) -> int:
    """Return the number of the calendar week a day lies in; 1 before the plan begins."""
    return max(1, (day - starts_on(plan)).days // 7 + 1)


def week_start(plan: Plan, number: int) -> date:
    """Return the first day of a week of that number."""
    return starts_on(plan) + timedelta(weeks=number - 1)


def progress_of(
    plan: Plan,
    answers: Answers,
    *,
    today: date,
    resumes_on: date,
    done: Sequence[Done],
    setbacks: Sequence[Setback],
    skipped: Iterable[str],
) -> Progress:
    """Read from what was done which stage comes next. Pure.

    Parameters
    ----------
    plan : Plan
        With at least one week; those before the running one are read, never changed.
    answers : Answers
        From which the plan was first made.
    today, resumes_on : date
        The day, and the first on which a session may be done again.
    done : sequence of Done
        Recorded sessions since the plan began.
    setbacks : sequence of Setback
        Those in force.
    skipped : iterable of str
        Ids of workouts that were left out on purpose.
    """
    running = week_number(plan, today)
    by_id = {one.workout_id: one for one in done if one.workout_id is not None}
    look = _Look(plan, answers, by_id, frozenset(skipped), tuple(setbacks))
    stage, why = look.stage_before(running)
    own = [one for one in _workouts(plan, running) if one.on < today or one.workout_id in by_id]
    stage = min([stage, *(one.stage for one in own if one.stage and one.workout_id in by_id)])
    stage, more = look.after_setbacks(running, stage)
    break_days = _days_without(done, resumes_on) or 0
    back = stages_back_after(break_days)
    if back:
        more = (*more, _break_words(break_days))
    missed = _missed(own, by_id, today)
    blocked = bool(setbacks) or bool(missed) or look.skips_in(running)
    history = tuple(sorted(_history(plan, answers, done)))
    hold_s, spike = _hold(plan, done, history, setbacks)
    reasons = [*why, *more, *([_miss_words(missed, running)] if missed else []), *([spike] if spike else [])]
    return Progress(running, max(1, stage - back), blocked, hold_s, history, tuple(dict.fromkeys(reasons)))


@dataclass(frozen=True, slots=True)
class _Look:
    plan: Plan
    answers: Answers
    done: Mapping[str, Done]
    skipped: frozenset[str]
    setbacks: tuple[Setback, ...]

    def stage_before(self, running: int) -> tuple[int, tuple[Reason, ...]]:
        """Follow the past weeks: one that was done whole leads on, a miss repeats it, a setback holds or steps back."""
        stage = self.answers.first_stage
        why: tuple[Reason, ...] = ()
        for week in self.plan.weeks:
            if week.number >= running:
                break
            stage, why = self._after(week, stage)
        return stage, why

    def _after(self, week: Week, entered: int) -> tuple[int, tuple[Reason, ...]]:
        stages = [one.stage for one in week.workouts if one.stage]
        stage = min(stages, default=entered)
        held, why = self.after_setbacks(week.number, entered)
        if why:
            return min(held, stage), why
        if any(setback.on < week.starts_on for setback in self.setbacks):
            return min(stage, entered), ()
        missed = _missed(week.workouts, self.done, week.starts_on + timedelta(weeks=1))
        if missed and not self._clean_enough(week):
            return min(stage, entered), (_miss_words(missed, week.number),)
        if self.skips_in(week.number):
            return min(stage, entered), (Reason("You left a session out, so its stage comes again.", REPEAT.key),)
        return (stage + 1 if week.workouts else entered), ()

    def _clean_enough(self, week: Week) -> bool:
        count = int(CLEAN_SESSIONS.value)
        last = week.workouts[-count:]
        clean = len(last) == count and all(_is_done(one, self.done) for one in last)
        return clean and condition_of(self.answers.goal) is not None

    def after_setbacks(self, number: int, stage: int) -> tuple[int, tuple[Reason, ...]]:
        """Return the stage after the setbacks of one week, and why; several in a week count as the worst of them."""
        first = week_start(self.plan, number)
        own = [one for one in self.setbacks if first <= one.on < first + timedelta(weeks=1)]
        back = max((one.stages_back for one in own), default=0)
        return max(1, stage - back), tuple(one.reason for one in own)

    def skips_in(self, number: int) -> bool:
        """Tell whether the runner left a session of that week out."""
        return any(one.startswith(f"{self.plan.plan_id}-w{number:02d}-") for one in self.skipped)


def _workouts(plan: Plan, number: int) -> tuple[Workout, ...]:
    return next((week.workouts for week in plan.weeks if week.number == number), ())


def _is_done(one: Workout, done: Mapping[str, Done]) -> bool:
    return one.workout_id in done and done[one.workout_id].complete


def _missed(workouts: Iterable[Workout], done: Mapping[str, Done], before: date) -> list[Workout]:
    return [
        one for one in workouts if (one.on < before or one.workout_id in done) and not _is_done(one, done)
    ]  # what was begun and cut short is no pass either


def _miss_words(missed: Sequence[Workout], number: int) -> Reason:
    days = ", ".join(f"{one.on:%A}" for one in missed)
    return Reason(f"Week {number}: {days} was not done in full, so its stage comes again.", REPEAT.key)


def stages_back_after(days_count: int) -> int:
    """Return how many stages back a break of so many days leads.

    >>> [stages_back_after(days) for days in (6, 13, 14, 21)]
    [0, 0, 1, 2]
    """
    if days_count < STEP_BACK_AFTER_DAYS.value:
        return 0
    return int((days_count - HOLD_AFTER_DAYS.value) // 7)


def _days_without(done: Sequence[Done], day: date) -> int | None:
    days = [one.on for one in done if one.backward_s > 0 and one.on <= day]
    return (day - max(days)).days if days else None


def passed_words(running: int) -> Reason:
    """Say that nothing stands in the way: the only reason there is where no other one is."""
    if running == 1:
        return Reason("The sessions to come are made from what you did and said so far.", REPEAT.key)
    return Reason(
        f"Week {running - 1} is behind you without a miss or a setback: the plan goes on from there.", REPEAT.key
    )


def _break_words(days_count: int) -> Reason:
    return Reason(
        f"{days_count} days lie between your last backward session and the next: it goes back a stage "
        "for each week over the first.",
        BREAK.key,
    )


def _history(plan: Plan, answers: Answers, done: Sequence[Done]) -> Iterator[tuple[date, float]]:
    """Yield what a plan may build on: never more than the dose rules allowed on that day, however much was done."""
    first = starts_on(plan)
    told = [one for one in answers.backward_history if one[0] < first]
    yield from told
    planned = {one.workout_id: one.duration_s(Direction.BACKWARD) for one in plan.workouts()}
    for one in sorted(done, key=lambda each: (each.on, each.activity_id)):
        if one.backward_s <= 0 or one.on < first:
            continue
        counted_s = _counted_s(
            one, planned.get(one.workout_id or ""), dose.backward_limit_s(one.on, told, (), begun=bool(told))
        )
        told.append((one.on, counted_s))
        yield one.on, counted_s


def _counted_s(one: Done, planned_s: float | None, limit_s: float) -> float:
    """Return what counts of a session: as planned where it was done so, else what was done, up to what was allowed."""
    if planned_s is not None and one.complete and one.backward_s <= dose.BACKWARD_GROWTH_RATIO.value * planned_s:
        return planned_s
    return min(one.backward_s, max(limit_s, planned_s or 0.0))


def _hold(
    plan: Plan,
    done: Sequence[Done],
    history: Sequence[tuple[date, float]],
    setbacks: Sequence[Setback],
) -> tuple[float | None, Reason | None]:
    """Return what no next session may exceed: after a setback the load before it, after too much what was planned."""
    own = sorted((one for one in done if one.backward_s > 0 and one.on >= starts_on(plan)), key=lambda one: one.on)
    if not own or not history:
        return None, None
    last = own[-1]
    limits: list[float] = []
    if setbacks:
        since = last.on - timedelta(days=int(LOOK_BACK_DAYS.value))
        before_s = max(seconds for day, seconds in history if day > since)
        ill = any(one.kind is SetbackKind.ILLNESS for one in setbacks)
        limits.append(before_s / dose.BACKWARD_GROWTH_RATIO.value if ill else before_s)
    planned_s = next(
        (one.duration_s(Direction.BACKWARD) for one in plan.workouts() if one.workout_id == last.workout_id), 0.0
    )
    before = [one for one in history if one[0] < last.on]
    allowed_s = max(
        dose.backward_limit_s(last.on, before, (), begun=bool(before)), dose.BACKWARD_GROWTH_RATIO.value * planned_s
    )
    spike = None
    if last.backward_s > allowed_s:
        limits.append(planned_s or allowed_s)
        spike = Reason(
            f"On {last.on:%A} you went backward for {last.backward_s / 60:.0f} minutes, more than "
            f"{allowed_s / 60:.0f}: the next sessions do not grow.",
            dose.SPIKE_PER_DIRECTION.key,
        )
    return min(limits, default=None), spike
