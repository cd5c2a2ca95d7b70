"""What the article recommends running backward for: what studies carry, how it goes, what a clinician allows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backward_running import plans, rehab
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.goals import REHAB, condition_of
from backward_running.core.plan import GateState, Plan, Reason
from backward_running.core.ports import ActivityQuery, Coaching, Profile, Settings
from backward_running.core.screening import RED_FLAGS, RedFlag
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.flows import asking, match, parq
from backward_running.flows.runs import ALL
from backward_running.rehab import pain_trend
from backward_running.rehab.base import Condition, Dose, Stage
from backward_running.rehab.pain_limits import plain_site
from backward_running.rehab.pain_trend import monday_of

WEEKS_SHOWN = 12
STAGE_SETTING = "condition_stage_"

#: Moments of a check-in → the column of the table. What was said at another time is its own column.
COLUMN_OF: Mapping[Moment, str] = {
    Moment.DURING: "during",
    Moment.AFTER: "after",
    Moment.NEXT_MORNING: "next_morning",
    Moment.DAY_1: "next_morning",
    Moment.DAY_2: "other",
    Moment.OTHER: "other",
}


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One line of the list."""

    key: str
    title: str
    article_says: str
    verdict: str  #: "supported", "weak", …
    verdict_words: str
    walking_only: bool
    plan_title: str | None  #: of the programme that serves it; None where no plan is offered


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A source, ready to print."""

    says: str
    citation: str
    doi: str | None
    standing: Standing
    tag: Tag


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of a condition, ready to print. Missing is None."""

    number: int
    title: str
    what: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    running: bool
    session_s: float | None
    sessions_per_week: float | None
    weeks: float | None
    speed_high_mps: float | None
    proposed: bool  #: no study gives it: a proposal of this project
    said_by: SaidBy


@dataclass(frozen=True, slots=True)
class PainWeek:
    """The highest pain of a week by moment, 0–10. None where nothing was said; that is not 0."""

    starts_on: date
    during: float | None
    after: float | None
    next_morning: float | None
    other: float | None

    @property
    def highest(self) -> float | None:
        """The highest of the week."""
        said = [pain for pain in (self.during, self.after, self.next_morning, self.other) if pain is not None]
        return max(said, default=None)


@dataclass(frozen=True, slots=True)
class ConditionPage:
    """All that the page of a condition shows."""

    view: ConditionView
    carries: tuple[str, ...]
    does_not: tuple[str, ...]
    modality: str
    beside: str
    instead: str | None
    stages: tuple[StageView, ...]  #: none while a stop stands: nothing is suggested then
    stage: int  #: where the runner says they are, from 1
    since: date | None  #: None where they never said
    suggested: int
    stopped: bool  #: a red flag speaks against every stage
    suggested_because: tuple[str, ...]
    tissue: str
    sites: tuple[str, ...]  #: empty where every site is shown
    limit_nrs: float
    limit_said_by: SaidBy
    pain: tuple[PainWeek, ...]  #: the last weeks, oldest first; empty where no pain was ever reported there
    trend: GateState
    headline: str  #: the strictest thing in force; where nothing is, what the pain of the weeks says
    holds: bool  #: something is in force: sessions wait, or the stage does
    rises: bool  #: pain rose from last week to this one
    red_flags: tuple[RedFlag, ...]
    clinician_decides: tuple[str, ...]
    sources: tuple[SaidBy, ...]
    goal: str  #: value of the question "goal"


def pages() -> tuple[ConditionView, ...]:
    """Return every condition of the article, in its order."""
    return tuple(map(_view, rehab.all_conditions().values()))


def page(store: Coaching, key: str, *, today: date) -> ConditionPage:
    """Return the page of one condition, with the runner's own pain and stage. Raises NotFound."""
    condition = _condition(key)
    facts = _facts(store, condition, today)
    stage, since = _kept_stage(store, condition)
    suggested = rehab.suggested_stage(condition, facts, stage=stage, since=since or date.min)
    here = tuple(_of_sites(check_in, condition.sites) for check_in in facts.check_ins)
    own = replace(facts, check_ins=here)
    trend, held = pain_trend.ask(own), _strictest(facts)
    rises = any(monday_of(setback.on) == monday_of(today) for setback in pain_trend.setbacks(own))
    return ConditionPage(
        # No screen leads to a plan while something stops all coaching.
        view=replace(_view(condition), plan_title=None) if suggested.stopped else _view(condition),
        carries=condition.carries,
        does_not=condition.does_not,
        modality=condition.modality,
        beside=condition.beside,
        instead=condition.instead,
        stages=()
        if suggested.stopped
        else tuple(_stage_view(number, stage) for number, stage in enumerate(condition.stages, 1)),
        stage=stage,
        since=since,
        suggested=suggested.stage,
        stopped=suggested.stopped,
        suggested_because=tuple(reason.text for reason in suggested.reasons),
        tissue=condition.tissue,
        sites=condition.sites,
        limit_nrs=condition.limit.value,
        limit_said_by=_said_by(condition.limit.evidence),
        pain=_pain_by_week(here, today),
        trend=trend,
        headline=held or trend.reason.text,
        holds=held is not None,
        rises=rises,
        red_flags=tuple(flag for flag in RED_FLAGS if flag.key in condition.red_flags),
        clinician_decides=condition.clinician_decides,
        sources=tuple(map(_said_by, condition.evidence)),
        goal=REHAB + condition.key,
    )


def _strictest(facts: rehab.Facts) -> str | None:
    """Say the strictest thing in force after what was told: a stop, days off, walking only, a stage back or held."""
    closed: list[GateState] = []
    for rule in rehab.all_rules().values():
        gate = rule.ask(facts)
        # A gate that waits for an answer is about a plan, not about how somebody is.
        if gate.stops_all or (not gate.open and any(rule.setbacks(facts))):
            closed.append(gate)
    if closed:
        gate = min(closed, key=lambda gate: (not gate.is_red_flag, not gate.stops, gate.walking_only))
        return f"{gate.reason.text} {gate.what_to_do or ''}".rstrip()
    held = rehab.setbacks(facts)
    worst = max(
        held, key=lambda setback: (setback.stages_back, setback.rest_until or setback.on, setback.on), default=None
    )
    return None if worst is None else worst.reason.text


def put_stage(store: Settings, key: str, stage: int, *, today: date) -> None:
    """Keep the stage the runner and their clinician decided on. Raises NotFound, or BadValue where there is none."""
    condition = _condition(key)
    if not 1 <= stage <= len(condition.stages):
        raise BadValue("stage", f"be one of the {len(condition.stages)} stages", stage)
    store.put_setting(STAGE_SETTING + key, json.dumps({"stage": stage, "since": today.isoformat()}))


def pain_rule(plan: Plan | None) -> Reason:
    """Say how much pain may come in a session of a plan, and what follows over it; of none for no condition."""
    return rehab.pain_rule(condition_of(str(plan.answers.get("goal", ""))) if plan is not None else None)


def ceilings(store: Profile) -> Ceilings | None:
    """Return what a clinician allows at most; None where nobody set anything."""
    return store.athlete().ceilings


def set_ceilings(store: Profile, allowed: Ceilings | None) -> None:
    """Keep what a clinician allows at most, or take it back. The next plan, and the next change of it, obeys."""
    before = store.athlete()
    if before.ceilings != allowed:
        # A clinician speaks of a person: clearing the demo runner away must not take that along.
        store.put_athlete(replace(before, ceilings=allowed, simulated=before.simulated and allowed is None))


def _condition(key: str) -> Condition:
    conditions = rehab.all_conditions()
    if key not in conditions:
        raise NotFound(f"There is no page about {key!r}; these are there: {', '.join(conditions)}.")
    return conditions[key]


def _facts(store: Coaching, condition: Condition, today: date) -> rehab.Facts:
    plan = store.plan()
    answers = {**(parq.of_plan(plan) if plan else {}), "goal": REHAB + condition.key}
    athlete = store.athlete()
    rows = store.activities(ActivityQuery(direction=Direction.BACKWARD, simulated=athlete.simulated, limit=ALL))
    of_plan = match.done(store, plan, until=today) if plan is not None and plan.simulated == athlete.simulated else ()
    # What was done long before the plan counts here too; of the plan's own the session and its words are known.
    done = {
        session.activity_id: session for session in (*(match.done_of(row) for row in rows if row.on_foot), *of_plan)
    }
    return asking.facts(store, answers, today, tuple(done.values()))


def _kept_stage(store: Settings, condition: Condition) -> tuple[int, date | None]:
    kept = store.setting(STAGE_SETTING + condition.key)
    if kept is None:
        return 1, None
    said = json.loads(kept)
    return min(max(int(said["stage"]), 1), len(condition.stages)), date.fromisoformat(said["since"])


def _view(condition: Condition) -> ConditionView:
    protocols = plans.all_protocols()
    serving = [protocols[key] for key in condition.protocols if key in protocols]
    served_by = next((protocol.full_title for protocol in serving if REHAB + condition.key in protocol.goals), None)
    return ConditionView(
        condition.key,
        condition.title,
        condition.article_says,
        condition.verdict.value,
        condition.verdict_words,
        condition.walking_only,
        served_by,
    )


def _stage_view(number: int, stage: Stage) -> StageView:
    dose = stage.dose or Dose()
    return StageView(
        number=number,
        title=stage.title,
        what=stage.what,
        enter=stage.enter,
        leave=stage.leave,
        running=stage.running,
        session_s=_value(dose.session_s),
        sessions_per_week=_value(dose.sessions_per_week),
        weeks=_value(dose.weeks),
        speed_high_mps=_value(dose.speed_high_mps),
        proposed=stage.evidence.tag is Tag.PROPOSED,
        said_by=_said_by(stage.evidence),
    )


def _value(number: Number | None) -> float | None:
    return None if number is None else number.value


def _said_by(said: Evidence) -> SaidBy:
    return SaidBy(said.says, said.study.citation, said.study.doi, said.standing, said.tag)


def _of_sites(check_in: CheckIn, sites: tuple[str, ...]) -> CheckIn:
    """Return a check-in with the pain of some sites only; without any, of all."""
    pain = {site: nrs for site, nrs in check_in.pain_nrs.items() if not sites or plain_site(site) in sites}
    return replace(check_in, pain_nrs=pain)


def _pain_by_week(check_ins: Iterable[CheckIn], today: date) -> tuple[PainWeek, ...]:
    """Return the last weeks from the first word on, weeks without a word included."""
    first_shown = monday_of(today) - timedelta(days=7 * (WEEKS_SHOWN - 1))
    said: dict[date, dict[str, float]] = {}
    for check_in in check_ins:
        pains = list(check_in.pain_nrs.values())
        week = monday_of(check_in.made_at.date())
        if pains and first_shown <= week:
            columns = said.setdefault(week, {})
            column = COLUMN_OF[check_in.moment]
            columns[column] = max([*pains, *([columns[column]] if column in columns else [])])
    if not said:
        return ()
    week, last, shown = min(said), max(*said, monday_of(today)), []
    while week <= last:
        columns = said.get(week, {})
        shown.append(PainWeek(week, *(columns.get(moment) for moment in ("during", "after", "next_morning", "other"))))
        week += timedelta(days=7)
    return tuple(shown)
