"""Notes at the head of a plan that name its weeks: said of the plan as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Plan, Reason, Week
from backward_running.evidence import Number, own_proposal

#: Keys of these notes.
FIRST_RUN, WALKS, HOLDS = "first_run", "walks", "holds"
_FIRST_RUN = "The first backward running of this plan is in week {}."
_WALKS = "You walk backward throughout; nothing here is run."
_WALKS_NOW = "As the plan stands now you walk backward throughout."
SAME_WEEK = Number(
    "weeks_hold_the_same_within_s",
    30.0,
    "s",
    own_proposal("notes.same_week", "Weeks whose backward time differs by less than half a minute hold the same."),
)


def first_run(week: int, evidence_key: str | None) -> Reason:
    """Say in which week somebody runs backward for the first time."""
    return Reason(_FIRST_RUN.format(week), evidence_key, key=FIRST_RUN, names_week=week)


def walks(evidence_key: str) -> Reason:
    """Say that nothing of a programme is run."""
    return Reason(_WALKS, evidence_key, key=WALKS)


def holds(week: int, why: str, evidence_key: str) -> Reason:
    """Say from which week on a plan stays where it is, and why."""
    return Reason(f"From week {week} on the plan holds: {why}", evidence_key, key=HOLDS, names_week=week)


def first_run_week(weeks: Sequence[Week]) -> int | None:
    """Return the number of the first week that runs backward; None where none does."""
    return next((week.number for week in weeks if _runs(week)), None)


def holds_from(weeks: Sequence[Week]) -> int | None:
    """Return the number of the first week that holds as much as any; None where that is the last one, or none is."""
    totals_s = {
        week.number: sum(workout.duration_s(Direction.BACKWARD) for workout in week.workouts)
        for week in weeks
        if week.workouts
    }
    most_s = max(totals_s.values(), default=0.0)
    first = next((number for number, seconds in totals_s.items() if seconds > most_s - SAME_WEEK.value), None)
    return None if first is None or first == max(totals_s) else first


def noted(plan: Plan) -> Plan:
    """Return a plan whose notes name the weeks it has now: it was changed since they were written."""
    if not plan.weeks:
        return plan
    said = (_as_it_stands(note, plan.weeks) for note in plan.notes)
    return replace(plan, notes=tuple(note for note in said if note is not None))


def _as_it_stands(note: Reason, weeks: Sequence[Week]) -> Reason | None:
    if note.key in (FIRST_RUN, WALKS):
        first = first_run_week(weeks)
        if first is not None:
            return first_run(first, note.evidence_key)
        return note if note.key == WALKS else replace(note, text=_WALKS_NOW, names_week=None)
    if note.key == HOLDS:
        week = holds_from(weeks)
        text = note.text.replace(f"week {note.names_week} ", f"week {week} ", 1)
        return replace(note, text=text, names_week=week) if week is not None else None
    return note


def _runs(week: Week) -> bool:
    return any(
        step.direction is Direction.BACKWARD and step.gait is Gait.RUN
        for workout in week.workouts
        for step in workout.each_step()
    )
