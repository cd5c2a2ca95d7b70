"""Adapt a plan to what was really done: the same protocol makes the weeks anew from the running one on.

What is past stays as it was. Nothing changes where the plan still stands: so adapting twice changes nothing the second
time, and a calendar keeps its events. What may be done is not decided here but in :mod:`plans.allowance`; a plan that
holds more than that is lowered at once, and nothing is raised without the runner's word (decision 0011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from backward_running.core.adaptation import Done, Room, Setback
from backward_running.core.plan import Change, GateState, Plan, Reason, Wish, WishKind, Workout
from backward_running.plans import _why, _wishes, _withdrawn
from backward_running.plans._after_setback import HELD, remembered
from backward_running.plans._asked import Asked
from backward_running.plans._course import Course
from backward_running.plans._gathering import course_of
from backward_running.plans._moving import moved, room_for
from backward_running.plans._notes import noted
from backward_running.plans._titles import titled
from backward_running.plans._why import Said
from backward_running.plans._withdrawn import Record
from backward_running.plans.base import Answers

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
    asked = _asked(plan, answers, today, done, setbacks, wishes, gates, record)
    made = _answer(asked)
    if made.plan.revision == plan.revision:
        return replace(made, plan=plan)
    return replace(made, plan=replace(made.plan, changed_at=changed_at, wishes=(*plan.wishes, *wishes)))


def room_to_move(  # noqa: PLR0913 -- the same facts as a change answers to
    plan: Plan,
    answers: Answers,
    workout: Workout,
    *,
    today: date,
    done: Sequence[Done],
    setbacks: Sequence[Setback],
    wishes: Sequence[Wish] = (),
    gates: Sequence[GateState],
    record: Record | None = None,
) -> Room:
    """Say on which days of its week a session could be instead, with nothing else in the plan changed. Pure.

    Parameters
    ----------
    workout : Workout
        One of the plan, to come or missed; what was begun stays where it was.
    plan, answers, today, done, setbacks, wishes, gates, record
        As for :func:`adapt`.

    Returns
    -------
    Room
        The days, earliest first; where there are none, why not.
    """
    asked = _asked(plan, answers, today, done, setbacks, wishes, gates, record)
    wish = Wish(WishKind.MOVE, plan.made_at, workout_id=workout.workout_id, to=today)
    problem = _wishes.problem(plan, wish, today=today, done_ids=asked.done_ids)
    if problem is not None:
        return Room((), problem)
    course = _leaving(course_of(plan, asked, asked.granted), wish)
    return room_for(course, plan.weeks, workout, today)


def _asked(
    plan: Plan,
    answers: Answers,
    today: date,
    done: Sequence[Done],
    setbacks: Sequence[Setback],
    wishes: Sequence[Wish],
    gates: Sequence[GateState],
    record: Record | None,
) -> Asked:
    told = None if record is None else tuple(record.told)
    held = _withdrawn.as_it_last_held(plan, record, today)
    asked = Asked(plan, answers, today, tuple(done), tuple(setbacks), tuple(wishes), tuple(gates), told, held=held)
    first = asked.went_down_after()
    before = record.as_it_was(first) if record is not None and first is not None else None
    return replace(asked, before=before)


@lru_cache(maxsize=16)
def _answer(asked: Asked) -> Adapted:
    """Answer a question; every page of a day asks the same one again."""
    plan, answers, today = asked.plan, asked.answers, asked.today
    wishes, gates = asked.wishes, asked.gates
    for wish in wishes:
        refused = _wishes.problem(plan, wish, today=today, done_ids=asked.done_ids)
        if refused:
            return Adapted(plan, (), (), refused)
    moves = [wish for wish in wishes if wish.kind is WishKind.MOVE]
    course = course_of(plan, asked, asked.granted)
    asking = _asking(course, asked) if asked.may_go_up or asked.before is not None else None
    course, stands = asking or course, asking is None and course.still_stands()
    weeks = plan.weeks if stands else course.weeks()
    for wish in moves:
        weeks, refused = moved(_leaving(course, wish), weeks, wish, today)
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
    lowers = made.at_once or (bool(made.changes) and not asks)
    return replace(made, at_once=lowers and not course.raises)


def _leaving(course: Course, wish: Wish) -> Course:
    """Return a course in which the session that moves stands on no day: one that was missed stood on its own."""
    restart = course.answers.restart
    kept = tuple(workout for workout in restart.kept if workout.workout_id != wish.workout_id)
    return replace(course, answers=replace(course.answers, restart=replace(restart, kept=kept)))


def _settled(new: Plan, asked: Asked, said: list[Said]) -> tuple[Plan, list[Said]]:
    """Return a changed plan that stands on a second look: what the next door would change, this change says already.

    A new day may open a gap that costs a stage, and a session that is left out may leave too few for the next stage.
    """
    today = asked.today
    for _ in range(MOST_LOOKS):
        held = new if any(workout.on >= today for workout in new.workouts()) else asked.held
        course = course_of(new, replace(asked, held=held), new.wishes)
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


# What changed


def _result(plan: Plan, new: Plan, said: Sequence[Said]) -> Adapted:
    """Say what really differs; the same plan where nothing does."""
    changes = _why.with_reasons(_changes(plan, new), said, Reason("What you did since moved the limits."))
    if not changes and new.wishes == plan.wishes:
        return _of_lower_stages(plan, new)
    revised = replace(noted(titled(new)), revision=plan.revision + 1, changes=changes)
    return Adapted(revised, changes, tuple(dict.fromkeys(told.reason for told in said)))


def _of_lower_stages(plan: Plan, new: Plan) -> Adapted:
    """Lower the stages of sessions that are the same to anybody: the weeks after them count from there.

    Nobody is told, for nothing that a runner would notice is another.
    """
    had = {workout.workout_id: workout.stage for workout in plan.workouts()}
    steps = [workout.stage - had.get(workout.workout_id, 0) for workout in new.workouts()]
    if max(steps, default=0) > 0 or min(steps, default=0) == 0:
        return Adapted(plan, (), ())
    return Adapted(replace(new, revision=plan.revision + 1, changes=plan.changes), (), (), at_once=True)


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
