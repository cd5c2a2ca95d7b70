"""What a clinician allows at most, day by day, and in whose name."""

from __future__ import annotations

from datetime import date, timedelta

from backward_running.core.adaptation import Ceilings
from backward_running.core.plan import Reason
from backward_running.plans._block import span_words
from backward_running.plans._week_table import WEEK_DAYS
from backward_running.plans.base import PlanFacts
from backward_running.plans.walk_or_run import SURELY_WALK_MPS, speed_words


def ceilings_on(facts: PlanFacts, on: date) -> Ceilings | None:
    """Return the ceilings that hold on that day."""
    return facts.ceilings if facts.ceilings is not None and facts.ceilings.holds_on(on) else None


def session_limit(facts: PlanFacts, on: date) -> tuple[float, Reason] | None:
    """Return the backward seconds of one session that a ceiling allows, and who set it."""
    found = ceilings_on(facts, on)
    if found is None or found.backward_session_s is None:
        return None
    most = span_words(found.backward_session_s)
    return found.backward_session_s, Reason(f"at most {most} backward in one session, {found.set_by}.")


def speed_limit(facts: PlanFacts, on: date, cap_mps: float) -> tuple[float, Reason] | None:
    """Return the cap that a ceiling leaves of `cap_mps`, and who set it; None where it changes nothing."""
    found = ceilings_on(facts, on)
    if found is None:
        return None
    speed_mps = found.backward_speed_mps
    if speed_mps is not None and speed_mps < cap_mps and not (found.walking_only and speed_mps > SURELY_WALK_MPS.value):
        words = speed_words(speed_mps)
        said = Reason(f"At most {words}, {found.set_by}; slower is fine.", speeds=((words, speed_mps),))
        return speed_mps, said
    if found.walking_only and cap_mps > SURELY_WALK_MPS.value:
        walk_mps = SURELY_WALK_MPS.value
        words = speed_words(walk_mps)
        text = f"Walking only, {found.set_by}: at most {words}, slower is fine."
        return walk_mps, Reason(text, speeds=((words, walk_mps),))
    return None


def uphill_allowed(facts: PlanFacts, on: date, grade_ratio: float) -> bool:
    """Tell whether a ceiling leaves a slope of that grade."""
    found = ceilings_on(facts, on)
    return found is None or found.grade_high_ratio is None or found.grade_high_ratio >= grade_ratio


def sessions_limit(facts: PlanFacts, starts_on: date) -> tuple[int | None, tuple[int, ...]]:
    """Return the sessions in seven days that a ceiling allows, and the days around the week that count for it.

    Who says "two a week" on a Tuesday means Monday's session too: the six days before count as well.
    """
    ceilings = facts.ceilings
    if ceilings is None or ceilings.sessions_per_week_count is None:
        return None, ()
    days = range(-WEEK_DAYS, WEEK_DAYS)
    return (
        ceilings.sessions_per_week_count,
        tuple(day for day in days if _counts(ceilings, starts_on + timedelta(days=day))),
    )


def _counts(found: Ceilings, day: date) -> bool:
    return found.holds_on(day) or 0 < (found.set_on - day).days < WEEK_DAYS
