"""Bouguezzi 2024: repeated backward sprints of 20 m, as football players of 16 did them. Only for the young."""

from __future__ import annotations

from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.bouguezzi2024 import SPRINTS
from backward_running.plans import _sprints
from backward_running.plans._fitting import (
    experienced,
    misfit_of,
    runs_already,
    runs_backward_at_all,
    supervised,
    young_enough,
)
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "bouguezzi_2024.filled",
    "One set in the first three weeks and two in the last, the rests and a cap that rises with the runner’s own "
    "timed 20 m are not in what was read: a proposal of this project. The players of the study sprinted flat out.",
)
WEEKS_COUNT = Number("bouguezzi_2024_weeks_count", 6, "weeks", SPRINTS)
SESSIONS_COUNT = Number("bouguezzi_2024_sessions_per_week_count", 2, "1", SPRINTS)
REPEATS_COUNT = Number("bouguezzi_2024_repeats_count", 7, "1", SPRINTS)
SPRINT_M = Number("bouguezzi_2024_sprint_m", 20.0, "m", SPRINTS)
MOST_SETS_COUNT = Number("bouguezzi_2024_sets_count", 2, "1", SPRINTS, low=1, high=2)
TWO_SETS_FROM_WEEK = Number("bouguezzi_2024_two_sets_from_week_count", 4, "weeks", FILLED)
SHORTEST_S = Number("bouguezzi_2024_shortest_backward_s", 20.0, "s", FILLED)

_SAID = (
    Reason("In the study: two days a week, 1 to 2 sets of 7 × 20 m.", SPRINTS.key),
    Reason(
        "The players sprinted flat out; here the speed rises in steps. Sets and rests are this project’s.", FILLED.key
    ),
)


def programme(answers: Answers) -> Programme:
    """Return the six weeks; 20 m are timed at the cap of each week."""
    return Programme(
        key="bouguezzi_2024",
        rows=tuple(_row(week, answers) for week in range(1, int(WEEKS_COUNT.value) + 1)),
        evidence=SPRINTS,
        cap_evidence=FILLED,
        shortest_session_s=SHORTEST_S,
        alike=Reason("The sessions of a week are alike on purpose: the study had it so.", SPRINTS.key),
    )


def _row(week: int, answers: Answers) -> Row:
    sets = int(MOST_SETS_COUNT.value) if week >= TWO_SETS_FROM_WEEK.value else 1
    each = int(SESSIONS_COUNT.value)
    setting = Setting(supervised=True, reasons=(*_sprints.why(week), *_SAID))
    blocks = _sprints.session_blocks(answers, week, sets)
    return Row(each, each, blocks, setting=setting, sprint_share=_sprints.share_of(week))


GOALS = ("race",)
MISFIT = misfit_of(
    GOALS,
    young_enough,
    runs_already,
    supervised,
    experienced,
    _sprints.too_early,
    _sprints.timed,
    _sprints.runs_them,
    runs_backward_at_all,
)
WHO = Reason("30 youth football players were studied, six weeks, nobody else.", SPRINTS.key)

PROTOCOL = Protocol(
    key="bouguezzi_2024",
    title="Repeated backward sprints for the young",
    length="six weeks",
    for_whom="young people of 13 to 16 with eight weeks of running backward behind them and a coach who stays",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(SPRINTS, FILLED, _sprints.SPRINTS, *SHARED_EVIDENCE),
)
