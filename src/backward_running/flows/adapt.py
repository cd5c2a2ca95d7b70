"""Show how the plan changed or should change. What lowers it holds at once; what raises it waits for the runner."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from backward_running.core.errors import NotFound
from backward_running.core.plan import Change, Plan, Reason, Wish, WishKind
from backward_running.core.ports import Coaching, SessionsSaidDone, Settings
from backward_running.flows import asking, in_force, making, said_done, what_changed
from backward_running.flows.plan_views import Proposal

#: Settings: ids of proposals that were declined, and wishes that were shown and not yet accepted.
DECLINED, ASKED = "declined_proposals", "asked_wishes"
#: So many of each are remembered.
REMEMBERED = 50
NEWS = timedelta(weeks=1)  #: so long what was lowered at once is shown as new


def proposal(store: Coaching, *, now: datetime) -> Proposal | None:
    """Return how the plan changed at once, until that was answered; else how it should change if the runner agrees.

    None without a plan, where nothing changes, where exactly this was declined, and while a red flag stops all
    coaching. A plan that had no weeks because a gate was closed gets them proposed once it has opened.
    """
    return proposal_in(store, in_force.situation(store, now), now=now)


def proposal_in(store: Coaching, situation: asking.Situation | None, *, now: datetime) -> Proposal | None:
    """Return the proposal where the situation was asked already; see :func:`proposal`."""
    made = _adapted(store, situation, (), now)
    offered = made if made is not None and made.changes and made.proposal_id not in _declined(store) else None
    # Where the plan may go back up, why it went down is no longer true: the way back is shown and not the way down.
    return offered or _lowered(store, situation)


def ask(store: Coaching, wish: Wish, *, now: datetime) -> Proposal:
    """Show what a wish would change. Nothing is changed yet; a wish that would break a rule is refused in words.

    Raises
    ------
    BadValue
        The wish lacks what its kind needs, or names a session the plan does not have.
    NotFound
        There is no plan, or a red flag stops it.
    """
    made = _adapted(store, in_force.situation(store, now), (wish,), now)
    if made is None:
        raise NotFound("There is no plan that could change now; `backward today` says why.")
    if made.refused is None:
        kept = _asked(store)
        kept.pop(made.proposal_id, None)
        shown = {**kept, made.proposal_id: _plain(wish)}
        store.put_setting(ASKED, json.dumps(dict(list(shown.items())[-REMEMBERED:])))
    return made


def accept(store: Coaching, proposal_id: str, *, now: datetime) -> Plan:
    """Let a proposal take effect and return the plan; of one that holds already, keep that it was seen.

    Raises
    ------
    NotFound
        Something changed since it was shown: it must be looked at again.
    """
    situation = in_force.situation(store, now)
    lowered = _lowered(store, situation)
    if lowered is not None and lowered.proposal_id == proposal_id:
        in_force.answer(store)
        return lowered.plan
    wish = _asked(store).get(proposal_id)
    made = _adapted(store, situation, (_wish(wish),) if wish else (), now)
    nothing = made is None or made.refused is not None or not (made.changes or wish)
    if made is None or nothing or made.proposal_id != proposal_id:
        raise NotFound("Something changed since this was shown; look at the proposal again.")
    store.put_plan(made.plan, simulated=made.plan.simulated)
    _forget_not_done(store, wish)
    _forget_asked(store, proposal_id)
    return made.plan


def decline(store: Coaching, proposal_id: str, *, now: datetime) -> None:
    """Leave the plan as it is; this very proposal is not made again. What was lowered at once stays lowered."""
    lowered = _lowered(store, in_force.situation(store, now))
    if lowered is not None and lowered.proposal_id == proposal_id:
        in_force.answer(store)
        return
    kept = [declined for declined in _declined(store) if declined != proposal_id]
    store.put_setting(DECLINED, json.dumps([*kept, proposal_id][-REMEMBERED:]))
    _forget_asked(store, proposal_id)


def _adapted(
    store: Coaching, situation: asking.Situation | None, wishes: tuple[Wish, ...], now: datetime
) -> Proposal | None:
    if situation is None or situation.stopped:
        return None
    if not situation.plan.weeks:
        return None if wishes else _begun(store, situation.plan, now)
    known = situation.adapted if not wishes else None
    adapted = known or making.adapted(store, situation, wishes, now=now)
    if not wishes and not adapted.changes:
        return None
    return Proposal(_id(adapted.plan), adapted.plan, adapted.changes, adapted.reasons, refused=adapted.refused)


def _lowered(store: Settings, situation: asking.Situation | None) -> Proposal | None:
    """Return what was lowered at once and not seen yet; after a week it is no news, and its days are behind."""
    if situation is None or situation.stopped or not in_force.is_unanswered(store, situation.plan):
        return None
    changed_at = situation.plan.changed_at
    if changed_at is not None and situation.facts.today - changed_at.date() >= NEWS:
        return None
    plan, changes = situation.plan, what_changed.noticed(situation.plan.changes)
    return Proposal(_id(plan), plan, changes, _newest_first(changes), in_force=True) if changes else None


def _newest_first(changes: Sequence[Change]) -> tuple[Reason, ...]:
    """Return the reasons of changes that nobody saw yet, the newest and strongest first, as each of them has them."""
    places: dict[Reason, int] = {}
    for change in changes:
        for place, reason in enumerate(change.reasons):
            places[reason] = max(place, places.get(reason, 0))
    return tuple(sorted(places, key=lambda reason: places[reason]))


def _begun(store: Coaching, plan: Plan, now: datetime) -> Proposal | None:
    """Propose the weeks of a plan that had none while a gate was closed."""
    made = making.made_anew(store, plan, now=now)
    return Proposal(_id(made), made, made.changes, made.changes[0].reasons) if made is not None else None


def _id(plan: Plan) -> str:
    """Name a plan by its sessions and wishes, so that the same proposal has the same name on another day."""
    sessions = [(workout.workout_id, workout.on, workout.summary, workout.pieces) for workout in plan.workouts()]
    wishes = [(wish.kind, wish.workout_id, wish.to, wish.first_on, wish.last_on) for wish in plan.wishes]
    told = repr((plan.plan_id, sessions, wishes))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _declined(store: Settings) -> list[str]:
    kept = store.setting(DECLINED)
    return list(json.loads(kept)) if kept else []


def _asked(store: Settings) -> dict[str, dict[str, str | None]]:
    kept = store.setting(ASKED)
    return dict(json.loads(kept)) if kept else {}


def _forget_asked(store: Settings, proposal_id: str) -> None:
    kept = _asked(store)
    if kept.pop(proposal_id, None) is not None:
        store.put_setting(ASKED, json.dumps(kept))


def _forget_not_done(store: SessionsSaidDone, wish: dict[str, str | None] | None) -> None:
    """Whoever moves a session that they said was not done means to do it: it is asked about again on its new day."""
    moved = wish["workout_id"] if wish is not None and wish["kind"] == WishKind.MOVE.value else None
    if moved is not None and moved in said_done.not_done(store):
        store.take_back_said_done(moved)


def _plain(wish: Wish) -> dict[str, str | None]:
    told = asdict(wish) | {"kind": wish.kind.value}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _wish(told: dict[str, str | None]) -> Wish:
    return Wish(
        kind=WishKind(told["kind"]),
        made_at=datetime.fromisoformat(str(told["made_at"])),
        workout_id=told["workout_id"],
        to=_date(told["to"]),
        first_on=_date(told["first_on"]),
        last_on=_date(told["last_on"]),
    )
