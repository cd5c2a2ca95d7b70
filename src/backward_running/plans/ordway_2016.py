"""Ordway 2016: ten weeks on a treadmill, backward, at two belt speeds, as trained men did it in a harness."""

from __future__ import annotations

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.ordway2016 import BODY, HARNESS, SPEEDS, TWICE
from backward_running.plans import dose, walk_or_run
from backward_running.plans._block import Block
from backward_running.plans._fitting import experienced, misfit_of, runs_already, runs_backward_at_all
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "ordway_2016.filled",
    "How long a session was is not in what was read: bouts of 2 minutes, five to nine of them, and the minute of "
    "standing between are a proposal of this project.",
)
SLOWER_BELT_MPS = Number("ordway_2016_slower_belt_mps", 8.0 / KMH_PER_MPS, "m s⁻¹", SPEEDS)
FASTER_BELT_MPS = Number("ordway_2016_faster_belt_mps", 9.7 / KMH_PER_MPS, "m s⁻¹", SPEEDS)
WEEKS_AT_EACH_COUNT = Number("ordway_2016_weeks_at_each_speed_count", 5, "weeks", SPEEDS)
SESSIONS_COUNT = Number("ordway_2016_sessions_per_week_count", 2, "1", TWICE)
BOUT_S = Number("ordway_2016_bout_s", 120.0, "s", FILLED)
REST_S = Number("ordway_2016_rest_s", 60.0, "s", FILLED)
FIRST_BOUTS_COUNT = Number("ordway_2016_first_bouts_count", 5, "1", FILLED)

_ON_THE_BELT = (
    Reason(
        "In the study a harness held the runners; it holds you too, with the clip on and somebody beside the belt.",
        HARNESS.key,
    ),
    walk_or_run.speaking(
        "In the study: five weeks with the belt at {slower}, then five at {faster}.",
        SPEEDS.key,
        slower=SLOWER_BELT_MPS.value,
        faster=FASTER_BELT_MPS.value,
    ),
    Reason("In the study, from memory: twice a week.", TWICE.key),
    Reason("How long and how often the belt runs backward in a session is this project’s.", FILLED.key),
)


ALIKE = Reason("The sessions of a week are alike on purpose: the study had it so.", TWICE.key)


def programme(answers: Answers) -> Programme:
    """Return the ten weeks; all of them at the slower belt where the faster one is over the runner's cap."""
    faster = FASTER_BELT_MPS if _allows(FASTER_BELT_MPS, answers) else SLOWER_BELT_MPS
    belts = (SLOWER_BELT_MPS, faster)
    rows = tuple(_row(week, belt, faster, answers) for belt in belts for week in range(int(WEEKS_AT_EACH_COUNT.value)))
    return Programme(key="ordway_2016", rows=rows, evidence=FILLED, cap_evidence=SPEEDS, alike=ALIKE)


def _row(week: int, belt: Number, faster: Number, answers: Answers) -> Row:
    said: tuple[Reason, ...] = _ON_THE_BELT
    if faster is SLOWER_BELT_MPS:
        text = "The belt stays slower than the study’s {belt}: that is over your cap."
        said = (*said, walk_or_run.speaking(text, SPEEDS.key, belt=FASTER_BELT_MPS.value))
    speed_mps = int(belt.value * 100) / 100  # as the cap is cut
    block = Block(int(FIRST_BOUTS_COUNT.value) + week, BOUT_S.value, REST_S.value, Gait.RUN, low_mps=speed_mps)
    each = int(SESSIONS_COUNT.value)
    share = belt.value / answers.easy_speed_mps
    setting = Setting(belt_only=True, harness=True, reasons=said)
    return Row(each, each, (block,), cap_share=share, setting=setting)


def _allows(belt: Number, answers: Answers) -> bool:
    return belt.value <= dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps


def has_the_belt(answers: Answers) -> Reason | None:
    """Somebody with a treadmill and a harness over it."""
    if answers.has_treadmill and answers.has_harness:
        return None
    return Reason(
        "It needs a treadmill with a rail, a safety clip and a harness that holds you: the runners of the study ran in "
        "one.",
        HARNESS.key,
    )


def fast_enough(answers: Answers) -> Reason | None:
    """Somebody for whom the slower belt is within 0.8 of the easy speed."""
    if _allows(SLOWER_BELT_MPS, answers):
        return None
    least_mps = SLOWER_BELT_MPS.value / dose.SPEED_CAP_SHARE.value
    return walk_or_run.speaking(
        "The belt of the study runs at {belt}; with the cap of 0.8 that asks for an easy pace of {easy} or faster.",
        dose.SPEED_CAP_SHARE.evidence.key,
        belt=SLOWER_BELT_MPS.value,
        easy=least_mps,
    )


GOALS = ("economy",)
MISFIT = misfit_of(GOALS, runs_already, experienced, has_the_belt, fast_enough, runs_backward_at_all)
WHO = Reason("Eight trained men and no control group: forward economy improved by 2.54 %.", BODY.key)

PROTOCOL = Protocol(
    key="ordway_2016",
    title="Ordway 2016 on the treadmill",
    length="ten weeks",
    for_whom="runners with the first steps behind them, a treadmill with a harness and a quick easy pace",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(SPEEDS, TWICE, BODY, HARNESS, FILLED, *SHARED_EVIDENCE),
)
