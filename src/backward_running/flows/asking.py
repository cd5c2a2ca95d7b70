"""Ask the rules with all that is known: answers, check-ins and what was done. Neighbours talk in facts, merged here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backward_running import plans, rehab
from backward_running.core.adaptation import Done
from backward_running.core.athlete import CheckIn
from backward_running.core.glance import once
from backward_running.core.plan import GateState, Plan, Workout
from backward_running.core.ports import Coaching, HealthFacts, SessionsSaidDone
from backward_running.flows import days, match, parq, said_and_recorded, said_done, told_before, walk_test
from backward_running.flows.stopping import of_a_plan, stopping
from backward_running.flows.supervised import with_supervised
from backward_running.rehab.base import Facts


def facts(store: HealthFacts, answers: Mapping[str, object], day: date, done: Sequence[Done] = ()) -> Facts:
    """Gather what the rules may look at on a day."""
    beside = with_supervised(store, done, until=day)
    check_ins = said_and_recorded.spoken_of_recordings(days.telling_check_ins(store), beside)
    answers = parq.dated(store, walk_test.dated(store, told_before.with_told(store, answers)))
    gone = _taken_back(store, check_ins)
    return Facts(day, store.athlete(), answers, check_ins, beside, store.clearances(), gone)


def _taken_back(store: SessionsSaidDone, check_ins: Sequence[CheckIn]) -> frozenset[str]:
    """Return the names under which check-ins speak of sessions that nobody says any more were done."""
    spoken = {check_in.activity_id for check_in in check_ins if check_in.activity_id is not None}
    words = {said_done.word_id(word.workout_id) for word in store.said_done()} if spoken else set()
    return frozenset(name for name in spoken if said_done.is_word(name) and name not in words)


@dataclass(frozen=True, slots=True)
class Situation:
    """A plan on a day: what was done of it, what the rules know and what they say. Asked once, used by all."""

    plan: Plan  #: as it is kept
    done: tuple[Done, ...]
    facts: Facts
    gates: tuple[GateState, ...]  #: those that count for its programme; why it makes no weeks, where it makes none
    said_not: frozenset[str] = frozenset()  #: sessions of which their runner said that they were not done
    adapted: plans.Adapted | None = None  #: how the plan answers to all this, where that was asked already

    @property
    def stopped(self) -> bool:
        """Whether a gate stops all coaching: a red flag, pain for a clinician, a fall without an answer."""
        return bool(stopping(self.gates))

    def coming(self, day: date) -> list[Workout]:
        """Return the sessions from a day on, the next one first; neither what is done nor what was not."""
        over = {session.workout_id for session in self.done} | self.said_not
        return sorted(
            (workout for workout in self.plan.workouts() if workout.on >= day and workout.workout_id not in over),
            key=lambda workout: workout.on,
        )


def situation(store: Coaching, day: date) -> Situation | None:
    """Ask everything about the current plan on a day; None without a plan."""
    return _situation(store, day, days.own_zone(store))


@once
def _situation(store: Coaching, day: date, zone: str) -> Situation | None:  # noqa: ARG001 -- days are those of a zone
    plan = store.plan()
    return None if plan is None else situation_of(store, plan, day)


def situation_of(store: Coaching, plan: Plan, day: date) -> Situation:
    """Ask everything about one plan on a day, kept or not."""
    done = match.done(store, plan, until=day)
    known = facts(store, parq.of_plan(plan), day, done)
    own = {session.activity_id for session in done}
    done = tuple(session for session in rehab.with_ratings(known) if session.activity_id in own)
    gates = plans.needed(rehab.ask_rules(known), plan.protocol)
    gates = of_a_plan(gates) if plan.weeks else gates
    if plan.weeks and not stopping(gates):
        gates = (*gates, *plans.without_dose(plan.answers, gates, plan.protocol))
    return Situation(plan, done, known, (*gates, *plans.own_gates(plan)), said_done.not_done(store))
