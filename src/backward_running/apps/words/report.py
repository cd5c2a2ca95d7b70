"""A report in words: what stands on its two pages, in the runner's units."""

from __future__ import annotations

from datetime import date
from typing import Any

from backward_running.apps.words import works as say
from backward_running.apps.words.units import Units
from backward_running.core.counting import counted
from backward_running.core.paper import Bars, Dots, Section, Table

TITLE = "Running backward: a report"
#: So many rows of a table have room on two pages.
MOST_PAIN, MOST_EVENTS, MOST_PROMISES = 8, 8, 12
MOMENTS = {"next_morning": "next morning", "other": "another time"}


def lead(told: Any, units: Units) -> list[str]:
    """Say who, and of which weeks."""
    athlete = told.athlete
    who = [
        athlete.name or "",
        f"born {athlete.birth_year}" if athlete.birth_year else "",
        str(units.mass(athlete.mass_kg)) if athlete.mass_kg else "",
    ]
    said = ", ".join(word for word in who if word)
    span = f"{_day(told.since)} to {_day(told.until)}"
    lines = [f"{said}. {span}." if said else f"{span}."]
    if told.first_backward_on:
        lines.append(f"Backward since {_day(told.first_backward_on)}, as far as is known.")
    return lines


def sections(told: Any, units: Units) -> list[Section]:
    """Return what stands below: dose, pain, events, tests and answers."""
    return [_dose(told), _pain(told), _events(told), _tests(told, units)]


def _dose(told: Any) -> Section:
    total = sum(week.backward_s for week in told.weeks) / 60.0
    forward = sum(week.forward_s for week in told.weeks) / 60.0
    unknown = sum(week.unknown_s for week in told.weeks) / 60.0
    lines = [f"In {counted(len(told.weeks), 'week')}: {total:.0f} min backward, {forward:.0f} min forward."]
    if unknown >= 1.0:
        lines.append(f"Of {unknown:.0f} min on foot no direction is known; they are in neither.")
    if told.planned:
        lines.append(
            f"Of {counted(told.planned, 'session')} that were planned and are past, {told.done} were done "
            f"({100 * told.done / told.planned:.0f} %)."
        )
    rows = [("week from", "forward", "backward", "done of planned", "how hard, 0–10", "worst pain", "sore calf")]
    rows += [
        (
            f"{week.starts_on:%d %b}",
            f"{week.forward_s / 60:.0f} min",
            f"{week.backward_s / 60:.0f} min",
            f"{week.sessions_done} of {week.sessions_planned}" if week.sessions_planned else "–",
            _number(week.exertion_cr10, 1),
            _number(week.worst_pain_nrs),
            _number(week.worst_calf_nrs),
        )
        for week in told.weeks
    ]
    bars = Bars(
        tuple(f"{week.starts_on:%d %b}" for week in told.weeks),
        tuple(week.forward_s / 60.0 for week in told.weeks),
        tuple(week.backward_s / 60.0 for week in told.weeks),
        "Minutes by week: on the left forward (blue), on the right backward (orange).",
    )
    return Section("What was done", tuple(lines), Table(tuple(rows), (0.14, 0.13, 0.14, 0.17, 0.16, 0.13, 0.13)), bars)


def _pain(told: Any) -> Section:
    if not told.pain:
        return Section("Pain", ("No pain was told in these weeks. That is not the same as none.",))
    over = [pain for pain in told.pain if pain.is_over]
    lines = [
        f"Told on {counted(len({pain.on for pain in told.pain}), 'day')}, over its limit {counted(len(over), 'time')}. "
        f"Something was told on {counted(told.check_in_days, 'day')}."
    ]
    worst = sorted(told.pain, key=lambda pain: (pain.pain_nrs - pain.limit_nrs, pain.on), reverse=True)[:MOST_PAIN]
    rows = [("day", "where", "when", "pain, 0–10", "limit")]
    rows += [
        (
            f"{pain.on:%d %b %Y}",
            pain.site,
            MOMENTS.get(pain.moment, pain.moment),
            f"{pain.pain_nrs:g}{', over' if pain.is_over else ''}",
            f"{pain.limit_nrs:g}",
        )
        for pain in sorted(worst, key=lambda pain: pain.on)
    ]
    span = max(1, (told.until - told.since).days)
    dots = Dots(
        tuple((pain.on - told.since).days / span for pain in told.pain),
        tuple(pain.pain_nrs for pain in told.pain),
        tuple(pain.is_over for pain in told.pain),
        (f"{told.since:%d %b}", f"{told.until:%d %b}"),
        "Each pain that was told, 0 to 10; full: over the limit of its place.",
    )
    if len(told.pain) > len(worst):
        lines.append(f"The table holds the {len(worst)} that come nearest to their limit or over it.")
    return Section("Pain", tuple(lines), Table(tuple(rows), (0.18, 0.27, 0.2, 0.2, 0.15)), dots)


def _events(told: Any) -> Section:
    if not told.events:
        return Section("Falls and warning signs", ("None was told in these weeks.",))
    newest = told.events[-MOST_EVENTS:]
    lines = [f"{_day(event.on)}: {event.words}." for event in newest]
    if len(told.events) > len(newest):
        lines.insert(0, f"{counted(len(told.events), 'event')}; the newest {len(newest)}:")
    return Section("Falls and warning signs", tuple(lines))


def _tests(told: Any, units: Units) -> Section:
    promises = told.whole.promises[:MOST_PROMISES]
    if not promises:
        return Section("Measured", ("Nothing was measured.",))
    rows = [("what", "first", "newest", "changed by backward running", "said")]
    for promise in promises:
        first, last, answer = promise.readings[0], promise.readings[-1], promise.answer
        change = "not known"
        if answer.effect is not None:
            wide = say.between(answer.low, answer.high, promise, units)
            change = f"{say.amount(answer.effect, promise, units, signed=True)} (95 %: {wide})"
        rows.append(
            (
                promise.title,
                f"{say.amount(first.value, promise, units)}, {first.on:%d %b %Y}",
                f"{say.amount(last.value, promise, units)}, {last.on:%d %b %Y}",
                change,
                say.verdict(promise),
            )
        )
    line = "What changed is taken from all readings, without what a slope, forward running and the season explain."
    return Section("Measured", (line,), Table(tuple(rows), (0.2, 0.17, 0.17, 0.24, 0.22)))


def _number(value: float | None, places: int = 0) -> str:
    return "–" if value is None else f"{value:.{places}f}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
