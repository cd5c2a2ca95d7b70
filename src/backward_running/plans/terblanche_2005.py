"""Terblanche 2005: six weeks of backward walking and running, three times a week, as young women did it."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.terblanche2005 import BODY, SCHEDULE
from backward_running.plans._block import Block
from backward_running.plans._fitting import misfit_of, practised, runs_already
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row, cap_numbers, dose_numbers
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "terblanche_2005.filled",
    "What was remembered of the trial names neither speeds nor bouts: bouts of 3 minutes, the even steps from 15 "
    "to 45 minutes, the shift from walking to running and the caps are a proposal of this project.",
)
FIRST_S = Number("terblanche_2005_first_session_s", 900.0, "s", SCHEDULE)
LAST_S = Number("terblanche_2005_last_session_s", 2700.0, "s", SCHEDULE)
WEEKS_COUNT = Number("terblanche_2005_weeks_count", 6, "weeks", SCHEDULE)
SESSIONS_COUNT = Number("terblanche_2005_sessions_per_week_count", 3, "1", SCHEDULE)
BOUT_S = Number("terblanche_2005_bout_s", 180.0, "s", FILLED)
REST_S = Number("terblanche_2005_rest_s", 60.0, "s", FILLED)
CAP_SHARES: tuple[float, ...] = (0.55, 0.55, 0.60, 0.65, 0.70, 0.75)

_REMEMBERED = Setting(
    reasons=(
        Reason("In the trial, from memory: three times a week, from 15 to 45 minutes over six weeks.", SCHEDULE.key),
        Reason("Bouts, steps between the weeks and caps are this project’s.", FILLED.key),
    )
)


def _row(week: int) -> Row:
    """Return a week: even steps of minutes; each week fewer of the bouts are walked."""
    last = int(WEEKS_COUNT.value) - 1
    wanted_s = FIRST_S.value + (LAST_S.value - FIRST_S.value) * week / last
    bouts = round(wanted_s / BOUT_S.value)
    walked = max(0, 5 - week)
    blocks = tuple(
        Block(times, BOUT_S.value, REST_S.value, gait)
        for times, gait in ((walked, Gait.WALK), (bouts - walked, Gait.RUN))
        if times
    )
    each = int(SESSIONS_COUNT.value)
    return Row(each, each, blocks, cap_share=CAP_SHARES[week], setting=_REMEMBERED)


TABLE: tuple[Row, ...] = tuple(map(_row, range(int(WEEKS_COUNT.value))))
DOSES = dose_numbers("terblanche_2005", TABLE, FILLED)
CAPS = cap_numbers("terblanche_2005", TABLE, FILLED)
ALIKE = Reason("The sessions of a week are alike on purpose: the trial had it so.", SCHEDULE.key)
PROGRAMME = Programme(key="terblanche_2005", rows=TABLE, evidence=FILLED, alike=ALIKE)

GOALS = ("economy",)
MISFIT = misfit_of(GOALS, runs_already, practised)
WHO = Reason(
    "It was tried on 13 women of 18 to 23 years, against controls who did not train: nothing says that it works "
    "for others, and the numbers are from memory.",
    BODY.key,
)


def programme(answers: Answers) -> Programme:  # noqa: ARG001 -- the same for everybody
    """Return the six weeks."""
    return PROGRAMME


PROTOCOL = Protocol(
    key="terblanche_2005",
    title="Terblanche 2005",
    length="six weeks",
    for_whom="practised runners who want the six weeks that young women trained in a trial",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(SCHEDULE, BODY, FILLED, *SHARED_EVIDENCE),
)
