"""Ask how the place of a condition is: before a session, for the morning is compared with it, and on that morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backward_running import rehab
from backward_running.core.athlete import Moment
from backward_running.core.direction import Direction
from backward_running.core.goals import condition_of
from backward_running.core.plan import Plan, Workout
from backward_running.core.ports import DatedCheckIns
from backward_running.flows import days
from backward_running.flows.plan_views import LastBackward
from backward_running.rehab.pain_limits import plain_site

A_DAY = timedelta(days=1)
#: How a place is called in a question, where its key is no word for it.
_CALLED = {"achilles": "Achilles tendon"}


@dataclass(frozen=True, slots=True)
class SiteDue:
    """A question about the place of a condition that is due now."""

    site: str  #: as check-ins name it, without a side
    called: str  #: as a question names it
    moment: Moment
    activity_id: str | None  #: the session it speaks of; None for one to come
    words: str


def site_due(
    store: DatedCheckIns, plan: Plan | None, *, last: LastBackward | None, following: Workout | None, now: datetime
) -> SiteDue | None:
    """Return the question about the place of a plan's condition; None where none is due or it was answered today.

    Parameters
    ----------
    store : DatedCheckIns
        With what was said.
    plan : Plan or None
        Its goal names the condition.
    last : LastBackward or None
        The last session with backward time: of yesterday's, this is the morning after.
    following : Workout or None
        The next session: on its day, what is said now is what the next morning is compared with.
    now : datetime
        Aware.
    """
    key = condition_of(str(plan.answers.get("goal", ""))) if plan is not None else None
    condition = rehab.all_conditions().get(key or "")
    if condition is None or not condition.sites:
        return None
    today, sites = now.date(), set(condition.sites)
    said = (check_in for check_in in days.telling_check_ins(store) if check_in.made_at.date() == today)
    if any(plain_site(site) in sites for check_in in said for site in check_in.pain_nrs):
        return None
    site = condition.sites[0]
    called = _CALLED.get(site, site)
    if last is not None and today - last.on == A_DAY:
        words = f"The morning after {last.title}: how much does your {called} hurt, 0 to 10?"
        return SiteDue(site, called, Moment.NEXT_MORNING, last.activity_id, words)
    if following is None or following.on != today or not following.duration_s(Direction.BACKWARD):
        return None
    words = f"Before {following.title}: how much does your {called} hurt now, 0 to 10?"
    return SiteDue(site, called, Moment.OTHER, None, words)
