"""Conditions that were told: each stays, whatever is ticked or chosen later, until it is taken back in words.

A goal of rehabilitation is such a word too: who chose “after a stroke” has told of a stroke.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from backward_running.core.clearance import TOLD, Clearance, ClearanceKind
from backward_running.core.errors import BadValue
from backward_running.core.goals import BALANCE, REHAB, REHAB_CONDITIONS, TICKED_AS, TOLD_BEFORE, condition_of
from backward_running.core.ports import HealthAndPlan, PlanAndDraft, Settings
from backward_running.core.screening import CONDITIONS, NOTHING_APPLIES
from backward_running.flows import drafts

SETTING = "conditions_told"
#: What is never over: it can only have been told by mistake. A clinician's word beside it opens what it may open.
LASTING = frozenset(
    {"parkinson_or_stroke", "rehab:stroke", "fragility_fracture", "osteoporosis", "neuropathy", "seizures_or_fainting"}
)
#: What is over once so many days have passed since it was told.
OVER_AFTER: Mapping[str, timedelta] = {"concussion_3_months": timedelta(days=91)}
WORDS: Mapping[str, str] = dict(CONDITIONS) | {REHAB + key: words for key, words in REHAB_CONDITIONS}


def told(store: Settings) -> dict[str, date]:
    """Return what was told and not taken back: key of the question "health", or goal of rehabilitation → since when."""
    kept = json.loads(store.setting(SETTING) or "{}")
    return {key: date.fromisoformat(on) for key, on in kept.items() if key in WORDS}


def remember(store: Settings, typed: Mapping[str, object], *, on: date) -> None:
    """Keep what answers tell, each with the day on which it was told first."""
    before = told(store)
    now = before | {key: on for key in _said(typed) if key not in before}
    if now != before:
        _keep(store, now)


def with_told(store: Settings, typed: Mapping[str, object]) -> dict[str, object]:
    """Return answers with all that was told before: what is not ticked any more counts as ticked."""
    known = {*told(store), *_said(typed)}
    ticks = {TICKED_AS[key] for condition in known if (key := condition_of(condition) or "") in TICKED_AS}
    ticked = {key for key in known if condition_of(key) is None} | ticks
    answers = dict(typed)
    if ticked and typed.get("health"):
        answers["health"] = sorted({*_ticked(typed), *ticked} - {NOTHING_APPLIES[0]})
    goals = sorted(key for key in known if condition_of(key) is not None)
    return answers | ({TOLD_BEFORE: goals} if goals else {})


def take_back(store: HealthAndPlan, key: str, *, reason: str, on: date, now: datetime) -> Clearance:
    """Take a condition back in words: it is over since a day, or was told by mistake. The words are kept for good.

    Raises
    ------
    BadValue
        It was not told, nothing is said in words, or the day lies ahead; it is never over, or not yet, and was told on
        an earlier day than this.
    """
    known = told(store)
    if key not in known:
        names = ", ".join(known) or "nothing"
        raise BadValue(
            "report", f"name what was told: {names}", key, f"“{WORDS.get(key, key)}” was not told; {names} was."
        )
    if len(reason.split()) < 2:
        raise BadValue("reason", "say in words why it is over", reason, "Write in a few words why it is over.")
    _check_is_over(key, since=known[key], today=now.date())
    if on > now.date():
        raise BadValue("on", f"not lie after {now.date()}", on, "Pick the day since when it is over, today or earlier.")
    made = Clearance(ClearanceKind.OVER, now, (TOLD + key,), "you", on, reason=reason.strip())
    store.add_clearance(made, simulated=store.athlete().simulated)
    gone = {key, TICKED_AS.get(condition_of(key) or "", "")}
    # A tick that another goal told, or that was ticked by itself, stays until it is taken back too.
    gone -= set(known) - {key}
    _keep(store, {told: since for told, since in known.items() if told != key})
    _forget(store, gone)
    return made


def _check_is_over(key: str, *, since: date, today: date) -> None:
    """Raise where what was told cannot be over; on the day it was told it may have been a mistake."""
    if since == today:
        return
    if key in LASTING:
        hint = (
            f"“{WORDS[key]}” does not end. Was it ticked by mistake, or does a clinician agree? Then write their word."
        )
        raise BadValue("report", "be something that ends", key, hint)
    ends_on = since + OVER_AFTER.get(key, timedelta(0))
    if today < ends_on:
        hint = f"“{WORDS[key]}” is not over before {ends_on.day} {ends_on:%B %Y}; a clinician’s word comes before that."
        raise BadValue("report", f"be over by {ends_on}", key, hint)


def _forget(store: PlanAndDraft, gone: set[str]) -> None:
    """Untick what is over, in the draft and in the answers of the plan that is there."""
    drafts.keep_draft(store, _without(drafts.draft(store), gone))
    plan = store.plan()
    if plan is not None and not plan.simulated:
        store.put_plan(replace(plan, answers=_without(plan.answers, gone)))


def _without(answers: Mapping[str, object], gone: set[str]) -> dict[str, object]:
    left = dict(answers)
    if answers.get("health"):
        left["health"] = [key for key in _ticked(answers) if key not in gone] or [NOTHING_APPLIES[0]]
    before = answers.get(TOLD_BEFORE)
    if isinstance(before, list):
        left[TOLD_BEFORE] = [key for key in before if key not in gone]
    return left


def _said(typed: Mapping[str, object]) -> set[str]:
    known = {key for key, _ in CONDITIONS}
    goal = str(typed.get("goal") or "")
    condition = condition_of(goal)
    goals = {goal} if goal in WORDS and condition is not None and condition != BALANCE else set()
    return (set(_ticked(typed)) & known) | goals


def _ticked(typed: Mapping[str, object]) -> list[str]:
    health = typed.get("health")
    return [str(key) for key in health] if isinstance(health, list | tuple) else [str(health)] if health else []


def _keep(store: Settings, known: Mapping[str, date]) -> None:
    store.put_setting(SETTING, json.dumps({key: since.isoformat() for key, since in known.items()}))
