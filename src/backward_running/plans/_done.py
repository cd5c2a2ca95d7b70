"""What counts as done: from how much of a session on it is complete, and the calendar weeks of a plan."""

from __future__ import annotations

from datetime import date, timedelta

from backward_running.core.plan import Plan
from backward_running.evidence import Number, own_proposal

COMPLETE_SHARE = Number(
    "session_complete_share",
    0.9,
    "1",
    own_proposal(
        "adapt.complete",
        "A session passes its stage from 90 % of its backward time on: a recording loses a few seconds at every turn. "
        "What it prepares for is always what was recorded.",
    ),
)
CAP_SLACK_RATIO = Number(
    "cap_slack_ratio",
    1.05,
    "1",
    own_proposal(
        "adapt.cap", "A recorded speed keeps a cap up to 5 % above it: a watch is not more exact over a minute."
    ),
)


def is_complete(done_backward_s: float, planned_backward_s: float) -> bool:
    """Tell whether a session was done as planned.

    Parameters
    ----------
    done_backward_s, planned_backward_s : float
        Backward seconds, recorded and planned; 0 or more.

    >>> is_complete(290.0, 300.0), is_complete(200.0, 300.0)
    (True, False)
    """
    return done_backward_s >= COMPLETE_SHARE.value * planned_backward_s


def within_cap(speed_mps: float, cap_mps: float) -> bool:
    """Tell whether a recorded speed kept a cap, as far as a recording can tell.

    >>> within_cap(1.24, 1.2), within_cap(1.5, 1.2)
    (True, False)
    """
    return speed_mps <= CAP_SLACK_RATIO.value * cap_mps


def starts_on(plan: Plan) -> date:
    """Return the first day of the first week; of a plan without weeks the day it was made."""
    return plan.weeks[0].starts_on if plan.weeks else plan.made_at.date()


def week_number(plan: Plan, day: date) -> int:
    """Return the number of the calendar week a day lies in; 1 before the plan begins."""
    return max(1, (day - starts_on(plan)).days // 7 + 1)


def week_start(plan: Plan, number: int) -> date:
    """Return the first day of a week of that number."""
    return starts_on(plan) + timedelta(weeks=number - 1)
