"""Bouguezzi 2024: repeated backward sprints of 20 m, as young football players did them. Only for the experienced."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.bouguezzi2024 import SPRINTS
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose, walk_or_run
from backward_running.plans._block import Block
from backward_running.plans._fitting import experienced, misfit_of, runs_already, runs_backward_at_all
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._session import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = Evidence(
    key="bouguezzi_2024.filled",
    says=(
        "One set in the first three weeks and two in the last, and the rests, are not in what was read: a proposal of "
        "this project. So is the cap of 0.8 of the easy speed: the players of the study sprinted flat out."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
WEEKS_COUNT = Number("bouguezzi_2024_weeks_count", 6, "weeks", SPRINTS)
SESSIONS_COUNT = Number("bouguezzi_2024_sessions_per_week_count", 2, "1", SPRINTS)
REPEATS_COUNT = Number("bouguezzi_2024_repeats_count", 7, "1", SPRINTS)
SPRINT_M = Number("bouguezzi_2024_sprint_m", 20.0, "m", SPRINTS)
MOST_SETS_COUNT = Number("bouguezzi_2024_sets_count", 2, "1", SPRINTS, low=1, high=2)
REST_S = Number("bouguezzi_2024_rest_s", 60.0, "s", FILLED)
TWO_SETS_FROM_WEEK = Number("bouguezzi_2024_two_sets_from_week_count", 4, "weeks", FILLED)
SHORTEST_S = Number("bouguezzi_2024_shortest_backward_s", 20.0, "s", FILLED)

_CAPPED = Setting(
    title="Short and quick, backward",
    reasons=(
        Reason("Two days a week, 1 to 2 sets of 7 × 20 m, as in the study.", SPRINTS.key),
        Reason(
            "The players sprinted; here the cap holds, so do not expect what the study found. Sets and rests are this "
            "project’s.",
            FILLED.key,
        ),
    ),
)


def programme(answers: Answers) -> Programme:
    """Return the six weeks; 20 m are timed at the runner's cap."""
    cap_mps = dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps
    block = Block(int(REPEATS_COUNT.value), SPRINT_M.value / cap_mps, REST_S.value, Gait.RUN, distance_m=SPRINT_M.value)
    return Programme(
        key="bouguezzi_2024",
        rows=tuple(_row(week, block) for week in range(1, int(WEEKS_COUNT.value) + 1)),
        evidence=SPRINTS,
        cap_evidence=FILLED,
        shortest_session_s=SHORTEST_S,
    )


def _row(week: int, block: Block) -> Row:
    sets = int(MOST_SETS_COUNT.value) if week >= TWO_SETS_FROM_WEEK.value else 1
    focus = "Two sets of seven" if sets > 1 else "One set of seven"
    each = int(SESSIONS_COUNT.value)
    return Row(each, each, (block,) * sets, focus, cap_share=dose.SPEED_CAP_SHARE.value, setting=_CAPPED)


def quick_enough(answers: Answers) -> Reason | None:
    """Somebody whose cap lies above the speed at which people start to run backward."""
    cap_mps = dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps
    if cap_mps >= walk_or_run.TRANSITION_MPS.value:
        return None
    text = "At your cap of {cap} people walk backward, and these are sprints."
    return walk_or_run.speaking(text, walk_or_run.TRANSITION_MPS.evidence.key, cap=cap_mps)


GOALS = ("economy", "race")
MISFIT = misfit_of(GOALS, runs_already, experienced, quick_enough, runs_backward_at_all)
WHO = Reason("30 youth football players were studied, six weeks, nobody else.", SPRINTS.key)

PROTOCOL = Protocol(
    key="bouguezzi_2024",
    title="Repeated backward sprints, six weeks",
    for_whom="runners with about eight weeks of running backward behind them",
    version="1",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(SPRINTS, FILLED, *SHARED_EVIDENCE),
)
