"""Hold weeks to what happened before them: the rules between plans. Nothing here is shared with the makers.

Everything is worked out anew from the recorded sessions, the setbacks and the plan as it stood, so that a fault of
:mod:`plans.allowance` is not a fault of this check.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Repeat, Week, Workout
from backward_running.plans import dose, gaps
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._days import day_words

_SLACK = 1e-6
_WEEK = timedelta(days=7)
_ASKED_DAYS = 2  #: how a session felt is asked on the two days after it


@dataclass(frozen=True, slots=True)
class History:
    """The facts that weeks are held to."""

    plan: Plan  #: as it stood before they were made
    done: tuple[Done, ...]
    setbacks: tuple[Setback, ...]  #: in force
    today: date
    skipped: frozenset[str] = frozenset()
    told: tuple[Setback, ...] = ()  #: every one that was told, in force or behind
    before: Plan | None = None  #: as it was before a fact that no longer stands; then weeks are never more than that


def broken_by_history(weeks: Sequence[Week], history: History, *, asked: bool = False) -> tuple[str, ...]:
    """Hold weeks to what was done and what went wrong; return one sentence for each break, none where all hold.

    Parameters
    ----------
    weeks : sequence of Week
        From the running one on.
    history : History
        Facts, and the plan as it stood.
    asked : bool
        The runner is asked first: sessions may be longer than the plan had them.
    """
    case = _Case.of(weeks, history)
    checks: tuple[Callable[[_Case], Iterator[str]], ...] = (
        _offered_again,
        _growth,
        _growth_after_setback,
        _after_too_much,
        _stage_after_setback,
        _shorter_than_what_hurt,
        _seven_days_after_setback,
        _stage_after_gap,
        _stage_over_what_nobody_said,
        _more_than_before_the_fact,
        *(() if asked else (_more_than_the_plan_had,)),
    )
    return tuple(sentence for check in checks for sentence in check(case))


@dataclass(frozen=True, slots=True)
class _Case:
    history: History
    new: tuple[Workout, ...]  #: sessions to come, in the order of their days
    sessions: tuple[Done, ...]  #: with backward time, oldest first
    stages: dict[str, int]  #: workout id → stage, as the plan stood

    @classmethod
    def of(cls, weeks: Sequence[Week], history: History) -> _Case:
        over = {session.workout_id for session in history.done}
        every = [workout for week in weeks for workout in week.workouts]
        new = sorted((workout for workout in every if workout.on >= history.today), key=lambda workout: workout.on)
        sessions = sorted(
            (session for session in history.done if session.backward_s > 0),
            key=lambda session: (session.on, str(session.started_at)),
        )
        stages = {workout.workout_id: workout.stage for workout in history.plan.workouts()}
        return cls(
            history, tuple(workout for workout in new if workout.workout_id not in over), tuple(sessions), stages
        )

    def counts(self) -> list[tuple[date, float, bool]]:
        """Return day, seconds that raise a ceiling, and whether it was over: one over counts as the longest before."""
        told: list[tuple[date, float, bool]] = []
        for session in self.sessions:
            before_s = _longest_s(session.on, told)
            limit_s = max(dose.FIRST_SESSION_S.value, dose.BACKWARD_GROWTH_RATIO.value * before_s)
            first = not told and not any(done.follows_earlier for done in self.history.done)
            over = not first and session.backward_s > limit_s + _SLACK
            told.append((session.on, before_s if over else session.backward_s, over))
        return told

    def stage_of(self, session: Done) -> int:
        """Return the stage of a session; one beside the session of its day was at that one's. 0 where none is known."""
        of_day = [other.workout_id for other in self.history.done if other.on == session.on and other.workout_id]
        own = [session.workout_id] if session.workout_id else of_day
        return max((self.stages.get(workout_id, 0) for workout_id in own), default=0)

    def hurt(self, setback: Setback) -> Done | None:
        return next((session for session in self.sessions if session.activity_id == setback.activity_id), None)


@lru_cache(maxsize=1024)
def _backward_s(workout: Workout) -> float:
    seconds = 0.0
    for piece in workout.pieces:
        times, steps = (piece.times, piece.steps) if isinstance(piece, Repeat) else (1, (piece,))
        seconds += times * math.fsum(step.planned_s or 0.0 for step in steps if step.direction is Direction.BACKWARD)
    return seconds


def _longest_s(on: date, sessions: Sequence[tuple[date, float, bool]]) -> float:
    window_days = dose.WINDOW_DAYS_COUNT.value
    return max((seconds for day, seconds, _ in sessions if 0 < (on - day).days <= window_days), default=0.0)


def _offered_again(case: _Case) -> Iterator[str]:
    for workout in case.new:
        if workout.workout_id in case.history.skipped:
            yield f"the session on {day_words(workout.on)} was to be left out"


def _growth(case: _Case) -> Iterator[str]:
    told = case.counts()
    for workout in case.new:
        limit_s = max(dose.FIRST_SESSION_S.value, dose.BACKWARD_GROWTH_RATIO.value * _longest_s(workout.on, told))
        if _backward_s(workout) > limit_s + _SLACK:
            yield (
                f"{_backward_s(workout) / 60:.1f} backward minutes on "
                f"{day_words(workout.on)}, {limit_s / 60:.1f} are allowed"
            )
        told.append((workout.on, _backward_s(workout), False))


def _growth_after_setback(case: _Case) -> Iterator[str]:
    """Hold the way back up: what was done before a setback is no ground to grow from."""
    window_days = dose.WINDOW_DAYS_COUNT.value
    for setback in case.history.told:
        if setback.kind is SetbackKind.ILLNESS or (case.history.today - setback.on).days > window_days:
            continue
        hurt_s, since = _hurt_and_since(case, setback)
        for workout in case.new:
            if not hurt_s or not 0 <= (workout.on - setback.on).days <= window_days:
                continue
            most_s = max(
                min(dose.FIRST_SESSION_S.value, hurt_s),
                dose.BACKWARD_GROWTH_RATIO.value * _longest_s(workout.on, since),
            )
            if _backward_s(workout) > most_s + _SLACK:
                yield (
                    f"{_backward_s(workout) / 60:.1f} backward minutes on {day_words(workout.on)}, "
                    f"{most_s / 60:.1f} are left on the way back up after {setback.kind.value}"
                )
            since.append((workout.on, _backward_s(workout), False))


def _hurt_and_since(case: _Case, setback: Setback) -> tuple[float, list[tuple[date, float, bool]]]:
    """Return the backward seconds of what hurt, and of each session since that was not too long for the way up."""
    hurt = case.hurt(setback)
    heeded = [
        (session, counts_s)
        for session, (_, counts_s, _) in zip(case.sessions, case.counts(), strict=True)
        if not _against_a_sign(session, setback)
    ]
    before = [(session, counts_s) for session, counts_s in heeded if session.on <= setback.on]
    if hurt is not None:
        hurt_s = hurt.backward_s
    else:
        hurt_s = max(
            (seconds for session, seconds in before if (before[-1][0].on - session.on).days < _WEEK.days), default=0.0
        )
    since: list[tuple[date, float, bool]] = []
    for session in (after for after, _ in heeded if _is_after(after, setback, hurt)):
        longest_s = _longest_s(session.on, since)
        limit_s = max(min(dose.FIRST_SESSION_S.value, hurt_s), dose.BACKWARD_GROWTH_RATIO.value * longest_s)
        over = session.backward_s > limit_s + _SLACK
        since.append((session.on, longest_s if over else session.backward_s, over))
    return hurt_s, since


def _against_a_sign(session: Done, setback: Setback) -> bool:
    """Whether a session was done while a warning sign stood: it is no ground for anything."""
    if setback.kind is not SetbackKind.RED_FLAG or session.activity_id == setback.activity_id:
        return False
    began, stood = session.started_at, setback.stood_from
    if session.on == setback.on and began is not None and stood is not None and began <= stood:
        return False
    return setback.on <= session.on and (setback.rest_until is None or session.on < setback.rest_until)


def _after_too_much(case: _Case) -> Iterator[str]:
    for day, _, over in case.counts():
        near = [workout for workout in case.new if over and 0 <= (workout.on - day).days < dose.REST_DAYS_COUNT.value]
        yield from (f"less than 48 hours between {day_words(day)}, which was over, and {day_words(o.on)}" for o in near)


def _stage_after_setback(case: _Case) -> Iterator[str]:
    """Hold the first session after a setback, which the later ones of its stage are like."""
    for setback in case.history.setbacks:
        first = next((workout for workout in case.new if workout.on >= setback.on and _backward_s(workout)), None)
        hurt = case.hurt(setback)
        stage = case.stage_of(hurt) if hurt is not None else 0
        if first is None or not stage or not first.stage:
            continue
        most = max(1, stage - setback.stages_back)
        if first.stage > most:
            yield f"stage {first.stage} on {day_words(first.on)}, {most} is left after {setback.kind.value}"


def _shorter_than_what_hurt(case: _Case) -> Iterator[str]:
    for setback in case.history.setbacks:
        hurt = case.hurt(setback)
        first = next((workout for workout in case.new if workout.on >= setback.on and _backward_s(workout)), None)
        if hurt is None or first is None or not setback.stages_back:
            continue
        if (first.on - hurt.on).days > dose.WINDOW_DAYS_COUNT.value and hurt.backward_s < 2 * SHORTEST_BOUT_S.value:
            continue
        at_first = case.stages.get(hurt.workout_id or "", 0) == 1
        least_s = hurt.backward_s / 2 if at_first else hurt.backward_s
        if _backward_s(first) > least_s + _SLACK or (not at_first and _backward_s(first) >= hurt.backward_s):
            yield f"{_backward_s(first) / 60:.1f} backward minutes on {day_words(first.on)}, as many as what hurt"
        cap_mps = _fastest_mps(next((o for o in case.history.plan.workouts() if o.workout_id == hurt.workout_id), None))
        if cap_mps is not None and (_fastest_mps(first) or 0.0) > cap_mps + _SLACK:
            yield f"{_fastest_mps(first)} m/s on {day_words(first.on)}, faster than what hurt"


def _fastest_mps(workout: Workout | None) -> float | None:
    if workout is None:
        return None
    caps = [step.speed_high_mps for step in workout.each_step() if step.direction is Direction.BACKWARD]
    return max((cap for cap in caps if cap is not None), default=None)


def _seven_days_after_setback(case: _Case) -> Iterator[str]:
    for setback in case.history.setbacks:
        if setback.kind is SetbackKind.ILLNESS:
            continue
        hurt = case.hurt(setback)
        since = [session for session in case.sessions if _is_after(session, setback, hurt)]
        first = min(
            [*(session.on for session in since), *(workout.on for workout in case.new if _backward_s(workout))],
            default=None,
        )
        most_s = _before_setback_s(case, setback, hurt)
        if first is None or most_s is None:
            continue
        held_s = math.fsum(held_s for day, held_s in _held(case, setback) if first <= day < first + _WEEK)
        most_s = min(most_s, held_s) if held_s else most_s
        added_s = math.fsum(_backward_s(workout) for workout in case.new if first <= workout.on < first + _WEEK)
        recorded_s = math.fsum(session.backward_s for session in since if first <= session.on < first + _WEEK)
        if added_s and added_s + recorded_s > most_s + _SLACK:
            yield (
                f"{(added_s + recorded_s) / 60:.1f} backward minutes in the seven days from {day_words(first)}, "
                f"{most_s / 60:.1f} are left after {setback.kind.value}"
            )


def _is_after(session: Done, setback: Setback, hurt: Done | None) -> bool:
    """Whether a session came after what hurt: on a later day, or on the same one at a later hour."""
    if session.on != setback.on or hurt is None or session is hurt:
        return session.on > setback.on
    return session.started_at is not None and hurt.started_at is not None and session.started_at > hurt.started_at


def _held(case: _Case, setback: Setback) -> list[tuple[date, float]]:
    """Return the days the plan had sessions on when it first answered the setback: it remembers them."""
    kept = case.history.plan.answers.get("held_after_setbacks")
    known = kept.get(f"{setback.kind.name.lower()} {setback.on}") if isinstance(kept, Mapping) else None
    if not known:
        return [(workout.on, _backward_s(workout)) for workout in case.history.plan.workouts()]
    # An earlier version kept one sum, under the first of its seven days.
    pairs = [known] if isinstance(known[0], str) else known
    return [(date.fromisoformat(day), float(seconds)) for day, seconds in pairs]


def _before_setback_s(case: _Case, setback: Setback, hurt: Done | None) -> float | None:
    begins = case.history.plan.weeks[0].starts_on if case.history.plan.weeks else setback.on
    ended_by = setback.on + timedelta(days=1) if setback.kind is SetbackKind.TREND else setback.on
    week = (ended_by - begins).days // 7 - 1  # the last one that had ended, counted from 0
    first = begins + week * _WEEK if week >= 0 else min(begins, ended_by - _WEEK)
    last = first + _WEEK if week >= 0 else setback.on + timedelta(days=1)
    told = zip(case.sessions, case.counts(), strict=True)
    before_s = math.fsum(
        counts
        for session, (day, counts, _) in told
        if first <= day < last and session is not hurt and day <= setback.on
    )
    if before_s:
        return before_s
    source = hurt or next((session for session in reversed(case.sessions) if session.on <= setback.on), None)
    return None if source is None else source.backward_s / 2


def _stage_after_gap(case: _Case) -> Iterator[str]:
    last = next((session for session in reversed(case.sessions)), None)
    first = next((workout for workout in case.new if _backward_s(workout)), None)
    stage = case.stages.get(last.workout_id or "", 0) if last is not None else 0
    if last is None or first is None or not stage or not first.stage:
        return
    days = (first.on - last.on).days
    most = gaps.stage_after_gap(stage, days)
    if days >= gaps.ONE_BACK_FROM_DAYS.value and first.stage > most:
        yield f"stage {first.stage} on {day_words(first.on)} after {days} days without, {most} is left"


def _stage_over_what_nobody_said(case: _Case) -> Iterator[str]:
    """Hold the stage of the last week with something done, while nobody said how one of its sessions felt."""
    begins = case.history.plan.weeks[0].starts_on if case.history.plan.weeks else None
    first = next((workout for workout in case.new if _backward_s(workout) and workout.stage), None)
    if begins is None or first is None:
        return
    # Of a session of a later week the running one is the last with something done.
    running = max((case.history.today - begins).days // 7, (first.on - begins).days // 7)
    weeks = [(session.on - begins).days // 7 for session in case.sessions if begins <= session.on]
    last = max((week for week in weeks if week < running), default=None)
    passed = [session for session in case.sessions if session.complete and case.stages.get(session.workout_id or "")]
    own = [session for session in passed if (session.on - begins).days // 7 == last]
    if str(case.history.plan.answers.get("goal", "")).startswith("rehab:"):
        own = own[-2:]
    unknown = [
        session for session in own if not session.is_rated and (case.history.today - session.on).days > _ASKED_DAYS
    ]
    if not unknown:
        return
    most = max(case.stages[session.workout_id or ""] for session in own)
    if first.stage > most:
        yield f"stage {first.stage} on {day_words(first.on)}, and nobody said how {day_words(unknown[0].on)} felt"


def _more_than_before_the_fact(case: _Case) -> Iterator[str]:
    """Hold what is given back to what the plan was: of a session that neither held, nothing is said here."""
    before = case.history.before
    if before is None:
        return
    had = {workout.workout_id: _backward_s(workout) for workout in (*before.workouts(),)}
    now = {workout.workout_id: _backward_s(workout) for workout in case.history.plan.workouts()}
    for workout in case.new:
        most_s = max(had.get(workout.workout_id, 0.0), now.get(workout.workout_id, 0.0))
        if most_s and _backward_s(workout) > most_s + _SLACK:
            minutes = _backward_s(workout) / 60
            yield f"{minutes:.1f} backward minutes on {day_words(workout.on)}, more than before the fact"


def _more_than_the_plan_had(case: _Case) -> Iterator[str]:
    before = {workout.workout_id: workout for workout in case.history.plan.workouts()}
    for workout in case.new:
        had = before.get(workout.workout_id)
        if had is not None and _backward_s(workout) > _backward_s(had) + _SLACK:
            yield f"{_backward_s(workout) / 60:.1f} backward minutes on {day_words(workout.on)}, the plan had less"
