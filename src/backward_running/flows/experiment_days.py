"""Days on which an experiment that runs asks for no backward running: the plan leaves them out, and never adds any."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from backward_running import outcomes
from backward_running.core.plan import Plan, Wish, WishKind
from backward_running.core.ports import DatedCheckIns, Settings
from backward_running.flows import days
from backward_running.outcomes import registering
from backward_running.outcomes.registering import Phase, Registered

SETTING = "experiments"


@dataclass(frozen=True, slots=True)
class Standing:
    """An experiment that was written down, and whether it was ended before its time; nothing of it is answered."""

    registered: Registered
    sha256: str
    phases: tuple[Phase, ...]
    answered_on: date  #: there is no answer before, but at a first look
    ended_on: date | None
    stopped_for_safety: bool

    def runs(self, today: date) -> bool:
        """Whether it runs on a day, or waits to begin."""
        return self.ended_on is None and today < self.answered_on


def standing(store: DatedCheckIns) -> tuple[Standing, ...]:
    """Return every experiment, oldest first; a red flag told since it was written down has ended it.

    Raises
    ------
    StoreError
        One is not as it was frozen.
    """
    return tuple(_stands(store, each) for each in written_down(store))


def running(store: DatedCheckIns, today: date) -> Standing | None:
    """Return the one that runs or waits to begin."""
    return next((each for each in reversed(standing(store)) if each.runs(today)), None)


def written_down(store: Settings) -> list[dict[str, object]]:
    """Return what is kept of every experiment."""
    return list(json.loads(store.setting(SETTING) or "[]"))


def wishes(store: DatedCheckIns, plan: Plan, *, now: datetime) -> tuple[Wish, ...]:
    """Return the days without that the plan does not know yet."""
    known = {(wish.first_on, wish.last_on) for wish in plan.wishes if wish.kind is WishKind.EXPERIMENT}
    return tuple(
        Wish(WishKind.EXPERIMENT, now, first_on=first, last_on=last)
        for first, last in _without(store, now.date())
        if (first, last) not in known
    )


def freed(store: DatedCheckIns, plan: Plan, *, now: datetime) -> Plan:
    """Return a plan without the days that no experiment asks for any more; what is past stays."""
    wanted = set(_without(store, now.date()))
    kept = tuple(
        wish
        for wish in plan.wishes
        if wish.kind is not WishKind.EXPERIMENT
        or (wish.first_on, wish.last_on) in wanted
        or (wish.last_on or date.max) < now.date()
    )
    return plan if len(kept) == len(plan.wishes) else replace(plan, wishes=kept)


def _without(store: DatedCheckIns, today: date) -> list[tuple[date, date]]:
    found = running(store, today) if store.setting(SETTING) else None
    if found is None:
        return []
    return [(phase.begins_on, phase.ends_on) for phase in found.phases if not phase.backward and phase.ends_on >= today]


def _stands(store: DatedCheckIns, kept: dict[str, object]) -> Standing:
    registered = registering.read(str(kept["text"]), str(kept["sha256"]))
    phases = outcomes.all_designs()[registered.design].phases(registered)
    answered_on = registering.ends_on(phases)
    flagged = _flagged(store, registered.registered_on)
    ended = date.fromisoformat(str(kept["ended_on"])) if kept["ended_on"] else None
    if flagged is not None and flagged < answered_on and (ended is None or flagged <= ended):
        ended = flagged
    is_flag = ended is not None and ended == flagged
    return Standing(registered, str(kept["sha256"]), phases, answered_on, ended, is_flag)


def _flagged(store: DatedCheckIns, since: date) -> date | None:
    """Return the day of the first red flag that was told since a day."""
    told = days.check_ins(store, since=since - timedelta(days=1))
    flagged = [check_in.made_at.date() for check_in in told if check_in.red_flags]
    return min((day for day in flagged if day >= since), default=None)
