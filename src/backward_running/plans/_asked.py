"""The question a plan is asked on a day: all facts that its answer depends on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from backward_running.core.adaptation import Done, Setback
from backward_running.core.plan import GateState, Plan, Wish, WishKind
from backward_running.plans import _wishes, _withdrawn
from backward_running.plans._after_setback import key_of
from backward_running.plans.base import Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """All that an answer depends on. Two that are equal have the same answer, and it is worked out once.

    Equal is equal in value: a fact that changed by a second, a word or the clock it was told on is another question.
    """

    plan: Plan
    answers: Answers
    today: date
    done: tuple[Done, ...]
    setbacks: tuple[Setback, ...]
    wishes: tuple[Wish, ...]
    gates: tuple[GateState, ...]
    told: tuple[Setback, ...] | None  #: every setback, in force or behind; None where nothing counts as withdrawn
    before: Plan | None = None  #: the plan before the first fact that lowered it and no longer stands
    held: Plan | None = None  #: the plan as it last held a session to come
    clocks: tuple[object, ...] = field(init=False)  #: moments are equal on any clock; their hours are not

    def __post_init__(self) -> None:
        hours = (*(done.started_at for done in self.done), *(setback.rest_until_at for setback in self.every_setback))
        clocks = tuple(None if hour is None else hour.utcoffset() for hour in hours)
        object.__setattr__(self, "clocks", clocks)

    def __hash__(self) -> int:
        """Hash what differs most often; whether all is the same is told by comparing it."""
        return hash(
            (self.plan.plan_id, self.plan.revision, self.today, len(self.done), len(self.setbacks), self.wishes)
        )

    @property
    def done_ids(self) -> frozenset[str]:
        """The sessions of the plan that were done, whole or in part."""
        return frozenset(session.workout_id for session in self.done if session.workout_id is not None)

    @property
    def granted(self) -> tuple[Wish, ...]:
        """Every wish but the moves that are asked for now: those are tried one by one."""
        return (*self.plan.wishes, *(wish for wish in self.wishes if wish.kind is not WishKind.MOVE))

    @property
    def every_setback(self) -> tuple[Setback, ...]:
        """Every setback that was told, in force or behind."""
        return (*self.setbacks, *(self.told or ()))

    def facts(self) -> dict[str, date]:
        """Return every fact that can lower the plan."""
        return _withdrawn.facts_of(self.plan, self.done, self.every_setback, self.today)

    def gone(self) -> dict[str, _withdrawn.Remembered]:
        """Return the facts that lowered the plan and no longer stand."""
        return {} if self.told is None else _withdrawn.withdrawn(self.plan, self.facts(), self.setbacks)

    def went_down_after(self) -> int | None:
        """Return the revision before the first fact that no longer stands; None where it may not be gone back to."""
        first = min((fact.revision for fact in self.gone().values()), default=None)
        return first if first is not None and (self.may_go_up or self._was_answered_by(first)) else None

    def _was_answered_by(self, revision: int) -> bool:
        """Whether a revision had answered every setback in force: going back to it raises nothing that one lowered.

        A slip that is put right within a minute is undone now, and not when the sore calves before it are behind.
        """
        known = _withdrawn.remembered_of(self.plan)
        keys = [key_of(setback) for setback in self.setbacks]
        return not (self.wishes or self._is_away) and all(
            key in known and known[key].revision < revision for key in keys
        )

    @property
    def _is_away(self) -> bool:
        return any(first <= self.today <= last for first, last in _wishes.away(self.granted))

    @property
    def may_go_up(self) -> bool:
        """Whether the day is one on which more may be offered: after a setback, ill or away from it all it is none.

        What could go back up is remembered, and offered once that is behind. A wish is granted by itself: who moves a
        session has not said yes to more.
        """
        return not (self.setbacks or self.wishes or self._is_away)
