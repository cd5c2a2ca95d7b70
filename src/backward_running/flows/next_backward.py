"""What the plan holds next: whoever speaks of a next backward session says that, and nothing beside it."""

from __future__ import annotations

from datetime import datetime

from backward_running.core.direction import Direction
from backward_running.core.ports import Coaching
from backward_running.flows import in_force
from backward_running.flows.coach import waits_for
from backward_running.flows.load_views import PlannedNext


def planned_next(store: Coaching, *, now: datetime) -> PlannedNext | None:
    """Return the next session of the plan that is not done yet; None without a plan, or where none is to come.

    Parameters
    ----------
    store : Coaching
        The memory.
    now : datetime
        The time on the runner's clock. While something stops all coaching there is none.
    """
    situation = in_force.situation(store, now)
    if situation is None or situation.stopped:
        return None
    following = next(iter(situation.coming(now.date())), None)
    if following is None:
        return None
    waits = bool(waits_for(following, situation.gates))
    return PlannedNext(following.on, following.duration_s(Direction.BACKWARD), waits)
