"""Days of which nobody is told to be proud: pain over its limit, a fall, a session broken off, a warning sign.

What was run on them stays in every sum, since it was run. It is no best and no first: a list of bests that counts them
asks for running through pain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from backward_running import rehab
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.goals import condition_of
from backward_running.core.load import LoadRow
from backward_running.core.ports import HealthAndPlan
from backward_running.flows import days
from backward_running.rehab.pain_limits import limit_of

DAY = timedelta(days=1)
#: How many days before the telling the session was that a check-in speaks of.
_BEFORE = {Moment.NEXT_MORNING: 1, Moment.DAY_1: 1, Moment.DAY_2: 2}


def painful_days(store: HealthAndPlan, today: date) -> frozenset[date]:
    """Return the days that are in no list of bests or firsts.

    Parameters
    ----------
    store : HealthAndPlan
        With check-ins, what ended a stop, and the plan, whose condition may have limits of its own.
    today : date
        For the runner; a warning sign that nobody cleared stands until then.

    Returns
    -------
    frozenset of date
        Of pain over its limit the day it was told and the day of the session it speaks of; of a warning sign all days
        until it was cleared. What was told by mistake and taken back is not among them.
    """
    clearances = store.clearances()
    plan = store.plan()
    goal = str(plan.answers.get("goal", "")) if plan is not None else ""
    condition = condition_of(goal) if goal else None
    told = rehab.corrected(days.telling_check_ins(store), clearances)
    return frozenset(day for check_in in told for day in _of(check_in, condition, clearances, today))


def _of(check_in: CheckIn, condition: str | None, clearances: Sequence[Clearance], today: date) -> Iterator[date]:
    on = check_in.on or check_in.made_at.date()
    over = any(pain > limit_of(site, condition).value for site, pain in check_in.pain_nrs.items())
    if over or check_in.fell or check_in.broke_off:
        yield from (on, on - _BEFORE.get(check_in.moment, 0) * DAY)
    for flag in check_in.red_flags:
        ended = next((each for each in clearances if flag in each.of and each.made_at >= check_in.made_at), None)
        if ended is None or ended.kind is not ClearanceKind.MISTAKE:
            until = today if ended is None else ended.on
            yield from (on + number * DAY for number in range((until - on).days + 1))


def painful_runs(rows: Sequence[LoadRow], painful: frozenset[date]) -> tuple[str, ...]:
    """Return the runs of such days, in order of their ids."""
    return tuple(sorted(row.activity_id for row in rows if days.local_day(row) in painful)) if painful else ()
