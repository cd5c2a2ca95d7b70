"""When the outcome of the PAR-Q+ was told: older than a year it is asked for anew, and the plan waits for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from backward_running.core.plan import Plan
from backward_running.core.ports import PlanAndDraft, Settings
from backward_running.core.screening import PARQ, PARQ_TOLD_ON
from backward_running.rehab import parq_is_old

SETTING = "parq"


def remember(store: PlanAndDraft, typed: Mapping[str, object], *, on: date) -> None:
    """Keep the day on which an outcome was told first. The same outcome once more is no new one before it is old."""
    outcome = typed.get(PARQ)
    if outcome in (None, ""):
        return
    before = _kept(store) or _of(store.plan())
    if before.get("outcome") != outcome or parq_is_old(date.fromisoformat(before["on"]), on):
        before = {"outcome": str(outcome), "on": on.isoformat()}
    if before != _kept(store):
        store.put_setting(SETTING, json.dumps(before))


def dated(store: Settings, answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers with the day on which the outcome was told, where it is known."""
    kept = _kept(store)
    known = answers.get(PARQ) is not None and answers.get(PARQ) == kept.get("outcome")
    return {**answers, PARQ_TOLD_ON: kept["on"]} if known else dict(answers)


def of_plan(plan: Plan) -> dict[str, object]:
    """Return a plan's answers; where nobody kept when the outcome was told, it was when the plan was made."""
    told = {PARQ_TOLD_ON: plan.made_at.date().isoformat()} if _of(plan) else {}
    return {**told, **plan.answers}


def without_old(store: PlanAndDraft, typed: Mapping[str, object], *, today: date) -> dict[str, object]:
    """Return what was typed before, without an outcome that is old: who only sends it again has not done it again."""
    kept = _kept(store) or _of(store.plan())
    old = bool(kept) and typed.get(PARQ) == kept["outcome"] and parq_is_old(date.fromisoformat(kept["on"]), today)
    return {key: value for key, value in typed.items() if not (old and key == PARQ)}


def _of(plan: Plan | None) -> dict[str, str]:
    if plan is None or plan.simulated or not plan.answers.get(PARQ):
        return {}
    return {"outcome": str(plan.answers[PARQ]), "on": plan.made_at.date().isoformat()}


def _kept(store: Settings) -> dict[str, str]:
    return dict(json.loads(store.setting(SETTING) or "{}"))
