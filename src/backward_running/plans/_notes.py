"""Notes at the head of a plan that name its weeks: said of the plan as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Plan, Reason, Week
from backward_running.evidence import Number, own_proposal

FIRST_RUN = "Your first backward running is in week {}."
WALKS = "You walk backward throughout; nothing here is run."
WALKS_NOW = "As the plan stands now you walk backward throughout."
HOLDS = "From week {} on the plan holds: "
SAME_WEEK = Number(
    "weeks_hold_the_same_within_s",
    30.0,
    "s",
    own_proposal("notes.same_week", "Weeks whose backward time differs by less than half a minute hold the same."),
)


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
    if note.text in (WALKS, WALKS_NOW) or note.text.startswith(FIRST_RUN.partition("{")[0]):
        first, same = first_run_week(weeks), WALKS if note.text == WALKS else WALKS_NOW
        return replace(note, text=FIRST_RUN.format(first) if first is not None else same)
    head, tail = HOLDS.split("{}")
    if note.text.startswith(head) and tail in note.text:
        holds, rest = holds_from(weeks), note.text.partition(tail)[2]
        return replace(note, text=HOLDS.format(holds) + rest) if holds is not None else None
    return note


def _runs(week: Week) -> bool:
    return any(
        step.direction is Direction.BACKWARD and step.gait is Gait.RUN
        for workout in week.workouts
        for step in workout.each_step()
    )
