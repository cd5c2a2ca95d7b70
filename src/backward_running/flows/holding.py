"""What of a plan is held at a glance, why, and what ends it: for its runner, a coach or a physiotherapist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backward_running import rehab
from backward_running.core.adaptation import Setback
from backward_running.core.counting import counted
from backward_running.core.plan import Reason
from backward_running.core.ports import Coaching
from backward_running.flows import asking


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that holds a plan down."""

    why: Reason
    until: str  #: what ends it, a sentence


def held(store: Coaching, *, today: date) -> tuple[Held, ...]:
    """Return the setbacks that hold the plan, the newest first; none without a plan and while something stops all.

    Closed gates and a clinician's limits are told by themselves; a setback is seen in no gate once its rest is over.
    """
    found = asking.situation(store, today)
    if found is None or found.stopped or not found.plan.weeks:
        return ()
    setbacks = rehab.setbacks(found.facts)
    return tuple(Held(setback.reason, _until(found.facts, setback)) for setback in reversed(setbacks))


def _until(facts: rehab.Facts, setback: Setback) -> str:
    clean, wanted = rehab.clean_since(facts, setback)
    so_far = f"{clean} of {wanted} so far" if clean < wanted else "both are done"
    return (
        f"Stage and minutes wait for {counted(wanted, 'session')} without another, each with a word on how it felt "
        f"({so_far}), and for seven days from the first session after it."
    )
