"""Holding on: the first, very short bouts of somebody frail, 65 or older, or with a fall behind them."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.balance_review import BALANCE
from backward_running.plans import dose
from backward_running.plans._block import Block
from backward_running.plans._fitting import misfit_of
from backward_running.plans._programme import SHARED_EVIDENCE, STEPS, WALKING_GATES, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._stage_zero import SHORT_BOUTS
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "holding_on.filled",
    "Eight weeks from bouts of 25 s to bouts of a minute, twice a week, holding a rail or a person, at most 0.8 "
    "m/s and then 1.0 m/s: a proposal of this project; no trial gives a dose.",
)
BOUTS_COUNT = Number("holding_on_bouts_count", 10, "1", SHORT_BOUTS)
SESSIONS_COUNT = Number("holding_on_sessions_per_week_count", 2, "1", SHORT_BOUTS)
BOUTS_S = tuple(
    Number(f"holding_on_week_{week}_bout_s", seconds, "s", FILLED)
    for week, seconds in enumerate((25, 30, 35, 40, 45, 50, 55, 60), 1)
)
REST_S = Number("holding_on_rest_s", 45.0, "s", FILLED)
WARM_UP_S = Number("holding_on_warm_up_s", 300.0, "s", FILLED)
SLOW_MPS = Number("holding_on_first_cap_mps", 0.8, "m s⁻¹", FILLED)
LATER_MPS = Number("holding_on_later_cap_mps", 1.0, "m s⁻¹", FILLED)
LATER_FROM_WEEK = Number("holding_on_later_from_week_count", 5, "weeks", FILLED)
PASSED_BOUT_S = Number("holding_on_passed_from_bout_s", 60.0, "s", FILLED)

SETTING = Setting(
    held=True,
    warm_up_gait=Gait.WALK,
    reasons=(
        Reason("Short bouts, ten at most, holding a rail or a person; at most twice a week.", SHORT_BOUTS.key),
        Reason("Weeks, rests and caps are this project’s.", FILLED.key),
    ),
)
ALIKE = Reason("The sessions of a week are alike on purpose: the same again, before anything grows.", SHORT_BOUTS.key)


def _row(week: int, bout: Number) -> Row:
    each = int(SESSIONS_COUNT.value)
    cap = LATER_MPS if week >= LATER_FROM_WEEK.value else SLOW_MPS
    block = Block(int(BOUTS_COUNT.value), bout.value, REST_S.value, Gait.WALK)
    return Row(each, each, (block,), cap_mps=cap.value, setting=SETTING)


TABLE: tuple[Row, ...] = tuple(_row(week, bout) for week, bout in enumerate(BOUTS_S, 1))
PROGRAMME = Programme(
    key="holding_on", rows=TABLE, evidence=FILLED, warm_up_s=WARM_UP_S, alike=ALIKE, cap_evidence=FILLED
)
GOALS = ("try", "variety", "economy", "race", "rehab:balance", "rehab:low_back")


def begins_holding(answers: Answers) -> Reason | None:
    """Somebody who is to begin with very short bouts, or who holds on. A plan that has begun goes on."""
    if answers.facts.holds or answers.restart.begun:
        return None
    if not answers.stage_zero:
        return Reason(
            "It is for people who are frail, 65 or older, fell in the last 12 months or have to hold on; you may begin "
            "with more.",
            SHORT_BOUTS.key,
        )
    longest_s = dose.longest_in_window_s(answers.starts_on, answers.facts.bout_history) or 0.0
    if longest_s < PASSED_BOUT_S.value:
        return None
    return Reason("You have done bouts of a minute already: the next programme follows.", FILLED.key)


def programme(answers: Answers) -> Programme:  # noqa: ARG001 -- the same for everybody
    """Return the eight weeks."""
    return PROGRAMME


MISFIT = misfit_of(GOALS, begins_holding, held=True)
WHO = Reason(
    "Walking backward went with better balance in small trials; none of them tells how to begin at home.", BALANCE.key
)

PROTOCOL = Protocol(
    key="holding_on",
    title="Holding on: first steps backward",
    length="eight weeks",
    for_whom="people who are frail, 65 or older, fell in the last 12 months or have to hold on",
    version="1",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=WALKING_GATES,
    steps=STEPS,
    evidence=(FILLED, SHORT_BOUTS, BALANCE, *SHARED_EVIDENCE),
)
