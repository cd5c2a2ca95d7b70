"""What one session of a week is to hold: its row, its role, its cap and its limits, before anything is cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Place, Reason, Workout
from backward_running.plans import _own_walk, _sprints, _stage_zero, dose, walk_or_run
from backward_running.plans._advice import place_of
from backward_running.plans._block import Block
from backward_running.plans._ceilings import speed_limit, uphill_allowed
from backward_running.plans._lookback import Lookback
from backward_running.plans._programme import Programme, Row, calmer_mps, cap_words, speed_cap_mps
from backward_running.plans._roles import CALM_CAP_SHARE, PLAIN, SLOPE_LONGEST_BOUT_M, Role, role_of
from backward_running.plans._wanted import Setting, Wanted
from backward_running.plans.base import Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """Which session is asked for, and what its week and its past leave to it."""

    number: int  #: of the calendar week
    stage: int  #: row of the programme
    on: date
    ordinal: int  #: 1 is the first of its week
    count: int  #: sessions that its week has; those left out are among them
    sprinted: int  #: weeks with sprints before this one: the steps of sprinting follow them, not the calendar
    share_s: float  #: backward seconds that its week leaves, and the seven days up to it
    week_share_s: float  #: those that its week alone leaves
    held: tuple[tuple[float, Reason], ...] = ()  #: further limits in seconds, each with its reason


def wanted_of(programme: Programme, answers: Answers, past: Lookback, asked: Asked) -> Wanted:
    """Return what a session is to hold and every limit on it."""
    stage, on = asked.stage, asked.on
    row = programme.rows[stage - 1]
    role = _role(programme, row, answers, asked)
    blocks = row.blocks_of(longest=role.longest)
    sprints = any(block.is_sprint for block in blocks) and not answers.facts.walking_only
    if sprints and asked.sprinted < stage - 1:
        row = programme.rows[asked.sprinted]
        blocks = row.blocks_of(longest=role.longest)
    longest_bout_s = dose.longest_in_window_s(on, past.bouts)
    begins = answers.stage_zero and _stage_zero.begins(longest_bout_s)
    cap_mps, told = _cap(programme, row, answers, role, sprints=sprints, begins=begins)
    capped = speed_limit(answers.facts, on, cap_mps) or (cap_mps, told)
    if sprints and capped[0] < walk_or_run.TRANSITION_MPS.value:
        # What a ceiling turns into walks is capped as walks are.
        cap_mps, told = _cap(programme, row, answers, role, sprints=False, begins=begins)
        capped = speed_limit(answers.facts, on, cap_mps) or (cap_mps, told)
    if sprints:
        capped = _sprints.held(answers, on, capped[0]) or capped
    if answers.facts.limits.speed_mps is not None and answers.facts.limits.speed_mps < capped[0]:
        capped = (answers.facts.limits.speed_mps, _no_faster(answers.facts.limits.speed_mps))
    blocks, capped = _own_walk.capped(answers, blocks, capped)
    return Wanted(
        week=asked.number,
        stage=stage,
        on=on,
        blocks=tuple(map(_walked_forward, blocks)) if answers.facts.no_running else blocks,
        cap_mps=capped[0],
        cap_words=capped[1],
        growth_limit_s=past.growth_limit_s(on),
        share_limit_s=asked.share_s,
        week_share_s=asked.week_share_s,
        bout_limit_s=_bout_limit_s(programme, answers, stage, longest_bout_s),
        warm_up_s=programme.warm_up_s.value,
        cool_down_s=programme.cool_down_s.value,
        uphill=row.uphill and uphill_allowed(answers.facts, on, dose.GRADE_HIGH_RATIO.value),
        dose_evidence=programme.evidence,
        held=asked.held,
        setting=_walked_setting(row.setting) if answers.facts.no_running else row.setting,
        role=role,
        bout_before_s=programme.rows[stage - 2].longest_bout_s if stage > 1 else None,
        begins=begins,
    )


def _walked_forward(block: Block) -> Block:
    """Return a block whose forward part is walked; whether its bouts are run backward is told elsewhere."""
    forward = block.direction is Direction.FORWARD
    return replace(block, rest_gait=Gait.WALK, gait=Gait.WALK if forward else block.gait)


def _walked_setting(setting: Setting) -> Setting:
    return replace(setting, warm_up_gait=Gait.WALK, forward_after_s=0.0, replaces=False)


def _no_faster(cap_mps: float) -> Reason:
    text = "At most {cap}, no faster than the session before the setback."
    return walk_or_run.speaking(text, dose.SETBACK.key, cap=cap_mps)


def sprints_in(workouts: Sequence[Workout]) -> bool:
    """Tell whether any of the sessions has a sprint."""
    return any(step.is_sprint for workout in workouts for step in workout.each_step())


def _cap(
    programme: Programme, row: Row, answers: Answers, role: Role, *, sprints: bool, begins: bool
) -> tuple[float, Reason]:
    """Return the cap of a session and the words for it."""
    cap_mps = calmer_mps(speed_cap_mps(row, answers, sprints=sprints), role.cap_share)
    if begins and cap_mps > walk_or_run.SURELY_WALK_MPS.value:
        cap_mps = walk_or_run.SURELY_WALK_MPS.value
        text = "At most {cap}: you begin with walking."
        return cap_mps, walk_or_run.speaking(text, _stage_zero.SHORT_BOUTS.key, cap=cap_mps)
    return cap_mps, cap_words(programme, row, answers, sprints=sprints, role_share=role.cap_share)


def _role(programme: Programme, row: Row, answers: Answers, asked: Asked) -> Role:
    """Return what a session of its week is for; a slope has to be allowed, and long enough for its bouts."""
    if not programme.varies:
        longest = asked.ordinal >= asked.count
        why = programme.alike or (row.why_longest if longest else _why_others(row, answers))
        return Role(longest=longest, reason=why if asked.count > 1 else None)
    slope = (
        row.uphill
        and not (answers.facts.walking_only or answers.stage_zero)
        and uphill_allowed(answers.facts, asked.on, dose.GRADE_HIGH_RATIO.value)
        and place_of(answers, asked.stage, slope=True) is Place.GENTLE_GRASS_UPHILL
        and (row.longest_bout_s or math.inf) * speed_cap_mps(row, answers) <= SLOPE_LONGEST_BOUT_M.value
    )
    cap_mps = speed_cap_mps(row, answers)
    if asked.count == 2 and calmer_mps(cap_mps, CALM_CAP_SHARE.value) >= cap_mps:
        return PLAIN  # a slower day would turn a run into a walk, so none is
    return role_of(asked.ordinal, asked.count, slope=slope)


def _why_others(row: Row, answers: Answers) -> Reason | None:
    """Return what the sessions beside the longest are for; where nobody may run they hold no sprints, either."""
    sprints = any(block.is_sprint for block in row.others or ())
    return None if sprints and answers.facts.walking_only else row.why_others


def _bout_limit_s(programme: Programme, answers: Answers, stage: int, longest_s: float | None) -> float | None:
    """Return how long one bout may be: from some stage on, and for stage zero always, it grows slowly."""
    limits_s = [_stage_zero.bout_limit_s(longest_s)] if answers.stage_zero else []
    from_stage = programme.bout_rule_from_stage
    if from_stage is not None and stage >= from_stage.value and longest_s is not None:
        limits_s.append(max(programme.least_bout_limit_s.value, dose.BACKWARD_GROWTH_RATIO.value * longest_s))
    return min(limits_s, default=None)
