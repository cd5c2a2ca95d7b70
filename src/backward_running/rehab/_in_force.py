"""Setbacks: what in the check-ins keeps a plan from growing, until two clean sessions have gone by."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from backward_running.core.adaptation import Setback
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._felt import with_ratings
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.two_clean_sessions",
    "After a setback a plan grows again once two sessions went by without another, each with a word on how it "
    "felt, and seven days have passed since the first of them: a proposal of this project.",
)
CLEAN_SESSIONS = Number("clean_sessions_to_progress_count", 2, "1", EVIDENCE)
HELD_FOR_S = Number("setback_holds_for_s", 604_800.0, "s", EVIDENCE)
SHOWS_WITHIN_S = Number("setback_shows_within_s", 172_800.0, "s", EVIDENCE)


def in_force(rules: Iterable[Rule], facts: Facts) -> tuple[Setback, ...]:
    """Return the setbacks that still hold on the day of the facts, oldest first, each once.

    Every rule is asked for what it finds in the check-ins. A setback ends with the second day on which running backward
    was done after it, after its rest, and without another setback on that day or the two days that follow; the day of
    the facts itself is never clean yet, its next morning is still to come. A check-in that is missing is no setback,
    and no clean session either: how it felt is not known.

    Parameters
    ----------
    rules : iterable of Rule
        What is asked for setbacks.
    facts : Facts
        ``done`` says which sessions were recorded; without any, nothing ends a setback.

    Returns
    -------
    tuple of Setback
        Sorted by day and kind, whatever the order of the check-ins. One setback is known by its kind and day.
    """
    found = _found(rules, facts)
    clean = _clean_days(facts, {setback.on for setback in found})
    return tuple(setback for setback in found if not (_settled(setback, clean) and _is_behind(setback, facts)))


def every(rules: Iterable[Rule], facts: Facts) -> tuple[Setback, ...]:
    """Return every setback that was told, in force or behind, oldest first."""
    return tuple(_found(rules, facts))


def clean_days(rules: Iterable[Rule], facts: Facts) -> list[date]:
    """Return the days on which running backward was done without a setback then or in the two days that followed."""
    return _clean_days(facts, {setback.on for setback in _found(rules, facts)})


def clean_since(rules: Iterable[Rule], facts: Facts, setback: Setback) -> tuple[int, int]:
    """Return how many clean days lie after a setback, and how many end it."""
    clean = _after(setback, clean_days(rules, facts))
    return min(len(clean), int(CLEAN_SESSIONS.value)), int(CLEAN_SESSIONS.value)


def _found(rules: Iterable[Rule], facts: Facts) -> list[Setback]:
    found: dict[tuple[date, str], Setback] = {}
    for rule in rules:
        for setback in rule.setbacks(facts):
            name = (setback.on, setback.kind.value)
            found[name] = _stricter(found.get(name, setback), setback)
    return [found[name] for name in sorted(found)]


def _stricter(setback: Setback, other: Setback) -> Setback:
    """Make one setback of two of the same kind and day: the longer rest and the more stages back hold."""
    first, second = sorted((setback, other), key=lambda each: (-each.stages_back, each.reason.text))
    rest = max((first, second), key=_when_rested)
    return replace(
        first,
        stages_back=max(first.stages_back, second.stages_back),
        rest_until=rest.rest_until,
        rest_until_at=rest.rest_until_at,
    )


def _when_rested(setback: Setback) -> tuple[date, datetime]:
    """Sort by when a rest ends: of one day a known hour is later than its first."""
    begins = datetime.min.replace(tzinfo=UTC)
    return (setback.rest_until or date.min, setback.rest_until_at.astimezone(UTC) if setback.rest_until_at else begins)


def _clean_days(facts: Facts, setback_days: Set[date]) -> list[date]:
    shows = timedelta(seconds=SHOWS_WITHIN_S.value)
    spoiled = {on - timedelta(days=ago) for on in setback_days for ago in range(shows.days + 1)}
    done = [session for session in with_ratings(facts) if session.backward_s > 0 and session.on < facts.today]
    days = {session.on for session in done if session.is_rated}
    return sorted(days - spoiled)


def _is_behind(setback: Setback, facts: Facts) -> bool:
    """Tell whether the seven days that begin with the first session after a setback are over."""
    after = [session.on for session in facts.done if session.backward_s > 0 and session.on > setback.on]
    return bool(after) and facts.today >= min(after) + timedelta(seconds=HELD_FOR_S.value)


def _settled(setback: Setback, clean: list[date]) -> bool:
    return len(_after(setback, clean)) >= CLEAN_SESSIONS.value


def _after(setback: Setback, clean: list[date]) -> list[date]:
    first_on = setback.rest_until or setback.on
    return [day for day in clean if day > setback.on and day >= first_on]
