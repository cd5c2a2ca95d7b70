"""Adapt a plan to what was really done: the same protocol makes the weeks anew from the running one on.

What is past stays as it was. Nothing changes where the plan still stands: so adapting twice changes nothing the second
time, and a calendar keeps its events. What may be done is not decided here but in :mod:`plans.allowance`; a plan that
holds more than that is lowered at once, and nothing is raised without the runner's word (decision 0011).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from backward_running.core.adaptation import Done, Setback
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Change, GateState, Plan, Reason, Wish, WishKind, Workout
from backward_running.plans import _sprints, _stage_zero, _why, _wishes, _withdrawn, dose
from backward_running.plans._after_setback import HELD, remembered
from backward_running.plans._asked import Asked
from backward_running.plans._course import Course, stage_sizes
from backward_running.plans._done import week_start
from backward_running.plans._lookback import longest_bout_s
from backward_running.plans._moving import moved
from backward_running.plans._notes import noted
from backward_running.plans._titles import titled
from backward_running.plans._why import Said
from backward_running.plans._withdrawn import Record
from backward_running.plans.allowance import Allowance, allowance_of
from backward_running.plans.base import Answers, Limits, Protocol, Restart
from backward_running.plans.checking_history import History

#: Each look may leave a session out that the one before it had; a plan has few sessions of which that can be.
MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class Adapted:
    """A plan after it was adapted, and what came of it."""

    plan: Plan  #: the same plan where nothing changes
    changes: tuple[Change, ...]  #: only what really differs
    reasons: tuple[Reason, ...]
    refused: str | None = None  #: why a wish cannot be met: the rule that binds, and the nearest day that would do
    at_once: bool = False  #: the plan as it stood may not be followed: what is here only lowers it, and holds already


def adapt(  # noqa: PLR0913 -- a plan answers to all of it at once
    plan: Plan,
    answers: Answers,
    *,
    today: date,
    done: Sequence[Done],
    setbacks: Sequence[Setback],
    wishes: Sequence[Wish] = (),
    gates: Sequence[GateState],
    changed_at: datetime,
    record: Record | None = None,
) -> Adapted:
    """Make the plan answer to what was done, what went wrong and what the runner asks for. Pure.

    Parameters
    ----------
    plan : Plan
        As it stands, with the wishes that were granted before.
    answers : Answers
        From which it was first made, with the ceilings that hold now.
    today : date
        Sessions before it stay as they were.
    done : sequence of Done
        Recorded sessions since the plan began, matched to their workouts.
    setbacks : sequence of Setback
        Those in force.
    wishes : sequence of Wish
        New ones. The first that would break a rule is refused, and nothing changes.
    gates : sequence of GateState
        As they are now. While a red flag stands the plan is left alone, since no door gives it out; a gate that leaves
        walking open makes all walk; any other closed gate holds the next session and leaves the plan alone.
    changed_at : datetime
        When; does not change the sessions.
    record : Record, optional
        What was ever told, and the revisions of the plan; without it no fact counts as withdrawn.

    Returns
    -------
    Adapted
        With the same ``plan_id``; ``revision`` is one higher where anything changed.

    Raises
    ------
    BadValue
        A wish lacks what its kind needs, or names a session the plan does not have; the protocol is not known.
    """
    if not plan.weeks or any(gate.is_red_flag and not gate.open for gate in gates):
        return Adapted(plan, (), ())
    told = None if record is None else tuple(record.told)
    held = _withdrawn.as_it_last_held(plan, record, today)
    asked = Asked(plan, answers, today, tuple(done), tuple(setbacks), tuple(wishes), tuple(gates), told, held=held)
    first = asked.went_down_after()
    before = record.as_it_was(first) if record is not None and first is not None else None
    made = _answer(replace(asked, before=before))
    if made.plan.revision == plan.revision:
        return replace(made, plan=plan)
    return replace(made, plan=replace(made.plan, changed_at=changed_at, wishes=(*plan.wishes, *wishes)))


@lru_cache(maxsize=16)
def _answer(asked: Asked) -> Adapted:
    """Answer a question; every page of a day asks the same one again."""
    plan, answers, today, done = asked.plan, asked.answers, asked.today, asked.done
    wishes, gates = asked.wishes, asked.gates
    done_ids = frozenset(session.workout_id for session in done if session.workout_id is not None)
    for wish in wishes:
        refused = _wishes.problem(plan, wish, today=today, done_ids=done_ids)
        if refused:
            return Adapted(plan, (), (), refused)
    moves = [wish for wish in wishes if wish.kind is WishKind.MOVE]
    course = _course(plan, asked, asked.granted)
    asking = _asking(course, asked) if asked.may_go_up or asked.before is not None else None
    course, stands = asking or course, asking is None and course.still_stands()
    weeks = plan.weeks if stands else course.weeks()
    for wish in moves:
        weeks, refused = moved(course, weeks, wish, today)
        if refused:
            return Adapted(plan, (), (), refused)
    typed = {key: value for key, value in plan.answers.items() if key not in (_why.CEILINGS, HELD, _withdrawn.LOWERED)}
    memory = remembered(plan, course.allowed.spans)
    memory |= _withdrawn.memory(plan, asked.facts(), course.withdrawn, today, learns=not stands)
    new = replace(
        plan,
        answers=typed | _why.kept_ceilings(answers.facts.ceilings) | memory,
        gates=gates,
        weeks=weeks,
        wishes=(*plan.wishes, *wishes),
    )
    said = [] if stands else _said(course, wishes, gates, today)
    if moves or not stands:
        new, said = _settled(new, asked, said)
    asks = [wish for wish in wishes if wish.kind is not WishKind.EXPERIMENT]
    made = _result(plan, new, [*(_wished(plan, wish) for wish in wishes), *said])
    return replace(made, at_once=bool(made.changes) and not asks and not course.raises)


def _settled(new: Plan, asked: Asked, said: list[Said]) -> tuple[Plan, list[Said]]:
    """Return a changed plan that stands on a second look: what the next door would change, this change says already.

    A new day may open a gap that costs a stage, and a session that is left out may leave too few for the next stage.
    """
    today = asked.today
    for _ in range(MOST_LOOKS):
        held = new if any(workout.on >= today for workout in new.workouts()) else asked.held
        course = _course(new, replace(asked, held=held), new.wishes)
        if course.still_stands():
            break
        new, said = replace(new, weeks=course.weeks()), [*said, *_said(course, (), asked.gates, today)]
    return new, said


def _asking(course: Course, asked: Asked) -> Course | None:
    """Return the course of a change that would raise the plan, about which the runner is asked; None where none would.

    A limit is looser, what the plan waited for has come, or a fact that had lowered it no longer stands.
    """
    gone = asked.gone()
    if not (gone or course.limits_changed or course.could_go_on()) or not (course.still_stands() and course.fits()):
        return None
    course = replace(course, withdrawn=frozenset(gone))
    back = replace(course, before=asked.before).asking() if asked.before and not course.limits_changed else None
    if back is not None and _withdrawn.is_more(course.plan, back.weeks()):
        return back
    return course.asking() if asked.may_go_up and (course.limits_changed or course.could_go_on()) else None


def _wished(plan: Plan, wish: Wish) -> Said:
    week = _wishes.week_of(plan, wish.workout_id) if wish.workout_id is not None else None
    return _why.wished(wish, _wishes.words(plan, wish), week)


def _said(course: Course, wishes: Sequence[Wish], gates: Sequence[GateState], today: date) -> list[Said]:
    """Say why the weeks to come are made anew."""
    ceilings = course.first.facts.ceilings
    changed = _why.ceilings_changed(course.plan, ceilings, today)
    said = [
        *_why.of_progress(course.allowed.reasons, wishes),
        *([_why.of_ceilings(ceilings)] if changed else []),
        *_why.of_walking(course.plan.gates, gates),
    ]
    if course.before is not None:
        gone = {key: fact.on for key, fact in _withdrawn.remembered_of(course.plan).items() if key in course.withdrawn}
        said.insert(0, _why.of_going_back(gone))
    elif course.raises and course.could_go_on():
        said.insert(0, _why.of_going_on())
    if said or wishes:
        return said
    broken = course.broken([week for week in course.plan.weeks if week.number >= course.allowed.week])
    return _why.of_progress([_why.of_rule(broken[0])] if broken else [], ())


def _course(plan: Plan, asked: Asked, wishes: Sequence[Wish]) -> Course:
    """Gather what the weeks to come must answer to."""
    answers, today, done, gates, told = asked.answers, asked.today, asked.done, asked.gates, asked.every_setback
    away, skipped, done_ids = _wishes.away(wishes), _wishes.skipped(wishes), {session.workout_id for session in done}
    setbacks = (*asked.setbacks, *_wishes.illnesses(wishes, done))
    rested_on = max([today, *(setback.rest_until for setback in setbacks if setback.rest_until is not None)])
    not_before = _wishes.first_free(rested_on, away)
    resumes_on = _resumes_on(plan, not_before or today, done_ids, skipped, away)
    allowed = allowance_of(
        plan,
        answers,
        today=today,
        resumes_on=resumes_on,
        done=done,
        setbacks=setbacks,
        skipped=skipped,
        sizes=stage_sizes(_protocol_of(plan).weeks, answers),
        told=told,
    )
    running = next((week.workouts for week in plan.weeks if week.number == allowed.week), ())
    kept = tuple(workout for workout in running if workout.on < today or workout.workout_id in done_ids)
    restart = _restart(plan, allowed, kept, wishes)
    effective = replace(
        answers,
        starts_on=week_start(plan, allowed.week),
        facts=replace(
            answers.facts,
            walking_only=answers.facts.walking_only or any(gate.walking_only and not gate.open for gate in gates),
            limits=replace(
                _limits(asked.held or plan, allowed, kept, skipped), sprints_held_until=_sprints.held_until(setbacks)
            ),
            backward_history=allowed.history,
            bout_history=_tolerated(_bouts(plan, done)) if answers.stage_zero else tuple(_bouts(plan, done)),
        ),
        restart=replace(restart, not_before=not_before or date.max, away=away),
    )
    return Course(
        plan,
        _protocol_of(plan),
        answers,
        effective,
        allowed,
        away,
        not_before,
        frozenset(skipped),
        setbacks=tuple(setbacks),
        adds_none=_wishes.is_experimenting(wishes, today),
        limits_changed=_why.ceilings_loosened(plan, answers.facts.ceilings, today) or _walk_gone(plan, gates),
        history=History(plan, tuple(done), tuple(setbacks), today, frozenset(skipped), told=tuple(told)),
    )


def _restart(plan: Plan, allowed: Allowance, kept: tuple[Workout, ...], wishes: Sequence[Wish]) -> Restart:
    """Return where the plan takes up, as far as history and wishes say it: which days are free is not in it."""
    prefix = f"{plan.plan_id}-"
    moved = _chosen_days(plan, wishes)
    return Restart(
        first_week=allowed.week,
        first_stage=allowed.stage,
        kept=kept,
        moved=tuple((workout_id.removeprefix(prefix), day) for workout_id, day in moved.items()),
        skipped=tuple(workout_id.removeprefix(prefix) for workout_id in _wishes.skipped(wishes)),
        hold_backward_s=allowed.session_s,
    )


def _resumes_on(
    plan: Plan, not_before: date, done_ids: Collection[str | None], skipped: Collection[str], away: _wishes.Away
) -> date:
    """Return the day of the next session as the plan has it: over how long a break it lies is counted up to there."""
    possible = (
        workout.on
        for workout in plan.workouts()
        if workout.on >= not_before and workout.workout_id not in done_ids and workout.workout_id not in skipped
    )
    return next((day for day in sorted(possible) if not any(first <= day <= last for first, last in away)), not_before)


def _limits(plan: Plan, allowed: Allowance, kept: Sequence[Workout], skipped: Collection[str]) -> Limits:
    """Return what history leaves, and what the plan held: a change is never more than that."""
    coming = [
        workout
        for workout in plan.workouts()
        if workout.week >= allowed.week and workout not in kept and workout.workout_id not in skipped
    ]
    of_week: dict[int, float] = {}
    stage_of_week: dict[int, int] = {}
    for workout in coming:
        of_week[workout.week] = of_week.get(workout.week, 0.0) + workout.duration_s(Direction.BACKWARD)
        stage_of_week[workout.week] = max(stage_of_week.get(workout.week, 0), workout.stage)
    for workout_id in skipped:  # what was left out leaves its minutes to nobody, also where nothing else is in its week
        of_week.setdefault(_wishes.week_of(plan, workout_id), 0.0)
    return Limits(
        spans=allowed.spans,
        rises=allowed.rises,
        speed_mps=allowed.speed_mps,
        planned=tuple((workout.on, workout.duration_s(Direction.BACKWARD)) for workout in plan.workouts()),
        recorded=allowed.recorded,
        over=allowed.over,
        of_session=tuple(
            (workout.workout_id.removeprefix(f"{plan.plan_id}-"), workout.duration_s(Direction.BACKWARD))
            for workout in coming
        ),
        of_week=tuple(of_week.items()),
        stage_of_week=tuple((week, stage) for week, stage in stage_of_week.items() if stage),
    )


def _bouts(plan: Plan, done: Sequence[Done]) -> Iterator[tuple[date, float]]:
    """Yield day and longest bout of what was done: as planned where it was done so, else as recorded."""
    planned = {workout.workout_id: workout for workout in plan.workouts()}
    for session in done:
        workout = planned.get(session.workout_id or "")
        longest_s = (
            longest_bout_s(workout) if workout is not None and session.complete else session.longest_backward_bout_s
        )
        if longest_s > 0:
            yield session.on, longest_s


def _tolerated(bouts: Iterator[tuple[date, float]]) -> tuple[tuple[date, float], ...]:
    """Return the bouts that the next ones may build on: one that grew too much counts as the longest before it."""
    told: list[tuple[date, float]] = []
    for on, longest_s in sorted(bouts):
        before_s = dose.longest_in_window_s(on, told)
        too_long = before_s is not None and longest_s > _stage_zero.bout_limit_s(before_s)
        told.append((on, before_s if too_long and before_s is not None else longest_s))
    return tuple(told)


def _walk_gone(plan: Plan, gates: Sequence[GateState]) -> bool:
    """Tell whether a gate that left only walking open has opened since the plan was made."""
    before, now = ([gate for gate in each if gate.walking_only and not gate.open] for each in (plan.gates, gates))
    return bool(before) and not now


def _chosen_days(plan: Plan, wishes: Sequence[Wish]) -> dict[str, date]:
    """Return the sessions whose day is not to be touched: those moved by hand, and the others of a week with a gap.

    Who leaves Monday out does not want Wednesday's session on Monday.
    """
    left_out = set(_wishes.skipped(wishes))
    gaps = {_wishes.week_of(plan, workout_id) for workout_id in left_out}
    beside = {
        workout.workout_id: workout.on
        for workout in plan.workouts()
        if workout.week in gaps and workout.workout_id not in left_out
    }
    return beside | _wishes.moved(wishes)


def _protocol_of(plan: Plan) -> Protocol:
    from backward_running.plans import all_protocols

    protocols = all_protocols()
    if plan.protocol not in protocols:
        raise BadValue("protocol", f"be one of {', '.join(protocols)}", plan.protocol)
    return protocols[plan.protocol]


# What changed


def _result(plan: Plan, new: Plan, said: Sequence[Said]) -> Adapted:
    """Say what really differs; the same plan where nothing does."""
    changes = _why.with_reasons(_changes(plan, new), said, Reason("What you did since moved the limits."))
    if not changes and new.wishes == plan.wishes:
        return Adapted(plan, (), ())
    revised = replace(noted(titled(new)), revision=plan.revision + 1, changes=changes)
    return Adapted(revised, changes, tuple(dict.fromkeys(told.reason for told in said)))


def _changes(plan: Plan, new: Plan) -> tuple[Change, ...]:
    before = {workout.workout_id: workout for workout in plan.workouts()}
    after = {workout.workout_id: workout for workout in new.workouts()}
    found = [
        Change(name, before.get(name), after.get(name), ())
        for name in dict.fromkeys((*before, *after))
        if _noticed(before.get(name)) != _noticed(after.get(name))
    ]
    return tuple(sorted(found, key=_when))


def _noticed(workout: Workout | None) -> object:
    return None if workout is None else workout.as_noticed()


def _when(change: Change) -> tuple[date, str]:
    days = [workout.on for workout in (change.before, change.after) if workout is not None]
    return min(days), change.workout_id
