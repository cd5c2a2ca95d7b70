"""Why a plan changes: each reason with the changes that it concerns, as far as that can be told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from backward_running.core.adaptation import Ceilings, SetbackKind
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Change, GateState, Plan, Reason, Wish, WishKind, Workout
from backward_running.plans.answers import plain

#: The fields of a clinician's ceilings that hold a plan down.
LIMITING = ("sessions_per_week_count", "backward_session_s", "backward_speed_mps", "grade_high_ratio")
#: Under this key a plan keeps the ceilings under which it was made, beside the answers.
CEILINGS = "ceilings"
#: How the facts that a plan remembers are called; setbacks are called by their own kind.
_FACTS: Mapping[str, str] = {
    "did": "a session, or how long it was",
    "unrated": "a session of which nobody had said how it felt",
    "miss": "a missed session",
    "gap": "a break",
    **{kind.name.lower(): kind.value for kind in SetbackKind},
}


@dataclass(frozen=True, slots=True)
class Said:
    """A reason, and which changes it is a reason of."""

    reason: Reason
    concerns: Callable[[Change], bool]


def with_reasons(changes: Iterable[Change], said: Sequence[Said], otherwise: Reason) -> tuple[Change, ...]:
    """Give each change the reasons that concern it; where none does, all of them."""
    every = tuple(dict.fromkeys(cause.reason for cause in said)) or (otherwise,)

    def reasons(change: Change) -> tuple[Reason, ...]:
        return tuple(dict.fromkeys(cause.reason for cause in said if cause.concerns(change))) or every

    return tuple(replace(change, reasons=reasons(change)) for change in changes)


# Wishes


def wished(wish: Wish, reason: Reason, week: int | None) -> Said:
    """Say a wish; `week` is the one of its session. A session moved makes room in its week and the next."""

    def concerns(change: Change) -> bool:
        if wish.first_on is not None:
            return any(side.on >= wish.first_on for side in _sides(change))
        if wish.kind is WishKind.MOVE:
            return week is not None and any(side.week in (week, week + 1) for side in _sides(change))
        return week is not None and any(side.week >= week for side in _sides(change))

    return Said(reason, concerns)


def of_progress(reasons: Iterable[Reason], wishes: Collection[Wish]) -> list[Said]:
    """Say what was done and what went wrong: it concerns all but the sessions that change as they were wished to."""
    named = {wish.workout_id for wish in wishes if wish.workout_id is not None}

    def concerns(change: Change) -> bool:
        before, after = change.before, change.after
        only_moved = after is None or (before is not None and before.pieces == after.pieces)
        return not (change.workout_id in named and only_moved)

    return [Said(reason, concerns) for reason in reasons]


# Gates that leave walking open


def of_walking(before: Iterable[GateState], now: Iterable[GateState]) -> list[Said]:
    """Say which gate makes all walk, or has opened since: it concerns sessions that are run, before or after."""
    closed = {gate.key: gate for gate in now if gate.walking_only and not gate.open}
    said = [gate.reason for gate in closed.values()]
    if not closed:
        said = [
            Reason(f"“{gate.title}” is open again: running may come back.", gate.reason.evidence_key)
            for gate in before
            if gate.walking_only and not gate.open
        ]
    return [Said(reason, _goes_on_walked) for reason in said]


# Ceilings


def kept_ceilings(ceilings: Ceilings | None) -> dict[str, object]:
    """Return ceilings as a plan keeps them beside its answers; nothing where there are none."""
    if ceilings is None:
        return {}
    return {CEILINGS: {name: plain(value) for name, value in asdict(ceilings).items() if name != "note"}}


def ceilings_changed(plan: Plan, ceilings: Ceilings | None, today: date) -> bool:
    """Tell whether other limits hold than those under which a plan was made. That their time is over is no change."""
    before = plan.answers.get(CEILINGS)
    if isinstance(before, Mapping):
        until = before.get("until")
        if isinstance(until, str) and date.fromisoformat(until) < today:
            before = None
    return before != kept_ceilings(ceilings).get(CEILINGS)


def ceilings_loosened(plan: Plan, ceilings: Ceilings | None, today: date) -> bool:
    """Tell whether a limit under which the plan was made is gone or higher now: then the runner is asked.

    A limit whose time is over is none: the plan was made with its end in sight.
    """
    before = plan.answers.get(CEILINGS)
    if not isinstance(before, Mapping):
        return False
    until = before.get("until")
    if isinstance(until, str) and date.fromisoformat(until) < today:
        return False
    now = kept_ceilings(ceilings).get(CEILINGS)
    after = now if isinstance(now, Mapping) else {}
    if before.get("walking_only") and not after.get("walking_only"):
        return True
    return any(_is_higher(after.get(name), before.get(name)) for name in LIMITING)


def _is_higher(now: object, before: object) -> bool:
    if not isinstance(before, (int, float)):
        return False
    return not isinstance(now, (int, float)) or now > before


def of_going_on() -> Said:
    """Say that what made the plan wait is no longer so: sessions were recorded late, said to be done, or taken back."""
    return Said(Reason("What made the plan wait no longer holds: it can go on, if you like."), _always)


def of_going_back(withdrawn: Mapping[str, date]) -> Said:
    """Say that what lowered the plan no longer stands, and what of it that was."""
    names = dict.fromkeys(
        _FACTS.get(key.partition(" ")[0], key.partition(" ")[0].replace("_", " ")) for key in withdrawn
    )
    since = min(withdrawn.values())
    text = (
        f"What lowered the plan no longer stands ({', '.join(names)}, from {since.day} {since:%B} on): it can go back "
        "up to what it was, as far as all else allows, if you like."
    )
    return Said(Reason(text), _always)


def of_rule(broken: str) -> Reason:
    """Say which rule the plan as it stood no longer keeps."""
    return Reason(f"As it stood the plan no longer kept a rule: {broken}.")


def of_ceilings(ceilings: Ceilings | None) -> Said:
    """Say that limits were set, changed or taken back: it concerns every session to come."""
    if ceilings is None:
        return Said(Reason("No clinician’s limits hold any more; the plan goes on within its own."), _always)
    return Said(Reason(f"The limits {ceilings.set_by} hold."), _always)


def _always(change: Change) -> bool:  # noqa: ARG001 -- the shape of every one of them
    return True


def _sides(change: Change) -> list[Workout]:
    return [workout for workout in (change.before, change.after) if workout is not None]


def _is_run(workout: Workout) -> bool:
    return any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in workout.each_step())


def _goes_on_walked(change: Change) -> bool:
    return change.after is not None and any(_is_run(side) for side in _sides(change))
