"""A plan in which no session is left, though it is not over: say that it is not, and why nothing is in it just now."""

from __future__ import annotations

from datetime import date

from backward_running.core.plan import Plan, Reason
from backward_running.core.ports import Plans


def why_empty(store: Plans, plan: Plan, *, today: date) -> tuple[Reason, ...] | None:
    """Return why a plan holds nothing to come; None where it does, where it is over, or where it never had a session.

    Parameters
    ----------
    store : Plans
        With the revisions of the plan.
    plan : Plan
        As it stands.
    today : date
        Sessions from it on are to come.

    Returns
    -------
    tuple of Reason or None
        What was said when the last session to come was taken out, each once; empty where nothing was said.
    """
    if not plan.weeks or _comes(plan, today):
        return None
    earlier = sorted(
        (known for known in store.plans() if known.plan_id == plan.plan_id and known.revision < plan.revision),
        key=lambda known: known.revision,
        reverse=True,
    )
    emptied = plan
    for before in earlier:
        if _comes(before, today):
            told = (reason for change in emptied.changes if change.after is None for reason in change.reasons)
            return tuple(dict.fromkeys(told))
        emptied = before
    return None


def _comes(plan: Plan, today: date) -> bool:
    return any(workout.on >= today for workout in plan.workouts())
