"""Gather what the weeks to come must answer to: what history leaves, what was asked for, what the plan held."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from backward_running.core.adaptation import Done, Setback
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState, Plan, Wish, Workout
from backward_running.plans import _sprints, _stage_zero, _why, _wishes, dose
from backward_running.plans._asked import Asked
from backward_running.plans._course import Course, stage_sizes
from backward_running.plans._done import week_start
from backward_running.plans._lookback import longest_bout_s
from backward_running.plans.allowance import Allowance, allowance_of
from backward_running.plans.base import Answers, Limits, Protocol, Restart
from backward_running.plans.checking_history import History


def course_of(plan: Plan, asked: Asked, wishes: Sequence[Wish]) -> Course:
    """Gather what the weeks to come must answer to.

    Parameters
    ----------
    plan : Plan
        As it stands, or as a change would leave it.
    asked : Asked
        The facts of the day.
    wishes : sequence of Wish
        Those that are granted; a move that is only asked for is none of them.
    """
    answers, today, done = asked.answers, asked.today, asked.done
    away, skipped = _wishes.away(wishes), _wishes.skipped(wishes)
    setbacks = (*asked.setbacks, *_wishes.illnesses(wishes, done))
    rested_on = max([today, *(setback.rest_until for setback in setbacks if setback.rest_until is not None)])
    not_before = _wishes.first_free(rested_on, away)
    allowed = _allowed(plan, asked, setbacks, skipped, away, not_before or today)
    return Course(
        plan,
        protocol_of(plan),
        answers,
        _answers_now(plan, asked, wishes, allowed, setbacks, not_before),
        allowed,
        away,
        not_before,
        frozenset(skipped),
        setbacks=setbacks,
        adds_none=_wishes.is_experimenting(wishes, today),
        limits_changed=_why.ceilings_loosened(plan, answers.facts.ceilings, today) or _walk_gone(plan, asked.gates),
        history=History(plan, done, setbacks, today, frozenset(skipped), told=asked.every_setback),
    )


def _allowed(
    plan: Plan,
    asked: Asked,
    setbacks: Sequence[Setback],
    skipped: Collection[str],
    away: _wishes.Away,
    not_before: date,
) -> Allowance:
    """Ask what history and facts leave."""
    return allowance_of(
        plan,
        asked.answers,
        today=asked.today,
        resumes_on=_resumes_on(plan, not_before, asked.done_ids, skipped, away),
        done=asked.done,
        setbacks=setbacks,
        skipped=skipped,
        sizes=stage_sizes(protocol_of(plan).weeks, asked.answers),
        told=asked.every_setback,
    )


def _answers_now(
    plan: Plan,
    asked: Asked,
    wishes: Sequence[Wish],
    allowed: Allowance,
    setbacks: Sequence[Setback],
    not_before: date | None,
) -> Answers:
    """Return the answers with which the running week is made: what was answered, and what history left of it."""
    answers, today = asked.answers, asked.today
    running = next((week.workouts for week in plan.weeks if week.number == allowed.week), ())
    kept = tuple(workout for workout in running if workout.on < today or workout.workout_id in asked.done_ids)
    limits = _limits(asked.held or plan, allowed, kept, _wishes.skipped(wishes))
    bouts, earlier = _bouts(plan, asked.done), any(session.follows_earlier for session in asked.done)
    facts = replace(
        answers.facts,
        walking_only=answers.facts.walking_only or any(gate.walking_only and not gate.open for gate in asked.gates),
        limits=replace(limits, sprints_held_until=_sprints.held_until(setbacks)),
        backward_history=allowed.history,
        bout_history=_tolerated(bouts, earlier=earlier) if answers.stage_zero else tuple(bouts),
    )
    restart = _restart(plan, allowed, kept, wishes)
    restart = replace(restart, not_before=not_before or date.max, away=_wishes.away(wishes))
    return replace(answers, starts_on=week_start(plan, allowed.week), facts=facts, restart=restart)


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


def _tolerated(bouts: Iterator[tuple[date, float]], *, earlier: bool) -> tuple[tuple[date, float], ...]:
    """Return the bouts that the next ones may build on: one that grew too much counts as the longest before it.

    The first of thirty days is not the first of all: after a break it grows from what somebody begins with. `earlier`:
    something was done before these.
    """
    told: list[tuple[date, float]] = []
    for on, longest_s in sorted(bouts):
        before_s = dose.longest_in_window_s(on, told)
        is_first = not (told or earlier)
        too_long = not is_first and longest_s > _stage_zero.bout_limit_s(before_s)
        told.append((on, (before_s or _stage_zero.FIRST_BOUT_S.value) if too_long else longest_s))
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


def protocol_of(plan: Plan) -> Protocol:
    """Return the programme of a plan. Raises BadValue where there is none of that name."""
    from backward_running.plans import all_protocols

    protocols = all_protocols()
    if plan.protocol not in protocols:
        raise BadValue("protocol", f"be one of {', '.join(protocols)}", plan.protocol)
    return protocols[plan.protocol]
