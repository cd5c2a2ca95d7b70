"""What the backward part of an activity did to knee, calf and the rest, against this runner's own forward running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from backward_running import gait
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.recording import Stream
from backward_running.core.session import Bout, BoutFacts, sum_facts
from backward_running.core.tissue import Change, ForwardSteps, KnownFrom
from backward_running.effort import tissues as model
from backward_running.evidence.muscles import MUSCLES, MuscleFinding
from backward_running.flows.tissue_views import MuscleView, TissuesView


def tissues_of(facts: Sequence[BoutFacts], working: Stream | None, habits: Habits) -> TissuesView | None:
    """Return what the backward bouts did to each tissue; None where nothing was backward.

    Parameters
    ----------
    facts : sequence of BoutFacts
        All bouts of a session: the forward ones say how this runner steps forward.
    working : Stream or None
        The working stream; its grade says where a bout was on a slope.
    habits : Habits
        How this runner steps forward in other recordings.
    """
    backward = [fact for fact in facts if fact.bout.direction is Direction.BACKWARD and fact.moving_s > 0]
    if not backward:
        return None
    known = {kind: gait.forward_steps(habits, kind) for kind in Gait}
    own = {kind: own_forward_steps(facts, known[kind], kind) for kind in Gait}
    bouts = [_set_against(bout, own, known, working) for bout in backward]
    used = [bout.own_pace for bout in bouts if bout.own_pace is not None]
    totals = sum_facts(backward)
    steps = [bout.steps_count for bout in bouts]
    return TissuesView(
        loads=model.tissue_loads(bouts),
        moving_s=totals.moving_s,
        distance_m=totals.distance_m,
        steps_count=sum(count for count in steps if count is not None) if any(steps) else None,
        forward=tuple(taken for kind in (Gait.RUN, Gait.WALK) if (taken := own[kind]) is not None and taken in used),
        forward_steps_count=_forward_steps_count(bouts),
        muscles=muscles(),
    )


def own_forward_steps(
    facts: Sequence[BoutFacts], others: gait.OwnForwardSteps | None, kind: Gait
) -> ForwardSteps | None:
    """Return how the runner steps forward in one gait: in this session, else in their others, else None."""
    here = [
        fact
        for fact in facts
        if fact.bout.direction is Direction.FORWARD
        and fact.bout.gait is kind
        and fact.distance_m
        and (fact.steps_count or fact.cadence_spm)
    ]
    moving_s = sum(fact.moving_s for fact in here)
    if moving_s < model.OWN_LEAST.value:
        return others.at() if others is not None else None
    steps = sum(fact.steps_count or (fact.cadence_spm or 0) * fact.moving_s / 60 for fact in here)
    cadence_spm, distance_m = steps / moving_s * 60, sum(fact.distance_m or 0 for fact in here)
    return ForwardSteps(kind, distance_m / moving_s, cadence_spm, cadence_spm, cadence_spm, KnownFrom.THIS_RUN)


def muscles() -> tuple[MuscleView, ...]:
    """Return what is known of each muscle, in the order of the table."""
    found: dict[tuple[str, str], dict[Gait, tuple[Change, str, str | None]]] = {}
    for muscle in MUSCLES:
        found.setdefault((muscle.muscle, muscle.where), {})[muscle.gait] = (
            muscle.change,
            muscle.says,
            _citation(muscle),
        )
    return tuple(MuscleView(muscle, where, said) for (muscle, where), said in found.items())


def _citation(finding: MuscleFinding) -> str | None:
    return finding.evidence.study.citation if finding.evidence else None


def _set_against(
    facts: BoutFacts,
    own: Mapping[Gait, ForwardSteps | None],
    known: Mapping[Gait, gait.OwnForwardSteps | None],
    working: Stream | None,
) -> model.BackwardBout:
    bare = model.BackwardBout(facts, None, None)
    line, speed_mps = known[bare.gait], bare.speed_mps
    same = line.at(speed_mps) if line is not None and speed_mps is not None else None
    return model.BackwardBout(facts, own[bare.gait], same, _mean_grade(working, facts.bout))


def _mean_grade(working: Stream | None, bout: Bout) -> float | None:
    if working is None or not working.has("grade_ratio"):
        return None
    first, after = np.searchsorted(working.time_s, [bout.start_s, bout.end_s])
    inside = working.columns["grade_ratio"][first:after]
    inside = inside[np.isfinite(inside)]
    return float(inside.mean()) if len(inside) else None


def _forward_steps_count(bouts: Sequence[model.BackwardBout]) -> float | None:
    """Count the own forward steps over the same distance; None where any bout has none to be set against."""
    counts = [
        bout.own_pace.steps_in(bout.facts.distance_m)
        for bout in bouts
        if bout.own_pace is not None and bout.facts.distance_m is not None
    ]
    return sum(counts) if len(counts) == len(bouts) else None
