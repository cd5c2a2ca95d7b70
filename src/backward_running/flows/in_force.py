"""The plan that may be followed now: every door asks here, and none gives out another one.

Where the kept plan holds more than may be done, it is lowered at once and says why; nothing is raised without the
runner's word. So a change that nobody answered, or that was declined, leaves the lower plan open and never the old one.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

from backward_running import plans
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, StoreReadOnly
from backward_running.core.plan import Change, GateState, Plan, Reason, Workout
from backward_running.core.ports import Coaching, PlanAndDraft, Settings
from backward_running.flows import asking, making
from backward_running.flows.stopping import shown

#: Setting: the plan and the revision whose change the runner has not answered yet.
UNANSWERED = "unanswered_change"


def situation(store: Coaching, now: datetime) -> asking.Situation | None:
    """Return the plan in force and all that is known about it; None without a plan.

    While a red flag stands the kept plan is left as it is: no door gives it out, and it goes on from there. Behind any
    other closed gate it is lowered too, so that what is shown on hold is what will be left.
    """
    found = asking.situation(store, now.date())
    if found is None or not found.plan.weeks or any(gate.is_red_flag and not gate.open for gate in found.gates):
        return found
    try:
        made = making.adapted(store, found, (), now=now)
    except BadValue as problem:
        # An older version asked other questions: what may be done cannot be decided, so nothing is offered.
        return replace(found, gates=(*found.gates, _unreadable(problem)))
    if not made.at_once:
        return replace(found, adapted=made)
    if made.changes:
        changes = _with_unanswered(store, found.plan, made.plan, now.date())
        plan = replace(made.plan, changes=changes)
        unanswered = not all(map(_is_small, changes))
    else:  # only stages are lower: nobody would notice, so what was told stays told
        plan, unanswered = made.plan, is_unanswered(store, found.plan)
    try:
        _keep(store, plan, unanswered=unanswered)
    except StoreReadOnly:  # what may be done does not wait for a disk
        return asking.situation_of(store, plan, now.date())
    return asking.situation(store, now.date())


def _keep(store: PlanAndDraft, plan: Plan, *, unanswered: bool) -> None:
    """Keep a plan that was lowered, and whether its runner is to hear of it."""
    store.put_plan(plan, simulated=plan.simulated)
    if unanswered:
        store.put_setting(UNANSWERED, json.dumps([plan.plan_id, plan.revision]))


def current_plan(store: Coaching, *, today: date | None = None) -> Plan | None:
    """Return the current plan; where `today` is given, the one in force on that day, with its gates asked anew."""
    if today is None:
        return store.plan()
    found = situation(store, datetime.combine(today, time(), UTC))
    return None if found is None else shown(replace(found.plan, gates=found.gates))


def _unreadable(problem: BadValue) -> GateState:
    text = f"Your plan was made from answers that this version cannot read: they must {problem.rule}."
    return GateState("answers", "Your answers", open=False, reason=Reason(text), what_to_do="Start a new plan.")


def is_unanswered(store: Settings, plan: Plan) -> bool:
    """Tell whether the runner has not said yet that they saw what changed last."""
    kept = store.setting(UNANSWERED)
    return bool(kept) and json.loads(str(kept)) == [plan.plan_id, plan.revision]


def answer(store: Settings) -> None:
    """Keep that the runner saw what changed."""
    store.put_setting(UNANSWERED, "")


def _with_unanswered(store: Settings, before: Plan, after: Plan, today: date) -> tuple[Change, ...]:
    """Return the changes since the runner last saw one: an earlier one they did not answer is part of them."""
    earlier = {change.workout_id: change for change in before.changes} if is_unanswered(store, before) else {}
    now = {change.workout_id: change for change in after.changes}
    sessions = {workout.workout_id: workout for workout in after.workouts()}
    newest = {_about(reason): reason for change in after.changes for reason in change.reasons}
    told = []
    for name in dict.fromkeys((*earlier, *now)):
        first, last = earlier.get(name), now.get(name)
        old = first.before if first is not None else (last.before if last is not None else None)
        new = sessions.get(name)
        days = [workout.on for workout in (old, new) if workout is not None]
        if days and max(days) >= today and _noticed(old) != _noticed(new):
            reasons = (*(last.reasons if last else ()), *(first.reasons if first else ()))  # the newest first
            told.append(Change(name, old, new, tuple(dict.fromkeys(newest.get(_about(why), why) for why in reasons))))
    return tuple(told)


def _about(reason: Reason) -> Reason | str:
    """Return what a reason is about: one pain that still rests is told each day anew, with a later day."""
    return reason if reason.key is None else reason.key


def _noticed(workout: Workout | None) -> object:
    return None if workout is None else workout.as_noticed()


def _is_small(change: Change) -> bool:
    """Tell whether a session stays where it is and only loses some seconds: nobody is interrupted for that."""
    before, after = change.before, change.after
    if before is None or after is None or (before.on, before.stage) != (after.on, after.stage):
        return False
    return plans.is_complete(after.duration_s(Direction.BACKWARD), before.duration_s(Direction.BACKWARD))
