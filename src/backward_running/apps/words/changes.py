"""A change of the plan in words: a short summary, and what happens to one session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backward_running.apps.words.units import Units, clock
from backward_running.core.counting import counted as counted_of
from backward_running.core.counting import noun_of
from backward_running.core.direction import Direction
from backward_running.core.plan import Change, Workout
from backward_running.flows.what_changed import Way, counted, grouped, shift_of, ways_of


def summary_of(changes: Sequence[Change]) -> str:
    """Say how many sessions differ in which way: "3 sessions shorter, 1 moved"."""
    counts = list(counted(changes).items())
    if not counts:
        return "No session changes."
    (first, most), *others = counts
    parts = [f"{most} {noun_of(most, 'session')} {first.value}", *(f"{count} {way.value}" for way, count in others)]
    return ", ".join(parts) + "."


def sentence_of(changes: Sequence[Change], units: Units) -> str:
    """Say in one sentence what moved and why, where a plan moved as a whole; else how many sessions differ how."""
    shift = shift_of(changes)
    why = next((reason for group in grouped(changes) for reason in group.reasons), None)
    if shift is None or why is None:
        return summary_of(changes)
    later = "a week" if shift.weeks == 1 else f"{shift.weeks} weeks"
    end = f", and the plan ends on {day_of(shift.ends_on)} instead of {day_of(shift.ended_on)}"
    return (
        f"{str(units.say(why)).rstrip('.')}: from {day_of(shift.first_on)} on what was planned comes {later} later "
        f"({counted_of(shift.sessions, 'session')}){end if shift.ends_on != shift.ended_on else ''}."
    )


def day_of(on: date) -> str:
    """Say a day as tables of changes do: Thu 26 Nov."""
    return f"{on:%a} {on.day} {on:%b}"


def words_of(change: Change, units: Units) -> str:
    """Say what happens to one session, each way with its before and after."""
    before, after = change.before, change.after
    if before is None or after is None:
        return "is new" if before is None else "is left out"
    return ", ".join(_words(way, before, after, units) for way in ways_of(change))


def _words(way: Way, before: Workout, after: Workout, units: Units) -> str:
    if way is Way.MOVED:
        return f"moves to {day_of(after.on)}"
    if way in (Way.SHORTER, Way.LONGER):
        early, late = (clock(workout.duration_s(Direction.BACKWARD)) for workout in (before, after))
        return f"{way.value}: {late} instead of {early} backward"
    if way in (Way.SLOWER, Way.FASTER):
        early, late = (str(units.speed(_cap_mps(workout))) for workout in (before, after))
        return f"{way.value}: up to {late} instead of {early}"
    if way is Way.PLACE:
        return f"now on: {after.place.value}"
    if way is Way.GRADE:
        return "now on the flat" if not after.grade_high_ratio else f"now up to {after.grade_high_ratio:.0%} uphill"
    return f"now with: {after.with_whom}" if way is Way.COMPANY else way.value


def _cap_mps(workout: Workout) -> float | None:
    caps = [step.speed_high_mps for step in workout.steps() if step.direction is Direction.BACKWARD]
    return max((cap for cap in caps if cap is not None), default=None)
