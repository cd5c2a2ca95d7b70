"""What is said of an experiment: how long it takes, what today asks for, what was found."""

from __future__ import annotations

from datetime import date
from typing import Any

from backward_running.apps.words.units import Units
from backward_running.apps.words.works import shown
from backward_running.core.counting import counted

#: Weeks that are told before it is called long.
CANNOT = "It will not be able to tell within a year."


def said_amount(value: float, unit: str, units: Units, *, signed: bool = True) -> str:
    """Say an amount of the outcome: "−0.42 kg"."""
    times, shown_unit = shown(unit, units)
    return f"{times * value:{'+' if signed else ''}.2f} {shown_unit}".replace("-", "−").strip()


def length(each: Any, design: Any, unit: str, units: Units) -> str:
    """Say how long it takes to find an effect: "1.00 kg: about 24 weeks (12 pairs of weeks)"."""
    effect = said_amount(each.effect, unit, units, signed=False)
    if each.needed is None:
        return f"A change of {effect}: {CANNOT[0].lower()}{CANNOT[1:]}"
    return f"A change of {effect}: about {counted(each.weeks, 'week')}, with {units_of(each.needed.units, design)}."


def units_of(count: int, design: Any) -> str:
    """Say how many units: "12 pairs of weeks"."""
    return f"{count} {design.unit_words[0 if count == 1 else 1]}"


def unknown_length() -> str:
    """Say that nothing can be said."""
    return "How long it takes is not known: there are fewer than four weeks of readings. Measure first."


def result(experiment: Any, units: Units) -> str:
    """Say in a sentence or two how it stands."""
    standing, found = experiment.standing, experiment.found
    if standing.stopped_for_safety:
        return f"Stopped for safety on {_day(standing.ended_on)}. What you measured stays, and there is no answer."
    if found is not None:
        return f"{'Works' if found.works else 'Not shown to work'}: {numbers(experiment, units)}"
    if standing.ended_on is not None:
        return f"Ended on {_day(standing.ended_on)}, before its time: what you measured stays, without an answer."
    if experiment.is_over:
        return "It is over without an answer: there were too few readings."
    return f"The next answer comes on {_day(experiment.next_answer_on)}, and none before."


def numbers(experiment: Any, units: Units) -> str:
    """Say the numbers of what was found: "−0.80 kg (95 %: −1.40 to −0.20), p 0.031, from 84 readings"."""
    found = experiment.found
    wide = "no interval can be told"
    if found.low is not None and found.high is not None:
        low, high = (said_amount(end, experiment.unit, units) for end in (found.low, found.high))
        wide = f"{low} to {high}"
    half_way = ", told half way" if experiment.is_early else ""
    return (
        f"{said_amount(found.effect, experiment.unit, units)} ({wide}), p {found.p:.3f}, from {found.used}{half_way}."
    )


def kept(experiment: Any) -> str:
    """Say how far it was kept to."""
    told = experiment.kept
    if not told.phases:
        return "It has not begun."
    said = f"{told.as_drawn} of {counted(told.phases, 'phase')} so far as they were drawn."
    if told.backward_days_without:
        said += f" You ran backward on {counted(told.backward_days_without, 'day')} that was to be without"
        said += "; it counts as it was drawn, or the lot would be worth nothing."
    return said


def phase(each: Any) -> str:
    """Say what is done in a phase."""
    return "backward as your plan gives it" if each.backward else "no backward sessions"


def now(due: Any) -> str:
    """Say what an experiment asks for today."""
    if due.backward is None:
        return f"It begins on {_day(due.until)}."
    what = "Backward as your plan gives it" if due.backward else "Without backward running"
    return f"{what}, until {_day(due.until)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
